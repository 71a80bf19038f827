"""Quantities as people type them, in the writing of their language."""

import re
import unicodedata
from decimal import Decimal
from typing import Literal

__all__ = ["MOST", "QuantityError", "Trouble", "read_number", "read_quantity"]

Trouble = Literal["missing", "number", "positive", "large"]
MOST = Decimal(10**9)
"""More than anybody means; beyond it a quantity is a typing error, often a barcode."""


class QuantityError(ValueError):
    """A text that is no quantity; ``trouble`` says why.

    ``missing`` there is nothing, ``number`` it is no number, ``positive`` it is not more than 0,
    ``large`` it is more than ``MOST``.
    """

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble


def read_quantity(text: object, *, point: str = ".", thousands: str = ",") -> Decimal:
    """Return the quantity that ``text`` means.

    :param text: what was typed, or a number; full-width digits and any spaces are fine
    :param point: the decimal separator of the language
    :param thousands: the thousands separator of the language; it counts as one only before
        groups of three digits, else it is taken as a decimal point
    :raise QuantityError: where it cannot be ordered

    >>> read_quantity("1,200")
    Decimal('1200')
    >>> read_quantity("1,5")
    Decimal('1.5')
    >>> read_quantity("1.200,5", point=",", thousands=".")
    Decimal('1200.5')
    """
    number = read_number(text, point=point, thousands=thousands)
    if number <= 0:
        raise QuantityError("positive")
    if number > MOST:
        raise QuantityError("large")
    return number


def read_number(text: object, *, point: str = ".", thousands: str = ",") -> Decimal:
    """Return the number that ``text`` means, whatever its size; parameters as above.

    :raise QuantityError: ``missing`` or ``number``

    >>> read_number("-1,5")
    Decimal('-1.5')
    """
    plain = "".join(unicodedata.normalize("NFKC", _as_text(text)).split())
    if not plain:
        raise QuantityError("missing")
    return _parse(plain, point, thousands.strip())


def _as_text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)


def _parse(plain: str, point: str, thousands: str) -> Decimal:
    sign, digits = re.fullmatch(r"([+-]?)(.*)", plain, re.DOTALL).groups()
    if thousands:
        group = re.escape(thousands)
        if re.fullmatch(rf"[0-9]{{1,3}}({group}[0-9]{{3}})+({re.escape(point)}[0-9]*)?", digits):
            digits = digits.replace(thousands, "")
    digits = digits.replace(point, ".")
    if digits.count(".") == 0 and digits.count(",") == 1:
        digits = digits.replace(",", ".")
    if not re.fullmatch(r"[0-9]+\.?[0-9]*|\.[0-9]+", digits):
        raise QuantityError("number")
    return Decimal(sign + digits)
