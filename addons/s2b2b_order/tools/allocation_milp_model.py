"""The allocation as columns and rows of a mixed-integer program."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .allocation_problem import Problem

_LONGEST = 1024
"""What the most steps of a pair are scaled down to."""


@dataclass(slots=True)
class Model:
    """Columns and sparse rows in floating point, all columns from 0 to ``upper``.

    The first columns are the steps of each pair, in order, in multiples of ``unit``; the others are
    switches, 0 or 1. The first rows are the demands, in order.
    """

    unit: int
    upper: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    fixed: dict[int, int] = field(default_factory=dict)
    """The switch of each supplier that has a fixed cost."""

    def costs(self, per_step: Sequence[int], fixed: Sequence[int]) -> list[int]:
        """Return the cost of each column, given that of a step of each pair and of a supplier."""
        costs = [cost * self.unit for cost in per_step] + [0] * (len(self.upper) - len(per_step))
        for supplier, switch in self.fixed.items():
            costs[switch] = fixed[supplier]
        return costs

    def add_switch(self) -> int:
        """Add a switch and return its column."""
        self.upper.append(1)
        self.is_whole.append(True)
        return len(self.upper) - 1

    def add_row(
        self, terms: Iterable[tuple[int, float]], lower: float = -math.inf, upper: float = math.inf
    ) -> None:
        """Keep the sum of column times factor between two bounds."""
        self.starts.append(len(self.columns))
        for column, factor in terms:
            self.columns.append(column)
            self.factors.append(factor)
        self.row_lower.append(lower)
        self.row_upper.append(upper)

    def keep_below(self, pairs: Iterable[int], most: int, switch: int | None = None) -> None:
        """Keep the steps of some pairs up to ``most``, and at 0 while a switch is off."""
        terms = [(pair, 1.0) for pair in pairs]
        if switch is None:
            self.add_row(terms, upper=most / self.unit)
        else:
            self.add_row([*terms, (switch, -most / self.unit)], upper=0)

    def keep_above(self, pairs: Iterable[int], least: int, switch: int) -> None:
        """Keep the steps of some pairs at ``least`` or more while a switch is on."""
        self.add_row([*((pair, 1.0) for pair in pairs), (switch, -least / self.unit)], lower=0)


def build(problem: Problem, whole: bool) -> Model:
    """State the problem as a model.

    Mostly the limits lie within one another or apart: pools within a supplier's share of a product,
    shares within its capacity. Then, the switches given, steps and limits are a flow network, whose
    best flows are whole by themselves. So, unless ``whole`` is asked for, steps are continuous,
    which saves most of the work, and counted in units that keep the numbers near one another.
    """
    unit = 1
    while not whole and any(pair.most > unit * _LONGEST for pair in problem.pairs):
        unit *= 2
    model = Model(
        unit,
        upper=[pair.most / unit for pair in problem.pairs],
        is_whole=[whole] * len(problem.pairs),
    )
    for demand, pairs in zip(problem.demands, problem.pairs_of_demand, strict=True):
        model.keep_below(pairs, demand.quantity)
    _add_suppliers(model, problem)
    _add_minimums(model, problem)
    _add_limits(model, problem)
    if not problem.split:
        _add_single_offers(model, problem)
    return model


def _add_suppliers(model: Model, problem: Problem) -> None:
    """Add a switch for each supplier with a fixed cost, on for whatever it serves of a demand.

    A row for each demand is more rows than one for each supplier, but binds a fraction of a
    supplier far tighter, and so saves most of the branching.
    """
    pairs_of = defaultdict(lambda: defaultdict(list))
    for index, pair in enumerate(problem.pairs):
        supplier = problem.supplier_of[pair.offer]
        if problem.costs.fixed[supplier]:
            pairs_of[supplier][pair.demand].append(index)
    for supplier, groups in pairs_of.items():
        switch = model.fixed[supplier] = model.add_switch()
        for demand, pairs in groups.items():
            most = sum(problem.pairs[pair].most for pair in pairs)
            model.keep_below(pairs, min(problem.demands[demand].quantity, most), switch)


def _add_minimums(model: Model, problem: Problem) -> None:
    """Take nothing of an offer, or at least its minimum."""
    for offer, pairs in enumerate(problem.pairs_of_offer):
        if not pairs or problem.minimum[offer] == 1:
            continue
        switch = model.add_switch()
        model.keep_above(pairs, problem.minimum[offer], switch)
        model.keep_below(pairs, problem.most[offer], switch)
        supplier_switch = model.fixed.get(problem.supplier_of[offer])
        if supplier_switch is not None:
            model.add_row([(switch, 1.0), (supplier_switch, -1.0)], upper=0)


def _add_limits(model: Model, problem: Problem) -> None:
    """Keep what offers give together under its limit, where they could exceed it."""
    for limit in problem.limits:
        pairs = [pair for offer in limit.offers for pair in problem.pairs_of_offer[offer]]
        if sum(problem.pairs[pair].most for pair in pairs) > limit.most:
            suppliers = {problem.supplier_of[offer] for offer in limit.offers}
            switch = model.fixed.get(suppliers.pop()) if len(suppliers) == 1 else None
            model.keep_below(pairs, limit.most, switch)


def _add_single_offers(model: Model, problem: Problem) -> None:
    """Serve each demand from one offer only."""
    for pairs in problem.pairs_of_demand:
        if len(pairs) < 2:
            continue
        switches = [model.add_switch() for _pair in pairs]
        for pair, switch in zip(pairs, switches, strict=True):
            model.keep_below([pair], problem.pairs[pair].most, switch)
        model.add_row([(switch, 1.0) for switch in switches], upper=1)
