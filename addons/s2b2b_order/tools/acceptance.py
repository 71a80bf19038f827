"""How much of what suppliers were asked for they accepted, in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that a supplier was asked for: quantities of one unit, moments of one time zone.

    ``accepted`` is 0 where it refused; ``answered`` None where it has said nothing.
    """

    quantity: float
    accepted: float
    deadline: datetime
    answered: datetime | None


def accepted_share(line: Asked, now: datetime) -> float | None:
    """Return the share of a line that was accepted by its deadline, from 0 to 1.

    Silence past the deadline is no acceptance, nor is an answer that comes after it. None while the
    supplier still has time, and where nothing was asked for.

    >>> noon, four = datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 16)
    >>> accepted_share(Asked(10, 6, deadline=four, answered=noon), four)
    0.6
    """
    if line.quantity <= 0 or (line.answered is None and now <= line.deadline):
        return None
    if line.answered is None or line.answered > line.deadline:
        return 0.0
    return min(max(line.accepted / line.quantity, 0.0), 1.0)


def acceptance(lines: Iterable[Asked], now: datetime) -> tuple[float, int]:
    """Return the sum of the accepted shares and the number of lines that are decided.

    Lines weigh the same, whatever their quantity: pieces and pallets do not add up.
    """
    shares = [accepted_share(line, now) for line in lines]
    decided = [share for share in shares if share is not None]
    return sum(decided), len(decided)
