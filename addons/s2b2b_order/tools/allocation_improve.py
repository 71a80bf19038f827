"""Exchanges of one offer for another, each of which makes a plan better."""

from collections.abc import Iterator, Sequence

from .allocation_ledger import Ledger
from .allocation_problem import Problem, Quantities, Takes


def improve(problem: Problem, quantities: Sequence[int]) -> Quantities:
    """Return the plan after every exchange of one offer for another that makes it rank better.

    What is served stays the same. This repairs a greedy plan and settles ties between optimal ones
    for the fewest assignments, then for the earliest.
    """
    ledger = Ledger(problem, quantities)
    while sum(_exchange(ledger, takes, offer) for takes, offer in _exchanges(ledger)):
        continue
    return tuple(ledger.quantity)


def _exchanges(ledger: Ledger) -> Iterator[tuple[Takes, int]]:
    """Yield what could move to which offer: all that is taken of an offer, or one pair of it."""
    problem = ledger.problem
    for _demands, offers in problem.products:
        for source in offers:
            for target in offers:
                if source == target or not ledger.taken[source]:
                    continue
                pairs = [pair for pair in problem.pairs_of_offer[source] if ledger.quantity[pair]]
                yield [(pair, ledger.quantity[pair]) for pair in pairs], target
                for pair in pairs if len(pairs) > 1 else ():
                    if ledger.quantity[pair]:
                        yield [(pair, ledger.quantity[pair])], target


def _exchange(ledger: Ledger, takes: Takes, target: int) -> bool:
    """Serve ``takes`` from the target where that is allowed and better; tell whether it is."""
    source = ledger.problem.pairs[takes[0][0]].offer
    if _least_change(ledger, takes, target) > 0:
        return False
    before = _standing(ledger, source, target)
    for pair, steps in takes:
        ledger.hand_over(pair, target, steps)
    is_allowed = _is_allowed(ledger, source) and _is_allowed(ledger, target)
    if is_allowed and _standing(ledger, source, target) < before:
        return True
    for pair, steps in takes:
        ledger.hand_over(pair, target, -steps)
    return False


def _least_change(ledger: Ledger, takes: Takes, target: int) -> int:
    """Return the change of cost if the supplier given up saved its fixed cost."""
    problem = ledger.problem
    source = problem.pairs[takes[0][0]].offer
    return -problem.costs.fixed[problem.supplier_of[source]] + sum(
        (
            problem.pairs[problem.pair_at[problem.pairs[pair].demand, target]].cost
            - problem.pairs[pair].cost
        )
        * steps
        for pair, steps in takes
    )


def _standing(ledger: Ledger, source: int, target: int) -> tuple[int, int, int]:
    """Return what two offers contribute to the rank of the plan, service apart."""
    problem = ledger.problem
    pairs = [*problem.pairs_of_offer[source], *problem.pairs_of_offer[target]]
    cost = sum(problem.pairs[pair].cost * ledger.quantity[pair] for pair in pairs)
    return (
        cost + ledger.fixed_costs(problem.supplier_of[source], problem.supplier_of[target]),
        sum(1 for pair in pairs if ledger.quantity[pair]),
        sum(problem.lead[offer] * ledger.taken[offer] for offer in (source, target)),
    )


def _is_allowed(ledger: Ledger, offer: int) -> bool:
    taken = ledger.taken[offer]
    return ledger.space(offer) >= 0 and (not taken or taken >= ledger.problem.minimum[offer])
