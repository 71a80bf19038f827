"""Who supplies what: the quantities asked for, allocated over the offers of the suppliers.

A plan serves the most first: no other plan has a higher sum of weight times quantity. Among the
plans that serve as much it costs the least: the *objective* is the sum over what is assigned of ::

    quantity * (price_weight * price + late_cost_per_day * days_late - grade_weight * grade_bonus)

plus the fixed cost of each supplier used, where ``days_late`` is what today plus the lead time
comes after the date wanted. A fixed cost, or any price, never justifies a shortage.

What binds a plan: an offer once used is taken for at least its minimum, over all demands; the
offers of one pool share what is available; a supplier gives no more than its capacity and no more
than its share of a product; with ``split`` off a demand is served from one offer only (what that
offer cannot give is short). Quantities are whole steps, sums are exact.

The optimum is found by mixed-integer programming (HiGHS) and checked in exact arithmetic; a greedy
plan, improved by exchanges, stands in where time runs out. Equal input in any order gives an equal
plan, as long as no time limit cuts the search short.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from .allocation_bound import cost_floor, service_ceiling
from .allocation_check import check_input
from .allocation_greedy import greedy
from .allocation_improve import improve
from .allocation_milp import solve
from .allocation_prepare import prepare
from .allocation_problem import Outcome, Problem
from .allocation_reason import explain
from .number import Number
from .reason import Reason

OPTIMALITY_GAP = Fraction(1, 10_000)


@dataclass(frozen=True, slots=True)
class Demand:
    """A quantity of a product that somebody waits for.

    :param quantity: whole steps of the product, 0 or more
    :param wanted: the day it is asked for; None: no date, never late
    :param weight: what serving one step is worth against other demands when there is not enough for
        all; a demand of weight 0 is served only where that lowers the objective
    """

    key: Hashable
    product: Hashable
    quantity: int
    wanted: date | None
    weight: Number = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """What a supplier offers of a product. A price break is an offer of its own.

    :param price: landed, per step, in the smallest unit of the currency; None: not known, which
        makes the offer unusable
    :param min_quantity: the least total taken from the offer over all demands once it is used
    :param available: whole steps in stock, less than 0 counts as 0; None: no limit. In a pool the
        smallest figure among its offers holds for all of them together
    :param lead_days: days from today until it arrives; None: not known, counts as in time
    :param pool: offers with the same pool (price breaks, for instance) share one ``available``
    """

    key: Hashable
    supplier: Hashable
    product: Hashable
    price: int | Decimal | None
    min_quantity: int | None
    available: int | None
    lead_days: int | None
    pool: Hashable = None


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier that may be used; offers of any other are not.

    :param fixed_cost: added once when anything is taken from it; None: none
    :param capacity: whole steps over all its products, less than 0 counts as 0; None: no limit
    :param grade_bonus: taken off the cost of each step, times ``grade_weight``; None: none
    """

    key: Hashable
    fixed_cost: Number | None
    capacity: int | None
    grade_bonus: Number | None


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts in an allocation; the default is the cheapest purchase.

    :param max_share: the most one supplier may get of the quantity demanded of one product, from 0
        to 1, rounded down to whole steps; a float means the simplest fraction near it, so that 1/3
        of 9 is 3. None: no limit
    :param split: whether a demand may be served from several offers
    """

    price_weight: Number = 1
    late_cost_per_day: Number = 0
    grade_weight: Number = 0
    max_share: Number | None = None
    split: bool = True


@dataclass(frozen=True, slots=True)
class Assignment:
    """So many steps of an offer for a demand; at least one.

    :param days_late: days after the date wanted that it arrives; 0 where that is not known
    """

    demand: Hashable
    offer: Hashable
    quantity: int
    days_late: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """An allocation and how good it is known to be.

    :param assignments: sorted by demand and offer, one for each pair that is used
    :param shortages: steps missing, of the demands that are short; 0 for any other
    :param reasons: for every offer, why it was chosen or not
    :param objective: the exact cost: an int where it is whole, else a Decimal, or a float where the
        input had floats and no Decimal; a Fraction where neither holds it exactly
    :param bound: no plan that serves the most costs less than this; never above ``objective``
    :param status: ``optimal``: serves the most, proven, and the gap is at most 1e-4; ``feasible``:
        the best found in the time given; ``greedy``: nothing better than the greedy plan was found
    :param service: the sum of weight times quantity served
    :param service_bound: what no plan can serve more than
    """

    assignments: tuple[Assignment, ...]
    shortages: Counter[Hashable]
    reasons: dict[Hashable, Reason]
    objective: Number
    bound: Number
    status: Literal["optimal", "feasible", "greedy"]
    service: Number = 0
    service_bound: Number = 0

    @property
    def gap(self) -> float:
        """How far the objective may be from the best, as a share of itself."""
        return float(_gap(Fraction(self.objective), Fraction(self.bound)))


def allocate(
    demands: Iterable[Demand],
    offers: Iterable[Offer],
    suppliers: Iterable[Supplier],
    policy: Policy,
    *,
    today: date,
    time_limit: float | None = None,
) -> Plan:
    """Allocate the demands over the offers.

    :param today: the day lead times count from
    :param time_limit: seconds the solver may take, 0 for none at all; None: until it is optimal
    :return: the plan, with a reason for every offer
    :raise ValueError: on input that cannot be meant: a key twice, a quantity that is not whole or
        is negative, a number that is not finite, a negative price, cost, weight or lead time
    """
    demands, offers, suppliers = list(demands), list(offers), list(suppliers)
    check_input(demands, offers, suppliers, policy, today, time_limit)
    problem = prepare(demands, offers, suppliers, policy, today)
    return _plan(problem, _decide(problem, time_limit))


def _decide(problem: Problem, time_limit: float | None) -> Outcome:
    """Return the best outcome found: the greedy one, unless the solver's ranks before it."""
    quantities = improve(problem, greedy(problem))
    floor = cost_floor(problem, problem.service(quantities))
    start = Outcome(quantities, floor, service_ceiling(problem), "greedy")
    if time_limit == 0 or _is_proven(problem, start, Fraction(0)):
        return start
    found = solve(problem, start, time_limit)
    quantities = improve(problem, found.quantities)
    bound = min(found.bound, problem.objective(quantities))
    return replace(found, quantities=quantities, bound=bound)


def _is_proven(problem: Problem, outcome: Outcome, gap: Fraction = OPTIMALITY_GAP) -> bool:
    """Tell whether the outcome is known to serve the most at the least cost, but for the gap."""
    if problem.service(outcome.quantities) < outcome.service_bound:
        return False
    return _gap(problem.objective(outcome.quantities), outcome.bound) <= gap


def _gap(objective: Fraction | int, bound: Fraction | int) -> Fraction:
    """Return the relative distance of the objective from its bound."""
    return Fraction(max(0, objective - bound)) / max(1, abs(objective))


def _plan(problem: Problem, outcome: Outcome) -> Plan:
    """State the outcome in the caller's keys and units."""
    quantities = outcome.quantities
    served = problem.served(quantities)
    return Plan(
        assignments=tuple(
            Assignment(
                problem.demands[pair.demand].key,
                problem.offers[pair.offer].key,
                steps,
                pair.days_late,
            )
            for pair, steps in zip(problem.pairs, quantities, strict=True)
            if steps
        ),
        shortages=Counter(
            {
                demand.key: demand.quantity - steps
                for demand, steps in zip(problem.demands, served, strict=True)
                if steps < demand.quantity
            }
        ),
        reasons=explain(problem, quantities),
        objective=problem.costs.amount(problem.objective(quantities)),
        bound=problem.costs.amount(outcome.bound),
        status="optimal" if _is_proven(problem, outcome) else outcome.found_by,
        service=problem.worth(problem.service(quantities)),
        service_bound=problem.worth(outcome.service_bound),
    )
