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
    paid: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    lines: dict[Hashable, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for product, supplier, amount, quantity, count in purchases:
        if amount > 0 and quantity > 0:
            paid[product][supplier] = amount / quantity
            total = lines[product]
            total[0] += quantity
            total[1] += count
    usual = {product: quantity / count for product, (quantity, count) in lines.items()}
    asked = _best_offers(offers, usual)
    prices = {product: asked.get(product, {}) | own for product, own in paid.items()}
    return {
        product: median(each.values()) for product, each in prices.items() if len(each) > OTHERS
    }


def compared(paid: float, market: float) -> float:
    """Return ``paid`` over ``market`` (what the same goods cost at the median) in whole percents.

    Whole, so that who is told it, or a score made of it, cannot compute the median, nor from that
    and its own price the price of a rival. Half a percent is rounded to the even one, also where
    the order in which amounts were added up left some noise. Raise ``ValueError`` unless ``market``
    is positive.

    >>> compared(120, 113)
    1.06
    """
    if market <= 0:
        raise ValueError("What the goods cost at the median is more than nothing.")
    return round(round(100 * paid / market, 6)) / 100


def _best_offers(
    offers: Iterable[Offer], usual: dict[Hashable, float]
) -> dict[Hashable, dict[Hashable, float]]:
    """The lowest price of each supplier for the ``usual`` quantity of each product in it."""
    best: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    for product, supplier, price, min_quantity in offers:
        if price > 0 and min_quantity <= usual.get(product, -1):
            known = best[product]
            known[supplier] = min(price, known.get(supplier, price))
    return best
