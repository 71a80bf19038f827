"""Three-way match: what a vendor bill asks for against what was ordered and received."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class BilledLine:
    """A line of a vendor bill; without an order line only ``key`` counts.

    :param billed: all that bills have of the order line, this one included
    :param received: what arrived of it, net of returns
    :param price: asked for per unit, after discount
    :param ordered_price: agreed per unit, after discount
    """

    key: Hashable
    is_ordered: bool
    billed: Decimal = Decimal(0)
    received: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    ordered_price: Decimal = Decimal(0)


@dataclass(frozen=True)
class Tolerance:
    """How much more than received, or than agreed, is still accepted, in percent."""

    quantity: Decimal = Decimal(0)
    price: Decimal = Decimal(0)


@dataclass(frozen=True)
class Finding:
    """Why a line does not match: ``code`` is ``quantity``, ``price`` or ``unordered``."""

    key: Hashable
    code: str
    asked: Decimal = Decimal(0)
    agreed: Decimal = Decimal(0)
    within: bool = False


def match_bill(
    lines: Iterable[BilledLine], tolerance: Tolerance
) -> tuple[str, tuple[Finding, ...]]:
    """Compare a bill line by line; less than agreed is never a fault.

    :return: the state and what was found. ``none``: no line has an order; ``matched``: nothing is
        more than agreed; ``tolerance``: what is more is within the tolerance; else ``mismatch``,
        also where a line that nobody ordered stands beside ordered ones.
    """
    lines = list(lines)
    if not any(line.is_ordered for line in lines):
        return "none", ()
    found = [finding for line in lines for finding in _find(line, tolerance)]
    if not found:
        return "matched", ()
    return ("tolerance" if all(f.within for f in found) else "mismatch"), tuple(found)


def _find(line: BilledLine, tolerance: Tolerance) -> list[Finding]:
    if not line.is_ordered:
        return [Finding(line.key, "unordered")]
    found = (
        _compare(line.key, "quantity", line.billed, line.received, tolerance.quantity),
        _compare(line.key, "price", line.price, line.ordered_price, tolerance.price),
    )
    return [finding for finding in found if finding]


def _compare(
    key: Hashable, code: str, asked: Decimal, agreed: Decimal, percent: Decimal
) -> Finding | None:
    if asked <= agreed:
        return None
    return Finding(key, code, asked, agreed, asked <= agreed * (1 + percent / 100))
