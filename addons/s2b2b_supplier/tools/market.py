"""What the same goods cost elsewhere: the median of one price from each supplier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from statistics import median
from typing import NamedTuple

OTHERS = 3
"""How many other suppliers' prices it takes: with fewer, the median and one's own price would tell
a rival's."""


class Purchase(NamedTuple):
    """What one supplier was paid for one product: money and quantity of ``count`` order lines."""

    product: Hashable
    supplier: Hashable
    paid: float
    quantity: float
    count: int


class Offer(NamedTuple):
    """A price asked for one unit of a product, for orders of at least ``min_quantity``."""

    product: Hashable
    supplier: Hashable
    price: float
    min_quantity: float = 0.0


def market_prices(purchases: Iterable[Purchase], offers: Iterable[Offer]) -> dict[Hashable, float]:
    """Return the median price for each product that was bought, and that more than :data:`OTHERS`
    suppliers have a price for.

    Each supplier counts once: with what it was paid on average or, where nothing was bought from
    it, with its best offer that asks for no more than the usual quantity of an order line. Money
    is of one currency, quantities of one unit for each product; what has no price counts not.

    >>> market_prices([Purchase("tea", "a", 120, 10, 1)], [Offer("tea", x, 10.0) for x in "bcd"])
    {'tea': 10.0}
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
    return {
        product: median(each.values()) for product, each in prices.items() if len(each) > OTHERS
    }


def compared(paid: float, market: float) -> float:
    """Return ``paid`` over ``market`` (what the same goods cost at the median) in whole percents.

    Whole, so that who is told it, or a score made of it, cannot compute the median, nor from that
    and its own price the price of a rival. Raise ``ValueError`` unless ``market`` is positive.

    >>> compared(120, 113)
    1.06
    """
    if market <= 0:
        raise ValueError("What the goods cost at the median is more than nothing.")
    return round(100 * paid / market) / 100


def _usual_quantities(purchases: list[Purchase]) -> dict[Hashable, float]:
    """The mean quantity of an order line, by product."""
    totals: dict[Hashable, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for purchase in purchases:
        total = totals[purchase.product]
        total[0] += purchase.quantity
        total[1] += purchase.count
    return {product: quantity / count for product, (quantity, count) in totals.items()}
