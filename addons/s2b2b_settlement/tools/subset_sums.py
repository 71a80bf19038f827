"""Which totals a handful of amounts can add up to, and in how many ways: none, one or more.

Exact and bounded. Few amounts are split into two halves whose sums are enumerated and met in the
middle; many amounts of a moderate range are counted for all totals at once in long integers, one
bit a total: a first row for totals that are reached, a second for those reached in two ways. What
is beyond both bounds is not searched.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import gcd
from typing import Protocol

MAX_AMOUNTS = 22
"""Most amounts that are met in the middle."""

MAX_BITS = 1 << 27
"""Most bits (amounts times range of totals) that are counted."""

_BITS_PER_SUM = 1 << 13


class SubsetSums(Protocol):
    """The totals of all sets of some amounts, each amount used once at most."""

    def ways(self, low: int, high: int) -> int:
        """Return in how many ways a total from ``low`` to ``high`` is reached, 2 for more."""

    def nearest(self, low: int, high: int, aim: int) -> int | None:
        """Return the total from ``low`` to ``high`` that is nearest to ``aim``, the lower first."""

    def pick(self, total: int) -> tuple[int, ...]:
        """Return the positions of a set that adds up to ``total``, which is reached."""


def subset_sums(amounts: Sequence[int], low: int, high: int) -> SubsetSums | None:
    """Return the totals of ``amounts`` that lie from ``low`` to ``high``, or ``None``: too many.

    ``low`` and ``high`` bound what may be asked of the answer. The order of ``amounts`` has no
    influence on what is counted, only on which of several sets ``pick`` returns.
    """
    kept = _relevant(amounts, low, high)
    values = [amounts[position] for position in kept]
    unit = gcd(*values) or 1
    values = [value // unit for value in values]
    low, high = -(-low // unit), high // unit
    bits = len(values) * _width(values, low, high)
    halves = len(values) <= MAX_AMOUNTS
    if bits <= MAX_BITS and not (halves and bits > _BITS_PER_SUM << len(values) // 2):
        return _Scaled(_Rows(values, low, high), kept, unit)
    return _Scaled(_Halves(values), kept, unit) if halves else None


def _relevant(amounts: Sequence[int], low: int, high: int) -> list[int]:
    """Return the positions of the amounts that can be part of a total within the bounds."""
    negative = sum(amount for amount in amounts if amount < 0)
    positive = sum(amount for amount in amounts if amount > 0)
    return [
        position
        for position, amount in enumerate(amounts)
        if (0 < amount <= high - negative) or (0 > amount >= low - positive)
    ]


def _peak(values: Sequence[int], high: int) -> int:
    """Return the highest sum on the way to ``high`` when credits come last."""
    negative = sum(value for value in values if value < 0)
    return min(sum(value for value in values if value > 0), max(high, 0) - negative)


def _base(values: Sequence[int], low: int) -> int:
    """Return the lowest total that matters, or zero."""
    return max(min(low, 0), sum(value for value in values if value < 0))


def _width(values: Sequence[int], low: int, high: int) -> int:
    return _peak(values, high) - _base(values, low) + 1


class _Scaled:
    """Sums in units of the amounts' greatest common divisor, over the amounts that matter."""

    def __init__(self, sums: "_Rows | _Halves", kept: list[int], unit: int) -> None:
        self._sums, self._kept, self._unit = sums, kept, unit

    def ways(self, low: int, high: int) -> int:
        return self._sums.ways(-(-low // self._unit), high // self._unit)

    def nearest(self, low: int, high: int, aim: int) -> int | None:
        found = self._sums.within(-(-low // self._unit), high // self._unit, aim // self._unit)
        if not found:
            return None
        return min(found, key=lambda total: (abs(total * self._unit - aim), total)) * self._unit

    def pick(self, total: int) -> tuple[int, ...]:
        positions = self._sums.pick(total // self._unit)
        return tuple(sorted(self._kept[position] for position in positions))


class _Half:
    """Every sum of some amounts, with its ways and the positions of one of them as bits."""

    def __init__(self, values: Sequence[int]) -> None:
        sums: dict[int, tuple[int, int]] = {0: (1, 0)}
        for position, value in enumerate(values):
            grown = dict(sums)
            for total, (ways, members) in sums.items():
                known = grown.get(total + value)
                if known:
                    grown[total + value] = min(2, known[0] + ways), known[1]
                else:
                    grown[total + value] = ways, members | 1 << position
            sums = grown
        self.sums, self.totals = sums, sorted(sums)

    def ways(self, low: int, high: int) -> int:
        start = bisect_left(self.totals, low)
        reached = [total for total in self.totals[start : start + 2] if total <= high]
        return sum(self.sums[total][0] for total in reached)


class _Halves:
    """Two halves of the amounts: a total is a sum of the one and a sum of the other."""

    def __init__(self, values: Sequence[int]) -> None:
        self._middle = len(values) // 2
        self._left, self._right = _Half(values[: self._middle]), _Half(values[self._middle :])

    def ways(self, low: int, high: int) -> int:
        right = self._right.sums
        found = 0
        for total, (ways, _members) in self._left.sums.items():
            if low != high:
                found += ways * self._right.ways(low - total, high - total)
            elif low - total in right:
                found += ways * right[low - total][0]
            if found >= 2:
                return 2
        return found

    def within(self, low: int, high: int, aim: int) -> list[int]:
        """Return the totals nearest to ``aim`` on either side."""
        below, above = [], []
        for total in self._left.totals:
            place = bisect_right(self._right.totals, aim - total)
            below += [total + near for near in self._right.totals[max(place - 1, 0) : place]]
            above += [total + near for near in self._right.totals[place : place + 1]]
        nearest = [max(below, default=low - 1), min(above, default=high + 1)]
        return [total for total in nearest if low <= total <= high]

    def pick(self, total: int) -> list[int]:
        left = next(part for part in self._left.totals if total - part in self._right.sums)
        members = self._left.sums[left][1]
        members |= self._right.sums[total - left][1] << self._middle
        return [position for position in range(members.bit_length()) if members >> position & 1]


class _Rows:
    """One bit a total, from the lowest that matters on."""

    def __init__(self, values: Sequence[int], low: int, high: int) -> None:
        self._values = values
        self._base = _base(values, low)
        # Credits come last: from then on sums only fall, and what falls too low shifts out.
        self._order = sorted(range(len(values)), key=lambda position: values[position] < 0)
        self._rows: list[int] = []
        mask = (1 << _width(values, low, high)) - 1
        once, twice = 1 << -self._base, 0
        for position in self._order:
            self._rows.append(once)
            shifted = _shift(once, values[position]) & mask
            twice |= (_shift(twice, values[position]) & mask) | (once & shifted)
            once |= shifted
        self._once, self._twice = _row(once), _row(twice)

    def ways(self, low: int, high: int) -> int:
        if self._slice(self._twice, low, high):
            return 2
        return min(2, self._slice(self._once, low, high).bit_count())

    def within(self, low: int, high: int, aim: int) -> list[int]:
        """Return the totals nearest to ``aim`` on either side."""
        low = max(low, self._base)
        below = self._slice(self._once, low, min(aim, high))
        above = self._slice(self._once, max(aim + 1, low), high)
        found = [low + below.bit_length() - 1] if below else []
        return found + ([max(aim, low - 1) + (above & -above).bit_length()] if above else [])

    def _slice(self, row: bytes, low: int, high: int) -> int:
        start, stop = max(low - self._base, 0), high - self._base
        if stop < start:
            return 0
        piece = int.from_bytes(row[start >> 3 : (stop >> 3) + 1], "little")
        return piece >> (start & 7) & ((1 << (stop - start + 1)) - 1)

    def pick(self, total: int) -> list[int]:
        picked, place = [], total - self._base
        for position, row in zip(reversed(self._order), reversed(self._rows), strict=True):
            if not row >> place & 1:
                picked.append(position)
                place -= self._values[position]
        return picked


def _shift(row: int, amount: int) -> int:
    return row << amount if amount >= 0 else row >> -amount


def _row(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
