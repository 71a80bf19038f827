"""Which certificates a supplier lacks, and for how long a renewal keeps it going."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

VERIFIED = "verified"
EXPIRED = "expired"
SUBMITTED = "submitted"


@dataclass(frozen=True)
class Paper:
    """A certificate: its ``kind``, ``state``, last valid day and the day it was handed in."""

    key: Hashable
    kind: Hashable
    state: str
    expiry: date | None = None
    submitted: date | None = None


def holds(paper: Paper, today: date) -> bool:
    """Whether a certificate is verified and valid on ``today``; its expiry day still counts."""
    return paper.state == VERIFIED and (paper.expiry is None or paper.expiry >= today)


def lapsed(
    kinds: Iterable[Hashable], papers: Iterable[Paper], *, today: date, grace_days: int
) -> dict[Hashable, Paper]:
    """The kinds of which the supplier had a certificate that has run out: {kind: the last one}.

    A kind is left out while a renewal that was handed in by the expiry day waits for
    verification, for at most ``grace_days`` after that day.
    """
    mine: dict[Hashable, list[Paper]] = {kind: [] for kind in kinds}
    for paper in papers:
        if paper.kind in mine:
            mine[paper.kind].append(paper)
    found = {}
    for kind, of_kind in mine.items():
        if any(holds(paper, today) for paper in of_kind):
            continue
        last = _last_expired(of_kind, today)
        if last and not _in_grace(last, of_kind, today, grace_days):
            found[kind] = last
    return found


def due_reminder(days_left: int, thresholds: Iterable[int], reminded: int | None) -> int | None:
    """The reminder to send, as its days before expiry, or None.

    Each threshold is sent once; where days were missed only the nearest to expiry is sent.

    >>> due_reminder(29, [7, 30, 60], None)
    30
    >>> due_reminder(28, [7, 30, 60], 30) is None
    True
    """
    passed = [days for days in thresholds if 0 <= days_left <= days]
    nearest = min(passed, default=None)
    if nearest is None or (reminded is not None and reminded <= nearest):
        return None
    return nearest


def _last_expired(papers: list[Paper], today: date) -> Paper | None:
    expired = [
        paper
        for paper in papers
        if paper.state in (VERIFIED, EXPIRED) and paper.expiry and paper.expiry < today
    ]
    return max(expired, key=lambda paper: paper.expiry or date.min, default=None)


def _in_grace(last: Paper, papers: list[Paper], today: date, grace_days: int) -> bool:
    if last.expiry is None or today > last.expiry + timedelta(days=grace_days):
        return False
    return any(
        paper.state == SUBMITTED and paper.submitted and paper.submitted <= last.expiry
        for paper in papers
    )
