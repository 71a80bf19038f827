"""Exact numbers: amounts and factors of any kind as fractions, and back."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

Number = int | Decimal | Fraction | float

_PRECISION = 60
"""Digits of a decimal amount: more than the sum of any order has."""


def is_finite(value: object) -> bool:
    """Tell whether ``value`` is a number that can be computed with exactly; a bool is not."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, Fraction, float)):
        return False
    return value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)


def exact(value: Number | None) -> Fraction:
    """Return ``value`` as a fraction, None as 0.

    A float means the decimal it is shown as: 0.1 is one tenth.
    """
    if value is None:
        return Fraction(0)
    return Fraction(float.__repr__(value)) if isinstance(value, float) else Fraction(value)


def plain_number(value: Fraction, kind: type) -> Number:
    """Return ``value`` as an int where it is whole, else as a number of ``kind``.

    A decimal or a float that would have to be rounded stays a fraction.
    """
    if value.denominator == 1:
        return value.numerator
    if kind is Fraction:
        return value
    if kind is float:
        rounded = float(value)
        return rounded if exact(rounded) == value else value
    with localcontext(prec=_PRECISION):
        rounded = Decimal(value.numerator) / Decimal(value.denominator)
    return rounded if Fraction(rounded) == value else value


def widest_kind(values: list[Number | None]) -> type:
    """Return the type that results of computing with ``values`` are given in."""
    kinds = {kind for kind in (Decimal, float) for value in values if isinstance(value, kind)}
    return next((kind for kind in (Decimal, float) if kind in kinds), Fraction)
