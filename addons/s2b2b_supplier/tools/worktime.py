"""Working hours between moments, asked many times of one calendar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate

_HOUR = timedelta(hours=1)


class Worktime:
    """Spans in which people work, as (start, end); overlapping ones count once.

    >>> day = Worktime([(datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 16))])
    >>> day.hours(datetime(2026, 3, 2, 15), datetime(2026, 3, 3, 9))
    1.0
    >>> day.after(datetime(2026, 3, 1), 2)
    datetime.datetime(2026, 3, 2, 10, 0)
    """

    __slots__ = ("_before", "_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[datetime, datetime]]) -> None:
        merged = _merge(spans)
        self._starts = [start for start, _end in merged]
        self._ends = [end for _start, end in merged]
        worked = accumulate(((end - start) for start, end in merged), initial=timedelta())
        self._before = list(worked)

    def hours(self, start: datetime, end: datetime) -> float:
        """Hours worked from ``start`` to ``end``; 0 where the end comes first."""
        return max(0.0, (self._worked(end) - self._worked(start)) / _HOUR)

    def after(self, start: datetime, hours: float) -> datetime | None:
        """The moment at which ``hours`` have been worked since ``start``; None: not within these
        spans."""
        wanted = self._worked(start) + hours * _HOUR
        for index, total in enumerate(self._before[1:]):
            if wanted <= total and self._ends[index] >= start:
                moment = self._starts[index] + (wanted - self._before[index])
                return max(moment, start)
        return None

    def without(self, start: datetime, end: datetime) -> Worktime:
        """This working time but for what lies between two moments.

        >>> day = Worktime([(datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 16))])
        >>> day.without(datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 12)).after(
        ...     datetime(2026, 3, 2, 8), 2
        ... )
        datetime.datetime(2026, 3, 2, 13, 0)
        """
        if end <= start:
            return self
        return Worktime(
            part
            for first, last in zip(self._starts, self._ends, strict=True)
            for part in ((first, min(last, start)), (max(first, end), last))
        )

    def _worked(self, moment: datetime) -> timedelta:
        """What was worked from the first span until ``moment``."""
        index = bisect_right(self._starts, moment)
        if not index:
            return timedelta()
        unfinished = max(timedelta(), self._ends[index - 1] - moment)
        return self._before[index] - unfinished


def _merge(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
