"""The tiers by rank, and what they ask.

Figures and thresholds may be int, Decimal or float; a float means the decimal it prints as.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import isfinite
from typing import Any, NamedTuple

from .reason import Reason

Number = int | float | Decimal
Exact = int | Decimal

FIGURES = ("amount", "orders", "months", "paid_on_time")
"""What a tier may ask for: the figures, in the order in which :class:`Rung` has them."""

ERRORS = {
    "same_rank": "{below!r} and {above!r} have the same rank.",
    "repeated": "There are two tiers {key!r}.",
    "not_a_number": "{number} is not a finite number.",
    "negative": "{key!r} asks for a negative {figure}: {asked}.",
    "never_met": "{key!r} asks for {asked} % paid on time, which nobody can reach.",
    "crossing": "{above!r} asks for less {figure} than {below!r}, which is below it.",
    "same_thresholds": "{above!r} asks for nothing more than {below!r}, which is below it.",
}
"""What is refused: English text by code; the ``ValueError`` holds it as a :class:`Reason`."""

NOTHING = float("-inf")
"""What is asked where nothing is asked, and had where nothing is known."""


@dataclass(frozen=True, slots=True)
class Tier:
    """What a tier asks for; the higher ``rank`` is the better tier.

    ``min_amount`` is in the smallest unit of a currency, ``min_months`` of history, and
    ``min_paid_on_time`` in percent. A threshold of None or 0 asks nothing.
    """

    key: Hashable
    rank: int
    min_amount: Number | None
    min_orders: int | None
    min_months: int | None
    min_paid_on_time: Number | None


class Rung(NamedTuple):
    """A tier, its thresholds in the order of FIGURES, and (place, threshold) of those that ask."""

    key: Hashable
    tier: Tier
    asked: tuple[Exact, ...]
    asks: tuple[tuple[int, Exact], ...]


class Ladder:
    """Tiers by rank, made ready to place many members; ``verdicts`` keeps what was said of them.

    Raise ``ValueError`` for a rank or a key that comes twice and for a threshold that is not a
    finite number. Thresholds that cross are taken (:func:`check_tiers` refuses them): the highest
    tier whose thresholds all hold counts.
    """

    __slots__ = ("_downwards", "places", "rungs", "verdicts")

    def __init__(self, tiers: Iterable[Tier]) -> None:
        ordered = sorted(tiers, key=lambda tier: (tier.rank, str(tier.key)))
        for below, above in pairwise(ordered):
            if below.rank == above.rank:
                raise _error("same_rank", below=below.key, above=above.key)
        self.rungs = tuple(_rung(tier) for tier in ordered)
        self._downwards = tuple((p, rung.asks) for p, rung in enumerate(self.rungs))[::-1]
        self.verdicts: dict[tuple, tuple[Reason, ...]] = {}
        self.places: dict[Hashable, int] = {}
        for place, rung in enumerate(self.rungs):
            if self.places.setdefault(rung.key, place) != place:
                raise _error("repeated", key=rung.key)

    def highest_met(self, had: tuple[Exact, ...]) -> int:
        """Return the place of the highest tier whose thresholds all hold, or -1."""
        for place, asks in self._downwards:
            for index, least in asks:
                if had[index] < least:
                    break
            else:
                return place
        return -1

    def above(self, place: int | None) -> Rung | None:
        """Return the rung above ``place``; None at the top, and for no place at all."""
        higher = len(self.rungs) if place is None else place + 1
        return self.rungs[higher] if higher < len(self.rungs) else None


def check_tiers(tiers: Iterable[Tier]) -> None:
    """Raise ``ValueError`` unless each tier asks for more than all that rank below it.

    Refused are: what :class:`Ladder` refuses, a threshold below 0 or above 100 % paid on time, a
    tier that asks for less of any figure than one below it (members could be in the higher but not
    in the lower), and one that asks for nothing more (nobody would ever be in the lower).

    >>> check_tiers([Tier("silver", 1, 900, 6, 0, 0), Tier("gold", 2, 2500, 4, 0, 0)])
    Traceback (most recent call last):
    ValueError: 'gold' asks for less orders than 'silver', which is below it.
    """
    rungs = Ladder(tiers).rungs
    for rung in rungs:
        _check_thresholds(rung)
    for below, above in pairwise(rungs):
        for figure, low, high in zip(FIGURES, below.asked, above.asked, strict=True):
            if high < low:
                raise _error("crossing", above=above.key, below=below.key, figure=figure)
        if below.asked == above.asked:
            raise _error("same_thresholds", above=above.key, below=below.key)


def exact(number: Number | None) -> Exact:
    """Return ``number`` without the noise of binary fractions, and NOTHING for None.

    Raise ``ValueError`` if it is not finite.
    """
    if type(number) is int:
        return number
    if number is None:
        return NOTHING
    if not isfinite(number):
        raise _error("not_a_number", number=number)
    return Decimal(repr(number)) if isinstance(number, float) else number


def _rung(tier: Tier) -> Rung:
    thresholds = (tier.min_amount, tier.min_orders, tier.min_months, tier.min_paid_on_time)
    asked = tuple(exact(threshold or None) for threshold in thresholds)
    asks = tuple(ask for ask in enumerate(asked) if ask[1] != NOTHING)
    return Rung(tier.key, tier, asked, asks)


def _check_thresholds(rung: Rung) -> None:
    for figure, asked in zip(FIGURES, rung.asked, strict=True):
        if NOTHING < asked < 0:
            raise _error("negative", key=rung.key, figure=figure, asked=asked)
    if rung.asked[-1] > 100:
        raise _error("never_met", key=rung.key, asked=rung.asked[-1])


def _error(code: str, **params: Any) -> ValueError:
    return ValueError(Reason(code, ERRORS[code], **params))
