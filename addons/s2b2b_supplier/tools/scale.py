"""The straight line from 0 points at a floor to 100 at a target, in whole numbers."""

from math import lcm
from typing import NamedTuple

from .exact import Exact

POINT = 10**10
"""Units in a point: results are rounded half up to one of them."""


class Scale(NamedTuple):
    """``points = (slope·value + offset) / span``, kept between 0 and 100.

    ``span`` is 0 where floor and target are one: then reaching the target is 100, missing it 0.
    """

    slope: int
    offset: int
    span: int

    @classmethod
    def between(cls, floor: Exact, target: Exact, *, upwards: bool) -> "Scale | None":
        """Return the line through (floor, 0) and (target, 100); None if it leads the wrong way."""
        unit = lcm(floor.denominator, target.denominator) * (1 if upwards else -1)
        span = int(unit * (target - floor))
        return None if span < 0 else cls(100 * unit, int(-100 * unit * floor), span)

    def units(self, top: Exact, bottom: Exact) -> int:
        """Return where the value ``top / bottom`` lies, in units; ``bottom`` is above 0."""
        top, bottom = self.slope * top + self.offset * bottom, self.span * bottom
        if top >= 100 * bottom:
            return 100 * POINT
        return divide(top * POINT, bottom) if top > 0 else 0


def divide(top: Exact, bottom: Exact) -> int:
    """Divide, rounding half up."""
    return (2 * top + bottom) // (2 * bottom)
