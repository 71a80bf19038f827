"""From the caller's records to a problem in integers."""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from .allocation_problem import Costs, Limit, Pair, Problem
from .number import Number, exact, widest_kind
from .ordering import order_key

if TYPE_CHECKING:
    from .allocation import Demand, Offer, Policy, Supplier

Record = TypeVar("Record", bound=Any)

_FINEST_SHARE = 1_000_000
"""Largest denominator of the fraction that a share given as a float is taken for."""


def prepare(
    demands: "Iterable[Demand]",
    offers: "Iterable[Offer]",
    suppliers: "Iterable[Supplier]",
    policy: "Policy",
    today: date,
) -> Problem:
    """Sort the records and state the problem; the input has been checked."""
    demands, offers, suppliers = _sorted(demands), _sorted(offers), _sorted(suppliers)
    position = {supplier.key: index for index, supplier in enumerate(suppliers)}
    supplier_of = tuple(position.get(offer.supplier) for offer in offers)
    demanded = _demanded(demands, offers)
    minimum = tuple(max(1, offer.min_quantity or 0) for offer in offers)
    limits = tuple(_limits(offers, suppliers, policy, supplier_of, demanded))
    most = _most(demanded, minimum, limits, supplier_of, offers)
    costs = _costs(offers, suppliers, policy, supplier_of)
    weights, weight_scale = _scaled(demand.weight for demand in demands)
    return Problem(
        demands=demands,
        offers=offers,
        suppliers=suppliers,
        split=policy.split,
        pairs=tuple(_pairs(demands, offers, most, costs, today)),
        limits=limits,
        supplier_of=supplier_of,
        demanded=demanded,
        minimum=minimum,
        most=most,
        costs=costs,
        weights=weights,
        weight_scale=weight_scale,
        lead=_lead(offers),
    )


def _sorted(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda record: order_key(record.key)))


def _demanded(demands: "Sequence[Demand]", offers: "Sequence[Offer]") -> tuple[int, ...]:
    totals = Counter[Hashable]()
    for demand in demands:
        totals[demand.product] += demand.quantity
    return tuple(totals[offer.product] for offer in offers)


def _limits(
    offers: "Sequence[Offer]",
    suppliers: "Sequence[Supplier]",
    policy: "Policy",
    supplier_of: Sequence[int | None],
    demanded: Sequence[int],
) -> Iterator[Limit]:
    """Yield what offers share: stock, their supplier's capacity, its share of the product."""
    yield from _stock_limits(offers)
    supplied, shares = defaultdict(list), defaultdict(list)
    for index, supplier in enumerate(supplier_of):
        if supplier is not None:
            supplied[supplier].append(index)
            shares[supplier, offers[index].product].append(index)
    for supplier, members in supplied.items():
        capacity = suppliers[supplier].capacity
        if capacity is not None:
            yield Limit("capacity", tuple(members), max(0, capacity))
    share = _share(policy)
    if share is not None:
        for members in shares.values():
            yield Limit("share", tuple(members), math.floor(share * demanded[members[0]]))


def _stock_limits(offers: "Sequence[Offer]") -> Iterator[Limit]:
    """Yield what is available of each pool; an offer without one is a pool by itself."""
    pools = defaultdict(list)
    for index, offer in enumerate(offers):
        pools[("offer", index) if offer.pool is None else ("pool", offer.pool)].append(index)
    for members in pools.values():
        figures = [offers[index].available for index in members]
        known = [figure for figure in figures if figure is not None]
        if known:
            yield Limit("stock", tuple(members), max(0, min(known)))


def _share(policy: "Policy") -> Fraction | None:
    """Return the most one supplier may have of a product; a float stands for a simple fraction."""
    if isinstance(policy.max_share, float):
        return exact(policy.max_share).limit_denominator(_FINEST_SHARE)
    return None if policy.max_share is None else exact(policy.max_share)


def _most(
    demanded: Sequence[int],
    minimum: Sequence[int],
    limits: Iterable[Limit],
    supplier_of: Sequence[int | None],
    offers: "Sequence[Offer]",
) -> tuple[int, ...]:
    """Return the most each offer can give, 0 where that is below its minimum or it is unfit."""
    most = [
        0 if supplier_of[index] is None or offer.price is None else demanded[index]
        for index, offer in enumerate(offers)
    ]
    for limit in limits:
        for index in limit.offers:
            most[index] = min(most[index], limit.most)
    return tuple(
        quantity if quantity >= least else 0 for quantity, least in zip(most, minimum, strict=True)
    )


def _costs(
    offers: "Sequence[Offer]",
    suppliers: "Sequence[Supplier]",
    policy: "Policy",
    supplier_of: Sequence[int | None],
) -> Costs:
    """Return what a step of each offer and the use of each supplier cost, as integers."""
    price_weight, grade_weight = exact(policy.price_weight), exact(policy.grade_weight)
    bonus_of = [exact(supplier.grade_bonus) for supplier in suppliers]
    price = [price_weight * exact(offer.price) for offer in offers]
    bonus = [0 if index is None else grade_weight * bonus_of[index] for index in supplier_of]
    fixed = [supplier.fixed_cost for supplier in suppliers]
    costs, scale = _scaled([*price, *bonus, *fixed, policy.late_cost_per_day])
    size = len(offers)
    return Costs(
        price=costs[:size],
        bonus=costs[size : 2 * size],
        fixed=costs[2 * size : -1],
        late=costs[-1],
        scale=scale,
        kind=widest_kind(_amounts(offers, suppliers, policy)),
    )


def _scaled(values: Iterable[Number | None]) -> tuple[tuple[int, ...], int]:
    """Return the values times the least factor that makes them whole, and the factor."""
    fractions = [exact(value) for value in values]
    scale = math.lcm(*(fraction.denominator for fraction in fractions))
    return tuple(int(fraction * scale) for fraction in fractions), scale


def _pairs(
    demands: "Sequence[Demand]",
    offers: "Sequence[Offer]",
    most: Sequence[int],
    costs: Costs,
    today: date,
) -> Iterator[Pair]:
    """Yield what may serve what, by demand and offer."""
    by_product = defaultdict(list)
    for index, offer in enumerate(offers):
        if most[index]:
            by_product[offer.product].append(index)
    for position, demand in enumerate(demands):
        for index in by_product[demand.product] if demand.quantity else ():
            days = days_late(demand, offers[index], today)
            steps = min(demand.quantity, most[index])
            yield Pair(position, index, costs.of_step(index, days), steps, days)


def days_late(demand: "Demand", offer: "Offer", today: date) -> int:
    """Return the days that the offer comes after the date wanted; 0 where either is not known."""
    if demand.wanted is None or offer.lead_days is None:
        return 0
    return max(0, offer.lead_days - (demand.wanted - today).days)


def _lead(offers: "Sequence[Offer]") -> tuple[int, ...]:
    """Return the lead times, those not known after the longest that is."""
    longest = max((offer.lead_days for offer in offers if offer.lead_days is not None), default=0)
    return tuple(longest + 1 if offer.lead_days is None else offer.lead_days for offer in offers)


def _amounts(
    offers: "Iterable[Offer]", suppliers: "Iterable[Supplier]", policy: "Policy"
) -> list[Number | None]:
    """Return every number that an objective is made of."""
    amounts = [policy.price_weight, policy.late_cost_per_day, policy.grade_weight]
    amounts += [offer.price for offer in offers]
    for supplier in suppliers:
        amounts += [supplier.fixed_cost, supplier.grade_bonus]
    return amounts
