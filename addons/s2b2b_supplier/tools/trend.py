"""A score over time as points of a small chart."""

from __future__ import annotations

from collections.abc import Sequence


def points(scores: Sequence[float], width: int, height: int, margin: int = 4) -> list[tuple]:
    """Coordinates (x, y) of scores from 0 to 100, the oldest left, 100 at the top.

    >>> points([0, 100], 108, 58)
    [(4.0, 54.0), (104.0, 4.0)]
    """
    if not scores:
        return []
    inner_width, inner_height = width - 2 * margin, height - 2 * margin
    step = inner_width / (len(scores) - 1) if len(scores) > 1 else 0
    first = margin if len(scores) > 1 else width / 2
    return [
        (
            round(first + index * step, 1),
            round(margin + inner_height * (100 - min(100, max(0, score))) / 100, 1),
        )
        for index, score in enumerate(scores)
    ]
