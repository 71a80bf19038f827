"""Figures of an offer as people type them, checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True)
class Figure:
    """Bounds of a figure: at least ``low`` (``above``: more than it), at most ``high``."""

    low: Decimal
    high: Decimal
    above: bool = False
    whole: bool = False


FIGURES: dict[str, Figure] = {
    "price": Figure(Decimal(0), Decimal(10**9), above=True),
    "min_qty": Figure(Decimal(0), Decimal(10**9)),
    "delay": Figure(Decimal(0), Decimal(365), whole=True),
    "available_qty": Figure(Decimal(0), Decimal(10**9)),
    "daily_capacity": Figure(Decimal(0), Decimal(10**9)),
}


def parse(form: Mapping[str, str]) -> tuple[dict[str, Decimal], dict[str, str]]:
    """The figures of a form and what is wrong: ({name: value}, {name: ``number`` | ``range``}).

    What is not in the form, or empty in it, is in neither. A comma is taken as the decimal mark
    only where there is no point, so that no figure is read a thousand times too large.

    >>> parse({"price": "12.50", "delay": "2.5"})
    ({'price': Decimal('12.50')}, {'delay': 'number'})
    """
    values: dict[str, Decimal] = {}
    errors: dict[str, str] = {}
    for name, figure in FIGURES.items():
        text = str(form.get(name) or "").strip()
        if not text:
            continue
        value = _number(text)
        if value is None or (figure.whole and value != value.to_integral_value()):
            errors[name] = "number"
        elif not figure.low <= value <= figure.high or (figure.above and value == figure.low):
            errors[name] = "range"
        else:
            values[name] = value
    return values, errors


def _number(text: str) -> Decimal | None:
    if "," in text:
        if "." in text or text.count(",") > 1:
            return None
        text = text.replace(",", ".")
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
