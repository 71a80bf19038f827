"""What no plan can beat, by arithmetic alone: exact, and without a solver."""

import math
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from .allocation_problem import Problem


def service_ceiling(problem: Problem) -> int:
    """Return a service (scaled) that no plan exceeds.

    Product by product, what its offers could give at best goes to the demands that weigh most.
    """
    ceiling = 0
    for demands, offers in problem.products:
        supply = _supply(problem, offers)
        for demand in demands:
            steps = min(supply, _reachable(problem, demand))
            ceiling += problem.weights[demand] * steps
            supply -= steps
    return ceiling


def cost_floor(problem: Problem, service: int) -> int:
    """Return a cost (scaled) that no plan with this ``service`` (scaled) or more goes below.

    As if each demand had its cheapest offer without limit and only the cheapest supplier its fixed
    cost. What costs less than nothing is taken whole, then the least cost per unit of service.
    """
    if service <= 0:
        return sum(min(0, cost) * steps for cost, _weight, steps in _cheapest(problem))
    floor = Fraction(_least_fixed(problem))
    missing = Fraction(service)
    for cost, weight, steps in sorted(_cheapest(problem), key=_cost_per_service):
        taken = Fraction(steps)
        if cost >= 0:
            taken = min(taken, max(missing, Fraction(0)) / weight) if weight else Fraction(0)
        floor += cost * taken
        missing -= weight * taken
    return math.ceil(floor)


def _cost_per_service(step: tuple[int, int, int]) -> tuple[bool, Fraction]:
    cost, weight, _steps = step
    return cost >= 0, Fraction(cost, weight) if weight else Fraction(0)


def _cheapest(problem: Problem) -> list[tuple[int, int, int]]:
    """Return the least cost, the weight and the reachable steps of each demand with an offer."""
    return [
        (
            min(problem.pairs[pair].cost for pair in pairs),
            problem.weights[demand],
            _reachable(problem, demand),
        )
        for demand, pairs in enumerate(problem.pairs_of_demand)
        if pairs
    ]


def _least_fixed(problem: Problem) -> int:
    suppliers = {problem.supplier_of[pair.offer] for pair in problem.pairs}
    return min((problem.costs.fixed[supplier] for supplier in suppliers), default=0)


def _reachable(problem: Problem, demand: int) -> int:
    """Return the most that the offers could give to a demand that stood alone."""
    most = [problem.pairs[pair].most for pair in problem.pairs_of_demand[demand]]
    together = sum(most) if problem.split else max(most, default=0)
    return min(problem.demands[demand].quantity, together)


def _supply(problem: Problem, offers: Sequence[int]) -> int:
    """Return the most that these offers could give together, by the tightest kind of limit."""
    return min(_supply_under(problem, offers, kind) for kind in ("stock", "capacity", "share"))


def _supply_under(problem: Problem, offers: Sequence[int], kind: str) -> int:
    """Return the most these offers could give if there were limits of one kind only."""
    groups = defaultdict(int)
    for offer in offers:
        limits = problem.limits_of_offer[offer]
        limit = next((index for index in limits if problem.limits[index].kind == kind), None)
        groups[limit] += problem.most[offer]
    return sum(
        most if limit is None else min(most, problem.limits[limit].most)
        for limit, most in groups.items()
    )
