"""A plan without a solver: the cheapest offer first, then improved by exchanges.

It keeps every rule, but is not certain to serve the most or to cost the least.
"""

from collections.abc import Sequence
from fractions import Fraction

from .allocation_ledger import Ledger
from .allocation_problem import Problem, Quantities, Takes


def greedy(problem: Problem) -> Quantities:
    """Return a plan: product by product, what weighs most first, the cheapest offer first."""
    ledger = Ledger(problem)
    for demands, offers in problem.products:
        weighing = [demand for demand in demands if problem.weights[demand]]
        for whole in (False,) if problem.split else (True, False):
            _serve(ledger, weighing, offers, whole)
        if problem.split:
            _reach_minimums(ledger, weighing, offers)
    return tuple(ledger.quantity)


def _serve(ledger: Ledger, demands: Sequence[int], offers: Sequence[int], whole: bool) -> None:
    """Take from the offers, in the order of their cost with the fixed cost spread over it."""
    costs = {
        offer: cost
        for offer in offers
        if (cost := _spread_cost(ledger, offer, _takes(ledger, demands, offer, whole))) is not None
    }
    for offer in sorted(costs, key=lambda offer: (costs[offer], offer)):
        takes = _takes(ledger, demands, offer, whole)
        total = ledger.taken[offer] + sum(steps for _pair, steps in takes)
        if total >= ledger.problem.minimum[offer]:
            _apply(ledger, takes)


def _takes(ledger: Ledger, demands: Sequence[int], offer: int, whole: bool) -> Takes:
    """Return what the offer could give; with ``whole`` only to demands it can serve in full."""
    problem = ledger.problem
    space = ledger.space(offer)
    takes = []
    for demand in demands:
        missing = ledger.open[demand]
        steps = min(missing, space)
        is_begun = missing < problem.demands[demand].quantity
        if steps <= 0 or (whole and steps < missing) or (is_begun and not problem.split):
            continue
        takes.append((problem.pair_at[demand, offer], steps))
        space -= steps
    return takes


def _spread_cost(ledger: Ledger, offer: int, takes: Takes) -> Fraction | None:
    """Return the cost per step with the fixed cost of a supplier not used yet; None: no steps."""
    problem = ledger.problem
    total = sum(steps for _pair, steps in takes)
    if not total:
        return None
    supplier = problem.supplier_of[offer]
    fixed = 0 if ledger.given[supplier] else problem.costs.fixed[supplier]
    return Fraction(fixed + sum(problem.pairs[pair].cost * steps for pair, steps in takes), total)


def _reach_minimums(ledger: Ledger, demands: Sequence[int], offers: Sequence[int]) -> None:
    """Hand served steps over to an offer whose minimum is above what is still open."""
    for offer in offers:
        missing = sum(ledger.open[demand] for demand in demands)
        lacking = ledger.problem.minimum[offer] - missing
        if not missing or ledger.taken[offer] or lacking > ledger.space(offer) - missing:
            continue
        spare = _spare(ledger, [other for other in offers if other != offer], lacking)
        if sum(steps for _pair, steps in spare) < lacking:
            continue
        for pair, steps in spare:
            ledger.hand_over(pair, offer, steps)
        _apply(ledger, _takes(ledger, demands, offer, whole=False))


def _spare(ledger: Ledger, offers: Sequence[int], lacking: int) -> Takes:
    """Return steps, up to what is ``lacking``, that these offers can do without."""
    spare = []
    for offer in offers:
        surplus = ledger.taken[offer] - ledger.problem.minimum[offer]
        for pair in ledger.problem.pairs_of_offer[offer]:
            steps = min(surplus, lacking, ledger.quantity[pair])
            if steps > 0:
                spare.append((pair, steps))
                surplus -= steps
                lacking -= steps
    return spare


def _apply(ledger: Ledger, takes: Takes) -> None:
    for pair, steps in takes:
        ledger.add(pair, steps)
