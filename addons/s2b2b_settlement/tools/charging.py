"""What of a frozen commission is charged as goods arrive, and taken back as they return.

The commission of an order line is due in proportion to what of it has been delivered, net of
returns. Each movement is charged the difference to what has been charged before, so that roundings
never add up: whatever the steps, the charges come to the share of the whole.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Movement:
    """Goods of an order line that arrived (positive) or went back (negative) on a day."""

    key: Hashable
    line: Hashable
    quantity: Decimal
    day: date


@dataclass(frozen=True)
class Fee:
    """The frozen commission of an order line, adjustments included.

    :param amount: smallest units of the currency, for ``quantity`` delivered
    :param quantity: what was accepted, in the unit of the movements
    :param adjustment: the newest adjustment that no statement has yet; None: none
    """

    line: Hashable
    amount: int
    quantity: Decimal
    adjustment: Hashable | None = None


@dataclass(frozen=True)
class Charged:
    """What statements already have of an order line: net quantity and commission."""

    quantity: Decimal = Decimal(0)
    amount: int = 0


@dataclass(frozen=True)
class Charge:
    """Commission to be charged (positive) or given back, for a movement or an adjustment.

    :param delivered: net quantity of the line up to and with this charge, what it was computed from
    """

    line: Hashable
    amount: int
    delivered: Decimal
    movement: Hashable | None = None
    adjustment: Hashable | None = None


def share_due(amount: int, accepted: Decimal, delivered: Decimal) -> int:
    """Return the part of ``amount`` that is due once ``delivered`` of ``accepted`` has arrived.

    Half a unit is rounded away from zero. More than was accepted is due in proportion as well.

    >>> share_due(1000, Decimal(3), Decimal(2)), share_due(5, Decimal(2), Decimal(1))
    (667, 3)
    """
    if not accepted:
        return 0
    exact = Fraction(amount) * Fraction(delivered) / Fraction(accepted)
    whole = int(abs(exact) + Fraction(1, 2))
    return whole if exact >= 0 else -whole


def charge(
    movements: Iterable[Movement],
    fees: Iterable[Fee],
    charged: Mapping[Hashable, Charged],
) -> list[Charge]:
    """Return what is to be charged for ``movements`` and for adjustments made since.

    :param charged: per order line what live statements have; a line that is not there has nothing
    :return: charges that are not zero, adjustments before movements, by line and then by day; the
        amounts of a line add up to what is due for all that is delivered, less what was charged
    """
    by_line: dict[Hashable, list[Movement]] = {}
    for movement in movements:
        by_line.setdefault(movement.line, []).append(movement)
    charges: list[Charge] = []
    for fee in fees:
        steps = sorted(by_line.get(fee.line, ()), key=lambda m: (m.day, -m.quantity, str(m.key)))
        charges += _charge_line(fee, steps, charged.get(fee.line, Charged()))
    return charges


def _charge_line(fee: Fee, steps: list[Movement], before: Charged) -> list[Charge]:
    delivered, total = before.quantity, before.amount
    charges = []
    if fee.adjustment is not None:
        due = share_due(fee.amount, fee.quantity, delivered)
        charges.append(Charge(fee.line, due - total, delivered, adjustment=fee.adjustment))
        total = due
    for step in steps:
        delivered += step.quantity
        due = share_due(fee.amount, fee.quantity, delivered)
        charges.append(Charge(fee.line, due - total, delivered, movement=step.key))
        total = due
    return [item for item in charges if item.amount]


def uncovered(movements: Iterable[Movement], covered: Mapping[Hashable, Decimal]) -> list[Movement]:
    """Return ``movements`` without what was billed outside of statements.

    :param covered: per order line the quantity that other bills have; the earliest deliveries
        count as billed first
    :return: movements in the order of their days, those left with nothing dropped
    """
    left = dict(covered)
    rest = []
    for movement in sorted(movements, key=lambda m: (m.day, -m.quantity, str(m.key))):
        taken = min(max(movement.quantity, Decimal(0)), max(left.get(movement.line, Decimal(0)), 0))
        if taken:
            left[movement.line] -= taken
        if movement.quantity != taken or not movement.quantity:
            rest.append(
                Movement(movement.key, movement.line, movement.quantity - taken, movement.day)
            )
    return [movement for movement in rest if movement.quantity]
