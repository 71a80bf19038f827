"""The exact optimum by mixed-integer programming with HiGHS.

Two searches over one model: the most service first, then the least cost with that service fixed.
HiGHS computes in floating point, so its answers are rounded, checked and valued in exact
arithmetic, and its bounds are trusted with a margin only.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from .allocation_bound import cost_floor
from .allocation_milp_model import build
from .allocation_problem import Outcome, Problem, Quantities

_OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,
    "mip_rel_gap": 0.0,
    # On orders of ten lines these three cost more time than they save.
    "mip_allow_restart": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
}
_TOLERANCE = {False: 1e-8, True: 1e-6}
"""What the solver may break a row by, by whether steps are whole (and not scaled down)."""
_SERVICE_TIME = 0.5
"""Share of the time that finding the most service may take."""
_LARGEST_COST = 1 << 13
_LARGEST_SERVICE = 1 << 20
"""What costs, and the sum of weight times quantity, are scaled down to."""
_COST_MARGIN = Fraction(1, 10**10)
_SERVICE_MARGIN = Fraction(1, 10**11)
"""Share of itself by which a bound in floating point is trusted less."""
_FRACTION = 0.05
"""How far a number of steps may be from a whole one to be taken for it."""


def solve(problem: Problem, start: Outcome, time_limit: float | None) -> Outcome:
    """Return the best plan found within ``time_limit`` seconds and the best bounds proven.

    The plan is the one of ``start`` where no better one was found.
    """
    outcome = start
    time_left = math.inf if time_limit is None else float(time_limit)
    for whole in (False, True):
        search = _Search(problem, whole)
        outcome = search.improved(outcome, time_left)
        time_left -= search.run_time
        if not search.is_in_doubt or time_left <= 0:
            break
    return outcome


class _Search:
    """HiGHS with the model of one problem."""

    def __init__(self, problem: Problem, whole: bool) -> None:
        # On first use only: it loads numpy, which takes longer than most allocations.
        import highspy

        self.is_in_doubt = False
        self._highspy = highspy
        self._problem = problem
        self._whole = whole
        self._model = build(problem, whole)
        # Not highspy.Highs(), which writes its banner to the console before it can be silenced.
        self._highs = highspy._Highs()
        for option, value in _OPTIONS.items():
            self._highs.setOptionValue(option, value)
        self._highs.setOptionValue("mip_feasibility_tolerance", _TOLERANCE[whole])
        self._highs.passModel(self._linear_program())

    @property
    def run_time(self) -> float:
        """Seconds that HiGHS has run."""
        return self._highs.getRunTime()

    def improved(self, start: Outcome, time_left: float) -> Outcome:
        """Return the plan with the most service found and then the least cost, or ``start``."""
        if self._problem.service(start.quantities) < start.service_bound:
            start = self._most_service(start, time_left * _SERVICE_TIME)
        return start if self.is_in_doubt else self._least_cost(start, time_left - self.run_time)

    def _most_service(self, start: Outcome, time_left: float) -> Outcome:
        """Improve the service of ``start``, or prove that nothing serves more."""
        problem = self._problem
        losses = [-problem.weights[pair.demand] for pair in problem.pairs]
        no_fixed = [0] * len(problem.suppliers)
        quantities, bound = self._cheapest(losses, no_fixed, time_left, _SERVICE_MARGIN)
        quantities = min(quantities or start.quantities, start.quantities, key=problem.rank)
        service = problem.service(quantities)
        ceiling = start.service_bound if bound is None else min(start.service_bound, -bound)
        if service == problem.service(start.quantities):
            return replace(start, service_bound=max(ceiling, service))
        floor = max(start.bound, cost_floor(problem, service))
        return Outcome(quantities, floor, max(ceiling, service), "feasible")

    def _least_cost(self, start: Outcome, time_left: float) -> Outcome:
        """Lower the cost of ``start`` without serving less, or prove that nothing costs less."""
        problem = self._problem
        base = self._fix_service(start.quantities)
        costs = [pair.cost - base[pair.demand] for pair in problem.pairs]
        fixed = problem.costs.fixed
        quantities, bound = self._cheapest(costs, fixed, time_left, _COST_MARGIN)
        quantities = min(start.quantities, quantities or start.quantities, key=problem.rank)
        if bound is not None:
            bound += sum(
                cost * demand.quantity for cost, demand in zip(base, problem.demands, strict=True)
            )
        return replace(
            start,
            quantities=quantities,
            bound=start.bound if bound is None else max(start.bound, bound),
            found_by=start.found_by if quantities == start.quantities else "feasible",
        )

    def _fix_service(self, quantities: Quantities) -> list[int]:
        """Ask for the service of a plan from here on; return a base cost of each demand.

        Where all that has an offer is served, each demand is fixed by itself: that binds the solver
        tighter than one sum over all, and lets costs count from the cheapest offer of the demand,
        which keeps the numbers small.
        """
        problem = self._problem
        served = problem.served(quantities)
        weighing = [
            index
            for index, pairs in enumerate(problem.pairs_of_demand)
            if pairs and problem.weights[index]
        ]
        base = [0] * len(served)
        if any(served[index] < problem.demands[index].quantity for index in weighing):
            self._fix_sum(problem.service(quantities))
            return base
        for index in weighing:
            quantity = served[index] / self._model.unit
            self._highs.changeRowBounds(index, quantity, quantity)
            base[index] = min(problem.pairs[pair].cost for pair in problem.pairs_of_demand[index])
        return base

    def _fix_sum(self, service: int) -> None:
        """Ask for at least so much weight times quantity over all demands.

        Half of the least difference is left to rounding where steps are whole; where they are not,
        it would let a better plan through that is none.
        """
        weights = [self._problem.weights[pair.demand] for pair in self._problem.pairs]
        scale = _scale(service // self._model.unit, _LARGEST_SERVICE)
        factors = [float(weight * scale) for weight in weights]
        slack = Fraction(math.gcd(*weights), 2) if self._whole else 0
        least = float((service - slack) * scale / self._model.unit)
        self._highs.addRow(least, math.inf, len(factors), range(len(factors)), factors)

    def _cheapest(
        self, per_step: Sequence[int], fixed: Sequence[int], time_left: float, margin: Fraction
    ) -> tuple[Quantities | None, int | None]:
        """Return the plan of least cost that is found and a lower bound that is proven, if any."""
        costs = self._model.costs(per_step, fixed)
        scale = _scale(max(map(abs, costs)), _LARGEST_COST)
        self._highs.changeColsCost(len(costs), range(len(costs)), [float(c * scale) for c in costs])
        unit = math.gcd(*per_step, *fixed)
        self._highs.setOptionValue("mip_abs_gap", max(float(unit * scale / 2), 1e-9))
        self._highs.setOptionValue("time_limit", max(0.0, time_left))
        # Every search begins from nothing: given a plan, or left with that of the search before,
        # HiGHS 1.16 at times proves a wrong optimum.
        self._highs.clearSolver()
        if self._highs.run() == self._highspy.HighsStatus.kError:
            return None, None
        if self._highs.getModelStatus() == self._highspy.HighsModelStatus.kInfeasible:
            # There is a plan, the one to improve: rounding has closed the search to it.
            self.is_in_doubt = True
        return self._plan(), self._bound(scale, unit, margin)

    def _plan(self) -> Quantities | None:
        """Return the solver's plan in whole steps, None where it has none that holds."""
        status = self._highs.getInfo().primal_solution_status
        if status != self._highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = self._highs.getSolution().col_value[: len(self._problem.pairs)]
        steps = [value * self._model.unit for value in values]
        quantities = tuple(round(step) for step in steps)
        if any(abs(a - b) > _FRACTION for a, b in zip(steps, quantities, strict=True)):
            self.is_in_doubt = True
        return None if any(self._problem.breaches(quantities)) else quantities

    def _bound(self, scale: Fraction, unit: int, margin: Fraction) -> int | None:
        """Return the least multiple of ``unit`` that is not below the solver's bound."""
        info = self._highs.getInfo()
        bound = info.mip_dual_bound
        if not any(self._model.is_whole):
            is_solved = self._highs.getModelStatus() == self._highspy.HighsModelStatus.kOptimal
            bound = info.objective_function_value if is_solved else -math.inf
        if not math.isfinite(bound):
            return None
        safe = (Fraction(bound) - margin * (1 + abs(Fraction(bound)))) / scale
        return math.ceil(safe / unit) * unit if unit else 0

    def _linear_program(self) -> Any:
        """Return the model as HiGHS takes it, in one piece."""
        kinds, model = self._highspy.HighsVarType, self._model
        program = self._highspy.HighsLp()
        program.num_col_ = len(model.upper)
        program.num_row_ = len(model.row_lower)
        program.col_cost_ = [0.0] * len(model.upper)
        program.col_lower_ = [0.0] * len(model.upper)
        program.col_upper_ = model.upper
        program.row_lower_ = model.row_lower
        program.row_upper_ = model.row_upper
        program.a_matrix_.format_ = self._highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = [*model.starts, len(model.columns)]
        program.a_matrix_.index_ = model.columns
        program.a_matrix_.value_ = model.factors
        program.integrality_ = [
            kinds.kInteger if is_whole else kinds.kContinuous for is_whole in model.is_whole
        ]
        return program


def _scale(largest: int, limit: int) -> Fraction:
    """Return a factor that brings the largest of some numbers to the limit or below.

    It is a power of two, so that scaling rounds nothing.
    """
    return Fraction(1, 1 << (largest // limit).bit_length())
