"""How recently, how often and for how much a member buys, next to all others (RFM)."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Number = int | float | Decimal

GROUPS = (
    "champion",
    "loyal",
    "potential",
    "new",
    "promising",
    "attention",
    "about_to_sleep",
    "cannot_lose",
    "at_risk",
    "hibernating",
    "lost",
    "prospect",
)
"""The groups, the best customers first; a prospect has bought nothing yet."""

GRID = (
    ("lost", "lost", "at_risk", "cannot_lose", "cannot_lose"),
    ("hibernating", "hibernating", "at_risk", "at_risk", "at_risk"),
    ("about_to_sleep", "about_to_sleep", "attention", "loyal", "loyal"),
    ("promising", "potential", "potential", "loyal", "champion"),
    ("new", "potential", "potential", "champion", "champion"),
)
"""The group by recency (a row each, 1 to 5) and by the mean of frequency and amount (a column)."""


@dataclass(frozen=True, slots=True)
class Purchases:
    """What one member bought: its last invoice ever, and invoices and amount of the period.

    ``amount`` is net of credit notes, in any unit that is the same for all.
    """

    key: Hashable
    last: date | None
    invoices: int
    amount: Number


@dataclass(frozen=True, slots=True)
class Profile:
    """The scores, 1 to 5 (0: bought nothing ever), and the group they come to."""

    recency: int
    frequency: int
    monetary: int
    group: str


PROSPECT = Profile(0, 0, 0, "prospect")
LOST = Profile(1, 1, 1, "lost")


def profiles(purchases: Iterable[Purchases]) -> dict[Hashable, Profile]:
    """Score every member by quintiles of all who bought in the period.

    A member whose purchases all lie before the period is lost; one without any is a prospect. The
    same figure has the same score, the middle of the places it takes: the p-th part of the members
    from below scores 1 + ⌊5·p⌋.

    >>> profiles([Purchases("a", date(2026, 1, 1), 2, 10)])["a"]
    Profile(recency=3, frequency=3, monetary=3, group='attention')
    """
    rows = list(purchases)
    buyers = [row for row in rows if row.last and row.invoices]
    recency = _quintiles({row.key: row.last for row in buyers})
    frequency = _quintiles({row.key: row.invoices for row in buyers})
    monetary = _quintiles({row.key: row.amount for row in buyers})
    scored = {
        key: _profile(recency[key], frequency[key], monetary[key])
        for key in (row.key for row in buyers)
    }
    return {row.key: scored.get(row.key, LOST if row.last else PROSPECT) for row in rows}


def _profile(recency: int, frequency: int, monetary: int) -> Profile:
    mean = (frequency + monetary + 1) // 2  # half a point counts for the member
    return Profile(recency, frequency, monetary, GRID[recency - 1][mean - 1])


def _quintiles(values: dict[Hashable, Any]) -> dict[Hashable, int]:
    """Return the fifth, 1 to 5, in which each value lies; equal values lie together."""
    below, scores = 0, {}
    for value, same in sorted(Counter(values.values()).items()):
        scores[value] = min(1 + 5 * (2 * below + same) // (2 * len(values)), 5)
        below += same
    return {key: scores[value] for key, value in values.items()}
