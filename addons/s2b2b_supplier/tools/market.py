"""What the same goods cost elsewhere: the median of one price from each supplier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Purchase:
    """What one supplier was paid for one product: money and quantity of ``count`` order lines."""

    product: Hashable
    supplier: Hashable
    paid: float
    quantity: float
    count: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A price asked for one unit of a product, for orders of at least ``min_quantity``."""

    product: Hashable
    supplier: Hashable
    price: float
    min_quantity: float = 0.0


def market_prices(purchases: Iterable[Purchase], offers: Iterable[Offer]) -> dict[Hashable, float]:
    """Return the median price for each product that was bought and has two suppliers or more.

    Each supplier counts once: with what it was paid on average or, where nothing was bought from
    it, with its best offer that asks for no more than the usual quantity of an order line. Money
    is of one currency, quantities of one unit for each product; what has no price counts not.

    >>> market_prices([Purchase("tea", "a", 120, 10, 1)], [Offer("tea", "b", 10.0)])
    {'tea': 11.0}
    """
    bought = [p for p in purchases if p.paid > 0 and p.quantity > 0]
    prices: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    usual = _usual_quantities(bought)
    for offer in offers:
        if offer.price > 0 and offer.min_quantity <= usual.get(offer.product, -1):
            known = prices[offer.product]
            known[offer.supplier] = min(offer.price, known.get(offer.supplier, offer.price))
    for purchase in bought:
        prices[purchase.product][purchase.supplier] = purchase.paid / purchase.quantity
    return {product: median(each.values()) for product, each in prices.items() if len(each) > 1}


def _usual_quantities(purchases: list[Purchase]) -> dict[Hashable, float]:
    """The mean quantity of an order line, by product."""
    totals: dict[Hashable, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for purchase in purchases:
        total = totals[purchase.product]
        total[0] += purchase.quantity
        total[1] += purchase.count
    return {product: quantity / count for product, (quantity, count) in totals.items()}
