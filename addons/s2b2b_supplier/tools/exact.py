"""Numbers as they are written, without the noise of binary fractions."""

from decimal import Decimal
from fractions import Fraction

from .reason import Reason

Number = int | float | Decimal | Fraction
Exact = int | Fraction

ERRORS = {"not_a_number": "{number} is not a finite number."}
"""What is refused: English text by code; the ``ValueError`` holds it as a :class:`Reason`."""


def ratio(number: Number) -> tuple[int, int]:
    """Return ``number`` as numerator and denominator; a float is the decimal that it prints as.

    Raise ``ValueError`` if it is not a finite number.

    >>> ratio(0.95)
    (19, 20)
    """
    if type(number) is int:
        return number, 1
    if isinstance(number, float):
        if number.is_integer():
            return int(number), 1
        number = Decimal(repr(number))
    try:
        return number.as_integer_ratio()
    except (AttributeError, OverflowError, ValueError) as error:
        reason = Reason("not_a_number", ERRORS["not_a_number"], number=number)
        raise ValueError(reason) from error


def exact(number: Number) -> Exact:
    """Return ``number`` as an int if it is whole, else as a fraction; see :func:`ratio`."""
    top, bottom = ratio(number)
    return top if bottom == 1 else Fraction(top, bottom)
