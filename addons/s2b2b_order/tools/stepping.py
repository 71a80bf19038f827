"""Quantities as whole steps: the lots in which a product may be split over suppliers."""

import math
from collections.abc import Iterable
from fractions import Fraction

from .number import Number, exact


def common_step(step: Number, quantities: Iterable[Number], precision: int) -> Fraction:
    """Return the largest lot that fits ``step`` and each of ``quantities`` a whole number of times.

    :param step: the lot of the product; 0 or less counts as 1
    :param quantities: what is asked for, all rounded to ``precision`` decimals
    :param precision: decimals that a quantity may have
    :return: more than 0 and at most ``step``, so that whatever is asked for is whole steps

    >>> common_step(1, [2.5, 4], precision=2)
    Fraction(1, 2)
    """
    unit = 10**precision
    sizes = [round(exact(value) * unit) for value in (step, *quantities)]
    if sizes[0] <= 0:
        sizes[0] = unit
    return Fraction(math.gcd(*sizes), unit)


def steps_up(quantity: Number, step: Fraction) -> int:
    """Return the least number of steps that holds ``quantity``: what a minimum asks for.

    >>> steps_up(10, Fraction(4))
    3
    """
    return math.ceil(exact(quantity) / step)


def steps_down(quantity: Number, step: Fraction) -> int:
    """Return the number of whole steps in ``quantity``: what a stock gives, never below 0.

    >>> steps_down(10, Fraction(4))
    2
    """
    return max(0, math.floor(exact(quantity) / step))


def from_steps(steps: int, step: Fraction) -> float:
    """Return the quantity of ``steps``.

    >>> from_steps(5, Fraction(1, 2))
    2.5
    """
    return float(steps * step)
