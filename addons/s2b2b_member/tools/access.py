"""Who may buy what: products for a tier and above, and products that some may buy before others."""

from dataclasses import dataclass
from datetime import date, timedelta

from .reason import Reason

REASONS = {
    "tier": "Only for members from tier {tier} on.",
    "not_yet": "Not sold before {day}.",
}
"""Why a product is refused: English text by code."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a product asks: the rank of the lowest tier that may buy it, and its first day."""

    min_rank: int | None = None
    tier: str = ""
    launch: date | None = None


@dataclass(frozen=True, slots=True)
class Buyer:
    """The rank of the buyer's tier (None: it has none), and the days it may buy before others."""

    rank: int | None = None
    early_days: int = 0


def refusal(offered: Offered, buyer: Buyer, *, today: date) -> Reason | None:
    """Return why ``buyer`` may not buy the product ``today``, or None where it may.

    >>> refusal(Offered(launch=date(2026, 5, 4)), Buyer(2, 3), today=date(2026, 5, 1)) is None
    True
    """
    if offered.min_rank is not None and (buyer.rank is None or buyer.rank < offered.min_rank):
        return Reason("tier", REASONS["tier"], tier=offered.tier)
    if offered.launch:
        day = offered.launch - timedelta(days=buyer.early_days)
        if today < day:
            return Reason("not_yet", REASONS["not_yet"], day=day)
    return None
