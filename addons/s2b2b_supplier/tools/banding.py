"""Which grade a score gets: bands that cover 0 to 100 without gap or overlap.

A band holds its low end but not its high end; the top one holds both, so that 100 has a grade.
Bounds and values are compared as floats: ``Decimal("80.1")`` and ``80.1`` are the same edge.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

from .exact import Number
from .reason import Reason

ERRORS = {
    "no_bands": "There are no bands: they must cover 0 to 100.",
    "repeated": "There are two bands {key!r}.",
    "not_a_number": "Band {key!r} must lie between two finite numbers, not {low} and {high}.",
    "empty": "Band {key!r} is empty: it begins and ends at {low}.",
    "reversed": "Band {key!r} is upside down: {low} is above {high}.",
    "gap": "No band covers {high} to {low}, between {below!r} and {above!r}.",
    "overlap": "Bands {below!r} and {above!r} both cover {low} to {high}.",
    "bottom": "The bands must begin at 0, but the lowest, {key!r}, begins at {low}.",
    "top": "The bands must end at 100, but the highest, {key!r}, ends at {high}.",
}
"""What is refused: English text by code; the ``ValueError`` holds it as a :class:`Reason`."""


@dataclass(frozen=True, slots=True)
class Band:
    """The scores from ``low`` up to, but without, ``high``; the top band holds ``high`` as well."""

    key: Hashable
    low: Number
    high: Number


def check_bands(bands: Iterable[Band]) -> None:
    """Raise ``ValueError`` unless ``bands``, in any order, cover 0 to 100 exactly once.

    Refused are: no bands, a key that comes twice, a bound that is not a finite number, an empty or
    reversed band, a gap, an overlap, and ends that are not 0 and 100.

    >>> check_bands([Band("A", 80, 100), Band("B", 0, 75)])
    Traceback (most recent call last):
    ValueError: No band covers 75 to 80, between 'B' and 'A'.
    """
    unsorted = tuple(bands)
    if not unsorted:
        raise _error("no_bands")
    for band in unsorted:
        _check_bounds(band)
    ordered = sorted(unsorted, key=_bounds)
    _check_keys(ordered)
    for below, above in pairwise(ordered):
        _check_neighbours(below, above)
    bottom, top = ordered[0], ordered[-1]
    if float(bottom.low) != 0:
        raise _error("bottom", key=bottom.key, low=bottom.low)
    if float(top.high) != 100:
        raise _error("top", key=top.key, high=top.high)


def band_for(value: Number | None, bands: Iterable[Band]) -> Band | None:
    """Return the band that holds ``value``, from ``bands`` that :func:`check_bands` accepts.

    None, what is not a number, and what lies outside of all bands has no band.

    >>> band_for(80, [Band("A", 80, 100), Band("B", 0, 80)]).key
    'A'
    """
    if value is None:
        return None
    point, choices = float(value), tuple(bands)
    end = max((float(band.high) for band in choices), default=None)
    holding = [band for band in choices if _holds(band, point, end)]
    return max(holding, key=_bounds, default=None)


def _bounds(band: Band) -> tuple[float, float]:
    return float(band.low), float(band.high)


def _holds(band: Band, point: float, end: float | None) -> bool:
    low, high = _bounds(band)
    return low <= point < high or point == high == end


def _check_bounds(band: Band) -> None:
    try:
        low, high = _bounds(band)
        finite = isfinite(low) and isfinite(high)
    except (TypeError, ValueError, OverflowError):
        finite = False
    if not finite:
        raise _error("not_a_number", key=band.key, low=band.low, high=band.high)
    if low == high:
        raise _error("empty", key=band.key, low=band.low)
    if low > high:
        raise _error("reversed", key=band.key, low=band.low, high=band.high)


def _check_keys(bands: Iterable[Band]) -> None:
    keys: set[Hashable] = set()
    for band in bands:
        if band.key in keys:
            raise _error("repeated", key=band.key)
        keys.add(band.key)


def _check_neighbours(below: Band, above: Band) -> None:
    high, low = float(below.high), float(above.low)
    if high < low:
        raise _error("gap", below=below.key, above=above.key, high=below.high, low=above.low)
    if high > low:
        end = min(below.high, above.high, key=float)
        raise _error("overlap", below=below.key, above=above.key, low=above.low, high=end)


def _error(code: str, **params: Any) -> ValueError:
    return ValueError(Reason(code, ERRORS[code], **params))
