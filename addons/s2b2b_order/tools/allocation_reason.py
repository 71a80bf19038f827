"""Why each offer was chosen or not, by the rule that decided."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from .allocation_ledger import Ledger
from .allocation_problem import Limit, Problem, Quantities
from .reason import Reason


class Rival(NamedTuple):
    """How much more an offer's pair costs a step than one that was taken, and the steps of that."""

    difference: int
    taken: int
    steps: int
    pair: int


TEMPLATES = {
    "supplier_not_listed": "Supplier {supplier} is not among those that may be used.",
    "price_unknown": "Its price is not known.",
    "not_demanded": "Nothing is asked for of product {product}.",
    "no_stock": "Nothing is available.",
    "no_capacity": "Supplier {supplier} has no capacity.",
    "no_share": "What one supplier may have of the product is less than one step.",
    "minimum_above_demand": "Its minimum of {minimum} is more than the {most} asked for.",
    "minimum_above_stock": "Its minimum of {minimum} is more than the {most} available.",
    "minimum_above_capacity": "Its minimum of {minimum} is more than the capacity of {most}.",
    "minimum_above_share": "Its minimum of {minimum} is more than one supplier's share of {most}.",
    "only_offer": "{quantity} taken: no other offer of the product can be used.",
    "cheapest": "{quantity} taken: no other offer of the product costs less.",
    "cheaper_used_up": "{quantity} taken: offer {other}, {difference} cheaper a step, "
    "has no more to give.",
    "best_total": "{quantity} taken: offer {other} is {difference} cheaper a step, "
    "but no better total was found with it.",
    "too_expensive": "Costs {difference} more a step than offer {other}.",
    "too_late": "Is {days_late} days late: with that, costs {difference} more a step than "
    "offer {other}.",
    "lower_grade": "Its supplier's grade is lower: with that, costs {difference} more a step than "
    "offer {other}.",
    "same_cost": "Costs the same as offer {other}, which was taken.",
    "stock_used_up": "What is available is taken, {left} left.",
    "capacity_used_up": "The capacity of supplier {supplier} is taken, {left} left.",
    "share_used_up": "What supplier {supplier} may have of the product is taken, {left} left.",
    "minimum_above_rest": "Its minimum of {minimum} is more than the {left} left to serve.",
    "too_small": "It could give {most} at most, and each demand is served from one offer only.",
    "fixed_cost": "Would save {saving}, less than the fixed cost {fixed_cost} of supplier "
    "{supplier}.",
    "no_weight": "Only demands of weight 0 ask for it, and serving them would cost more.",
    "other_total": "Not part of the best combination of offers that was found.",
}
"""English sentence of each code; the names in it are the params of the reason."""


def explain(problem: Problem, quantities: Quantities) -> dict[Hashable, Reason]:
    """Return why each offer was taken, could not be taken or lost, by its key."""
    ledger = Ledger(problem, quantities)
    return {record.key: _reason(ledger, offer) for offer, record in enumerate(problem.offers)}


def _reason(ledger: Ledger, offer: int) -> Reason:
    if not ledger.problem.most[offer]:
        return _unusable(ledger.problem, offer)
    return _chosen(ledger, offer) if ledger.taken[offer] else _lost(ledger, offer)


def _say(code: str, **params: Any) -> Reason:
    return Reason(code, TEMPLATES[code], **params)


def _unusable(problem: Problem, offer: int) -> Reason:
    """Return why the offer could not be taken whatever else was."""
    record = problem.offers[offer]
    if problem.supplier_of[offer] is None:
        return _say("supplier_not_listed", supplier=record.supplier)
    if record.price is None:
        return _say("price_unknown")
    most = problem.demanded[offer]
    if not most:
        return _say("not_demanded", product=record.product)
    minimum = problem.minimum[offer]
    if minimum > most:
        return _say("minimum_above_demand", minimum=minimum, most=most)
    limit = next(limit for limit in _limits(problem, offer) if limit.most < minimum)
    code = f"minimum_above_{limit.kind}" if limit.most else f"no_{limit.kind}"
    return _say(code, minimum=minimum, most=limit.most, supplier=record.supplier)


def _limits(problem: Problem, offer: int) -> Iterator[Limit]:
    return (problem.limits[index] for index in problem.limits_of_offer[offer])


def _chosen(ledger: Ledger, offer: int) -> Reason:
    """Return why the offer was taken although others could have been."""
    problem, quantity = ledger.problem, ledger.taken[offer]
    rivals = [
        (problem.pairs[rival].cost - problem.pairs[pair].cost, problem.pairs[rival].offer)
        for pair in problem.pairs_of_offer[offer]
        if ledger.quantity[pair]
        for rival in problem.pairs_of_demand[problem.pairs[pair].demand]
        if rival != pair
    ]
    if not rivals:
        return _say("only_offer", quantity=quantity)
    cheaper = sorted(rival for rival in rivals if rival[0] < 0)
    if not cheaper:
        return _say("cheapest", quantity=quantity)
    free = [rival for rival in cheaper if _used_up(ledger, rival[1]) is None]
    difference, other = (free or cheaper)[0]
    return _say(
        "best_total" if free else "cheaper_used_up",
        quantity=quantity,
        other=problem.offers[other].key,
        difference=problem.costs.amount(-difference),
    )


def _lost(ledger: Ledger, offer: int) -> Reason:
    """Return why the offer was not taken although it could have been."""
    rivals = _rivals(ledger, offer)
    missing = _missing(ledger, offer)
    if not missing and not rivals:
        return _say("no_weight")
    return (
        (None if missing else _dearer(ledger.problem, rivals[0]))
        or _used_up(ledger, offer)
        or _too_small(ledger, offer)
        or _minimum_above_rest(ledger.problem, offer, missing)
        or _same_cost(ledger.problem, rivals)
        or _not_worth_it(ledger, offer, rivals)
        or _say("other_total")
    )


def _missing(ledger: Ledger, offer: int) -> int:
    """Return the steps missing of the demands that the offer could serve, weight 0 apart."""
    problem = ledger.problem
    demands = [problem.pairs[pair].demand for pair in problem.pairs_of_offer[offer]]
    return sum(ledger.open[demand] for demand in demands if problem.weights[demand])


def _rivals(ledger: Ledger, offer: int) -> list[Rival]:
    """Return the pairs taken for what the offer could serve, the least in its favour first."""
    pairs = ledger.problem.pairs
    return sorted(
        Rival(pairs[pair].cost - pairs[taken].cost, taken, steps, pair)
        for pair in ledger.problem.pairs_of_offer[offer]
        for taken in ledger.problem.pairs_of_demand[pairs[pair].demand]
        if (steps := ledger.quantity[taken])
    )


def _used_up(ledger: Ledger, offer: int) -> Reason | None:
    """Return the limit that leaves no room for (more of) the offer, if there is one."""
    problem = ledger.problem
    need = 1 if ledger.taken[offer] else problem.minimum[offer]
    for index in problem.limits_of_offer[offer]:
        if ledger.room[index] < need:
            return _say(
                f"{problem.limits[index].kind}_used_up",
                left=ledger.room[index],
                supplier=problem.offers[offer].supplier,
            )
    return None


def _too_small(ledger: Ledger, offer: int) -> Reason | None:
    """Return that the offer cannot serve a demand alone, where it would have to."""
    problem = ledger.problem
    if problem.split:
        return None
    demands = [problem.pairs[pair].demand for pair in problem.pairs_of_offer[offer]]
    needed = [problem.demands[demand].quantity - ledger.open[demand] for demand in demands]
    if not needed or problem.most[offer] >= min(needed):
        return None
    return _say("too_small", most=problem.most[offer])


def _dearer(problem: Problem, rival: Rival) -> Reason | None:
    """Return that the offer costs more than any taken instead, and what of it most."""
    if rival.difference <= 0:
        return None
    costs, offered, taken = problem.costs, problem.pairs[rival.pair], problem.pairs[rival.taken]
    parts = {
        "too_expensive": costs.price[offered.offer] - costs.price[taken.offer],
        "too_late": costs.late * (offered.days_late - taken.days_late),
        "lower_grade": costs.bonus[taken.offer] - costs.bonus[offered.offer],
    }
    return _say(
        max(parts, key=parts.__getitem__),
        difference=costs.amount(rival.difference),
        days_late=offered.days_late,
        other=problem.offers[taken.offer].key,
    )


def _minimum_above_rest(problem: Problem, offer: int, missing: int) -> Reason | None:
    """Return that what others left to serve is less than the minimum."""
    minimum = problem.minimum[offer]
    if not 0 < missing < minimum:
        return None
    return _say("minimum_above_rest", minimum=minimum, left=missing)


def _not_worth_it(ledger: Ledger, offer: int, rivals: Sequence[Rival]) -> Reason | None:
    """Return that the offer saves nothing, or less than using its supplier at all costs."""
    problem, supplier = ledger.problem, ledger.problem.supplier_of[offer]
    if not rivals or ledger.given[supplier]:
        return None
    saving, left = 0, problem.most[offer]
    for rival in rivals:
        steps = min(left, rival.steps)
        saving += max(0, -rival.difference) * steps
        left -= steps
    fixed = problem.costs.fixed[supplier]
    if saving > fixed or not fixed:
        return None
    return _say(
        "fixed_cost",
        saving=problem.costs.amount(saving),
        fixed_cost=problem.costs.amount(fixed),
        supplier=problem.suppliers[supplier].key,
    )


def _same_cost(problem: Problem, rivals: Sequence[Rival]) -> Reason | None:
    """Return that the offer is as good as one that was taken."""
    if not rivals or rivals[0].difference:
        return None
    return _say("same_cost", other=problem.offers[problem.pairs[rivals[0].taken].offer].key)
