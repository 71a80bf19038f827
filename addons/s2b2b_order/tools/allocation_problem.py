"""An allocation in integers: the decisions, what limits them, and the exact value of a plan.

Everything is known by its position among the sorted records, so that nothing after this depends on
the order of the input or on the kind of the keys.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from .number import Number, plain_number, widest_kind

if TYPE_CHECKING:
    from .allocation import Demand, Offer, Supplier

Quantities = tuple[int, ...]
"""Steps taken of each pair."""

Takes = list[tuple[int, int]]
"""Some pairs, and steps of each."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A demand and an offer that can serve it: scaled cost a step, and the most steps."""

    demand: int
    offer: int
    cost: int
    most: int
    days_late: int


@dataclass(frozen=True, slots=True)
class Limit:
    """Together these offers give at most so many steps."""

    kind: Literal["stock", "capacity", "share"]
    offers: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What makes up the objective, all times ``scale`` to be whole.

    :param price: of a step of each offer, weighed
    :param bonus: off a step of each offer for its supplier's grade, weighed
    :param late: of a step for each day it is late
    :param fixed: of using each supplier at all
    :param kind: the type of amounts that are not whole
    """

    price: tuple[int, ...]
    bonus: tuple[int, ...]
    fixed: tuple[int, ...]
    late: int
    scale: int
    kind: type

    def of_step(self, offer: int, days_late: int) -> int:
        """Return the cost of one step of an offer."""
        return self.price[offer] + self.late * days_late - self.bonus[offer]

    def amount(self, scaled: int) -> Number:
        """Return a scaled cost in units of the currency."""
        return plain_number(Fraction(scaled, self.scale), self.kind)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Steps of each pair and what is proven about them, scaled as the problem is.

    :param bound: plans that serve as much cost at least this
    :param service_bound: no plan serves more than this
    """

    quantities: Quantities
    bound: int
    service_bound: int
    found_by: Literal["feasible", "greedy"]


@dataclass(frozen=True)
class Problem:
    """What is to be decided.

    :param split: whether a demand may be served from several offers
    :param supplier_of: position of each offer's supplier, None where it is not listed
    :param demanded: steps demanded of each offer's product
    :param minimum: the least total of each offer once it is used, at least 1
    :param most: the most each offer can give, 0 where it cannot be used
    :param weights: worth of serving a step of each demand, times ``weight_scale`` to be whole
    :param lead: days of each offer, those not known after the longest that is known
    """

    demands: "tuple[Demand, ...]"
    offers: "tuple[Offer, ...]"
    suppliers: "tuple[Supplier, ...]"
    split: bool
    pairs: tuple[Pair, ...]
    limits: tuple[Limit, ...]
    supplier_of: tuple[int | None, ...]
    demanded: tuple[int, ...]
    minimum: tuple[int, ...]
    most: tuple[int, ...]
    costs: Costs
    weights: tuple[int, ...]
    weight_scale: int
    lead: tuple[int, ...]

    @cached_property
    def pair_at(self) -> dict[tuple[int, int], int]:
        """The pair of a demand and an offer."""
        return {(pair.demand, pair.offer): index for index, pair in enumerate(self.pairs)}

    @cached_property
    def pairs_of_demand(self) -> tuple[tuple[int, ...], ...]:
        """The pairs of each demand."""
        return _grouped((pair.demand for pair in self.pairs), len(self.demands))

    @cached_property
    def pairs_of_offer(self) -> tuple[tuple[int, ...], ...]:
        """The pairs of each offer."""
        return _grouped((pair.offer for pair in self.pairs), len(self.offers))

    @cached_property
    def limits_of_offer(self) -> tuple[tuple[int, ...], ...]:
        """The limits each offer falls under."""
        groups: list[list[int]] = [[] for _offer in self.offers]
        for index, limit in enumerate(self.limits):
            for offer in limit.offers:
                groups[offer].append(index)
        return tuple(tuple(group) for group in groups)

    @cached_property
    def products(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """Demands and usable offers of each product, what weighs most first."""
        demands, offers = defaultdict(list), defaultdict(list)
        for index in sorted(range(len(self.demands)), key=lambda i: (-self.weights[i], i)):
            demands[self.demands[index].product].append(index)
        for index, offer in enumerate(self.offers):
            if self.most[index]:
                offers[offer.product].append(index)
        return tuple((tuple(group), tuple(offers[product])) for product, group in demands.items())

    def worth(self, scaled: int) -> Number:
        """Return a scaled service as a number."""
        kind = widest_kind([demand.weight for demand in self.demands])
        return plain_number(Fraction(scaled, self.weight_scale), kind)

    def taken(self, quantities: Sequence[int]) -> list[int]:
        """Return the steps taken of each offer."""
        return [sum(quantities[pair] for pair in pairs) for pairs in self.pairs_of_offer]

    def served(self, quantities: Sequence[int]) -> list[int]:
        """Return the steps each demand gets."""
        return [sum(quantities[pair] for pair in pairs) for pairs in self.pairs_of_demand]

    def service(self, quantities: Sequence[int]) -> int:
        """Return the sum of weight times quantity served, scaled."""
        return sum(
            self.weights[pair.demand] * quantity
            for pair, quantity in zip(self.pairs, quantities, strict=True)
        )

    def objective(self, quantities: Sequence[int]) -> int:
        """Return the cost, scaled, fixed costs included."""
        used = {
            self.supplier_of[pair.offer]
            for pair, quantity in zip(self.pairs, quantities, strict=True)
            if quantity
        }
        return sum(
            pair.cost * quantity for pair, quantity in zip(self.pairs, quantities, strict=True)
        ) + sum(self.costs.fixed[supplier] for supplier in used if supplier is not None)

    def rank(self, quantities: Sequence[int]) -> tuple[int, ...]:
        """Return what plans are compared by, the best first.

        The contract decides by service and cost; between equals, few assignments are better than
        many and early ones better than late.
        """
        return (
            -self.service(quantities),
            self.objective(quantities),
            sum(1 for quantity in quantities if quantity),
            sum(
                self.lead[pair.offer] * quantity
                for pair, quantity in zip(self.pairs, quantities, strict=True)
            ),
        )

    def breaches(self, quantities: Sequence[int]) -> Iterator[str]:
        """Name each rule that the quantities break; nothing where they are a plan."""
        taken = self.taken(quantities)
        if any(quantity < 0 for quantity in quantities):
            yield "a quantity is negative"
        for demand, quantity in zip(self.demands, self.served(quantities), strict=True):
            if quantity > demand.quantity:
                yield f"{demand.key!r} gets more than it asked for"
        for offer, quantity, least in zip(self.offers, taken, self.minimum, strict=True):
            if 0 < quantity < least:
                yield f"{offer.key!r} is taken for less than its minimum"
        for limit in self.limits:
            if sum(taken[offer] for offer in limit.offers) > limit.most:
                yield f"a limit of {limit.kind} is exceeded"
        if not self.split and any(
            sum(1 for pair in pairs if quantities[pair]) > 1 for pairs in self.pairs_of_demand
        ):
            yield "a demand is split"


def _grouped(owners: Iterable[int], size: int) -> tuple[tuple[int, ...], ...]:
    """Return the positions of each owner."""
    groups: list[list[int]] = [[] for _owner in range(size)]
    for index, owner in enumerate(owners):
        groups[owner].append(index)
    return tuple(tuple(group) for group in groups)
