"""Whose grade went up or down from one period to the next."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rating:
    """What a supplier reached in a period: its ``score`` and the lowest score of its grade."""

    supplier: Hashable
    score: float
    rank: float


@dataclass(frozen=True, slots=True)
class Movement:
    """A change of grade: ``step`` is 1 upwards, -1 downwards; ``change`` is in points of score."""

    supplier: Hashable
    step: int
    change: float


def movements(before: Iterable[Rating], after: Iterable[Rating]) -> tuple[Movement, ...]:
    """The suppliers whose grade changed, the largest change of score first.

    Who is not rated in both periods has not moved.

    >>> movements([Rating("a", 80, 70)], [Rating("a", 90, 85)])
    (Movement(supplier='a', step=1, change=10),)
    """
    known = {rating.supplier: rating for rating in before}
    found = [
        Movement(new.supplier, 1 if new.rank > old.rank else -1, new.score - old.score)
        for new in after
        if (old := known.get(new.supplier)) and old.rank != new.rank
    ]
    return tuple(sorted(found, key=lambda move: (-abs(move.change), str(move.supplier))))
