"""What a supplier has to put right: its life, the weak measures, and whether it has helped."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

OPEN: frozenset[str] = frozenset({"draft", "issued", "answered", "accepted", "overdue"})
UNDER_WAY: frozenset[str] = OPEN - {"draft"}
"""The supplier has been asked, and it is not over."""

# verb: {the state it starts from: the state it leads to}
_VERBS: dict[str, dict[str, str]] = {
    "issue": {"draft": "issued"},
    "answer": {"issued": "answered", "overdue": "answered"},
    "accept": {"answered": "accepted"},
    "send_back": {"answered": "issued"},
    "reject": {"answered": "rejected", "overdue": "rejected"},
    "lapse": {"issued": "overdue"},
    "close": {"accepted": "closed"},
}


@dataclass(frozen=True)
class Rated:
    """A measure of a scorecard; ``score`` from 0 to 100, None: not rated."""

    key: Hashable
    score: float | None


def next_state(verb: str, state: str) -> str | None:
    """The state after ``verb``, or None where the verb is refused.

    >>> next_state("send_back", "answered"), next_state("close", "overdue")
    ('issued', None)
    """
    return _VERBS[verb].get(state)


def covers(state: str, period: tuple[date, date], asked: tuple[date, date]) -> bool:
    """Whether a rectification about ``period`` leaves no room for one about the period ``asked``.

    Each period is asked about once, and one at a time; but one that is overdue does not keep a
    later period from being asked about: silence must not be better than an answer.

    >>> months = [(date(2026, month, 1), date(2026, month, 28)) for month in (1, 2)]
    >>> covers("issued", *months), covers("overdue", *months), covers("overdue", *months[::-1])
    (True, False, True)
    """
    if state == "overdue":
        return asked[0] <= period[1]
    return state in OPEN or period == asked


def weak_measures(lines: Iterable[Rated], threshold: float) -> tuple[Hashable, ...]:
    """The keys of what is rated and scores below ``threshold``, the weakest first.

    >>> weak_measures([Rated("a", 70), Rated("b", 20), Rated("c", None), Rated("d", 59.9)], 60)
    ('b', 'd')
    """
    weak = [line for line in lines if line.score is not None and line.score < threshold]
    return tuple(line.key for line in sorted(weak, key=lambda w: (w.score, str(w.key))))


def is_effective(
    weak: Iterable[Hashable], scores: Mapping[Hashable, float | None], threshold: float
) -> bool | None:
    """Whether the weak measures have come up to ``threshold`` on a later card; None: it cannot
    tell, because it rates none of them.

    >>> is_effective(["a", "b"], {"a": 80, "b": None}, 60)
    True
    """
    rated = [scores[key] for key in weak if scores.get(key) is not None]
    return all(score >= threshold for score in rated) if rated else None


def is_beyond_mending(failed: Iterable[date], *, today: date, count: int, months: int) -> bool:
    """Whether ``count`` rectifications or more have failed in the last ``months``.

    >>> is_beyond_mending([date(2026, 1, 31), date(2025, 3, 1)], today=date(2026, 3, 1),
    ...                   count=2, months=12)
    True
    """
    first = _months_before(today, months)
    return sum(first <= day <= today for day in failed) >= count


def _months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last one of a month that is too short."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
