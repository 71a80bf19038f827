"""What is missing and what is offered, as the allocation wants it: whole steps, smallest units."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .allocation import Demand, Offer, Plan, Supplier
from .number import Number, exact
from .stepping import common_step, from_steps, steps_down, steps_up


@dataclass(frozen=True, slots=True)
class Need:
    """A quantity of a product that an order line still misses, in the product's unit.

    :param excluded: suppliers that are not to be asked for it (again)
    """

    key: Hashable
    product: Hashable
    quantity: Number
    wanted: date | None
    excluded: frozenset[Hashable] = frozenset()


@dataclass(frozen=True, slots=True)
class Bid:
    """What a supplier offers of a product.

    :param price: landed, per unit of the product, in the main unit of the currency
    :param minimum: in units of the product
    """

    key: Hashable
    supplier: Hashable
    product: Hashable
    price: Number
    minimum: Number
    lead_days: int | None


@dataclass(frozen=True, slots=True)
class Vendor:
    """A supplier that may be used.

    :param order_cost: once when anything is ordered, in the main unit of the currency
    :param capacity: units over all its products; None: no limit
    """

    key: Hashable
    order_cost: Number = 0
    capacity: Number | None = None
    bonus: Number = 0


@dataclass(frozen=True, slots=True)
class Share:
    """So much of a bid for a need, in units of the product."""

    need: Hashable
    bid: Hashable
    quantity: float


@dataclass(frozen=True, slots=True)
class Case:
    """The input of one allocation, and the way back from its plan.

    :param steps: the lot each product is counted in
    :param wares: what each need is called among the products: needs that may not be served by the
        same suppliers ask for different wares of the product
    """

    demands: tuple[Demand, ...]
    offers: tuple[Offer, ...]
    suppliers: tuple[Supplier, ...]
    steps: dict[Hashable, Fraction]
    wares: dict[Hashable, Hashable]

    def shares(self, plan: Plan) -> list[Share]:
        """Return what the plan takes, in units."""
        products = {demand.key: self._product(demand.key) for demand in self.demands}
        return [
            Share(
                assignment.demand,
                assignment.offer[0],
                from_steps(assignment.quantity, self.steps[products[assignment.demand]]),
            )
            for assignment in plan.assignments
        ]

    def shortages(self, plan: Plan) -> dict[Hashable, float]:
        """Return what the plan leaves missing, in units, of the needs that are short."""
        return {
            need: from_steps(missing, self.steps[self._product(need)])
            for need, missing in plan.shortages.items()
            if missing
        }

    def _product(self, need: Hashable) -> Hashable:
        return self.wares[need][0]


def build_case(
    needs: Collection[Need],
    bids: Iterable[Bid],
    vendors: Iterable[Vendor],
    *,
    free: Mapping[tuple[Hashable, Hashable], Number | None],
    lots: Mapping[Hashable, Number],
    precision: int,
    decimals: int,
) -> Case:
    """Convert to steps: a minimum up, what is available and a capacity down.

    :param free: what is available of (supplier, product); a pair that is not there has no limit
    :param lots: the lot in which a product may be split
    :param precision: decimals of a quantity
    :param decimals: decimals of the currency
    """
    steps = _steps(needs, lots, precision)
    wares = {need.key: (need.product, tuple(sorted(need.excluded))) for need in needs}
    wanted = sorted(set(wares.values()))
    offers = [
        _offer(bid, ware, steps[bid.product], free, decimals)
        for bid in bids
        for ware in wanted
        if ware[0] == bid.product and bid.supplier not in ware[1]
    ]
    return Case(
        demands=tuple(
            Demand(
                need.key, wares[need.key], steps_up(need.quantity, steps[need.product]), need.wanted
            )
            for need in needs
        ),
        offers=tuple(offers),
        suppliers=tuple(_supplier(vendor, steps, decimals) for vendor in vendors),
        steps=steps,
        wares=wares,
    )


def _steps(
    needs: Iterable[Need], lots: Mapping[Hashable, Number], precision: int
) -> dict[Hashable, Fraction]:
    """Return the step of each product needed."""
    quantities: dict[Hashable, list[Number]] = {}
    for need in needs:
        quantities.setdefault(need.product, []).append(need.quantity)
    return {
        product: common_step(lots.get(product, 1), asked, precision)
        for product, asked in quantities.items()
    }


def _offer(
    bid: Bid,
    ware: tuple[Hashable, tuple[Hashable, ...]],
    step: Fraction,
    free: Mapping[tuple[Hashable, Hashable], Number | None],
    decimals: int,
) -> Offer:
    pool = (bid.supplier, bid.product)
    available = free.get(pool)
    price = exact(bid.price) * step * 10**decimals
    return Offer(
        key=(bid.key, ware),
        supplier=bid.supplier,
        product=ware,
        price=Decimal(price.numerator) / Decimal(price.denominator),
        min_quantity=steps_up(bid.minimum, step),
        available=None if available is None else steps_down(available, step),
        lead_days=bid.lead_days,
        pool=pool,
    )


def _supplier(vendor: Vendor, steps: Mapping[Hashable, Fraction], decimals: int) -> Supplier:
    """Return the supplier; its capacity in the largest step, so that it is never exceeded."""
    largest = max(steps.values(), default=Fraction(1))
    return Supplier(
        key=vendor.key,
        fixed_cost=exact(vendor.order_cost) * 10**decimals,
        capacity=None if vendor.capacity is None else steps_down(vendor.capacity, largest),
        grade_bonus=exact(vendor.bonus),
    )
