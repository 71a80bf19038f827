"""Points of members: what a booking takes from which lot, and what is left of each.

An account holds *lots* of points that expire one by one. What is spent takes the lot that expires
first; what comes back goes to the lots it was taken from. Points that are taken back after they
were spent leave a *debt*, a lot of less than 0, which the next points pay first. So the sum of what
remains is always the sum of all bookings. Quantities are whole points.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

__all__ = [
    "Booked",
    "Booking",
    "Lot",
    "Plan",
    "Shortage",
    "apportion",
    "book",
    "earned",
    "expirations",
    "spent",
]


@dataclass(frozen=True, slots=True)
class Lot:
    """Points of one account that remain of an earlier booking; less than 0 is a debt.

    They are good until the end of ``expires``; None: for ever.
    """

    key: str
    account: Hashable
    remaining: int
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """Points that come (``quantity`` > 0) or go.

    What comes pays debts first, is then given back, as far as ``returned`` (``{lot key: points}``)
    reaches, to the lots it was once taken from, and is a lot of its own for the rest, which
    ``expires``. What goes
    is taken ``first`` from the lots of these keys, then from those that expire first. What is
    ``covered`` may not take more than there is.
    """

    key: str
    account: Hashable
    quantity: int
    expires: date | None = None
    first: tuple[str, ...] = ()
    returned: Mapping[str, int] = field(default_factory=dict)
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Booked:
    """What a booking moved on other lots (``{key: points}``, minus is taken), and its own rest."""

    key: str
    remaining: int
    moved: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """The bookings done, in order, and what then remains of the lots that were there before."""

    booked: tuple[Booked, ...]
    remaining: Mapping[str, int]


class Shortage(ValueError):
    """A booking that is to be covered asks for ``missing`` points more than ``account`` has."""

    def __init__(self, account: Hashable, missing: int) -> None:
        """Keep whose points are short, and by how many."""
        super().__init__(f"{account} lacks {missing} points")
        self.account, self.missing = account, missing


def earned(amount: int, rate: Decimal) -> Decimal:
    """Return the points for ``amount`` (smallest unit) at ``rate`` points a unit of it, unrounded.

    An amount of less than 0 earns nothing.

    >>> earned(99_99, Decimal("0.015"))
    Decimal('149.985')
    """
    return max(amount * rate, Decimal(0))


def apportion(
    exact: Mapping[Hashable, Decimal], booked: Mapping[Hashable, int]
) -> dict[Hashable, int]:
    """Return the whole points of each of ``exact``, the parts of one purchase.

    Together they are the whole points of the sum: what is invoiced in parts earns what it would
    have earned at once. Each part gets its own points rounded down or up. What is ``booked`` stays
    as far as that holds; so the part that comes last gets the rest.

    >>> apportion({"a": Decimal("1.5"), "b": Decimal("1.5")}, {"a": 1})
    {'a': 1, 'b': 2}
    """
    points = {}
    for key, value in exact.items():
        low, high = _round(value, ROUND_FLOOR), _round(value, ROUND_CEILING)
        points[key] = min(max(booked.get(key, low), low), high)
    rest = _round(sum(exact.values(), Decimal(0)), ROUND_FLOOR) - sum(points.values())
    step, way = (1, ROUND_CEILING) if rest > 0 else (-1, ROUND_FLOOR)
    latest = list(exact)[::-1]
    # The new parts first, then the latest.
    for key in sorted(latest, key=lambda key: key in booked):
        if rest and points[key] != _round(exact[key], way):
            points[key] += step
            rest -= step
    return points


def _round(value: Decimal, way: str) -> int:
    return int(value.to_integral_value(way))


def spent(rewards: Iterable[tuple[Decimal, Decimal, Decimal]]) -> int:
    """Return the whole points that the rewards of an order cost.

    :param rewards: of each its cost in points, what it is worth, and what was credited of it

    >>> spent([(Decimal(100), Decimal(50), Decimal(20))])
    60
    """
    cost = Decimal(0)
    for points, worth, credited in rewards:
        kept = 1 - min(max(credited / worth, Decimal(0)), Decimal(1)) if worth > 0 else Decimal(1)
        cost += points * kept
    return _round(round(cost, 6), ROUND_CEILING)


def expirations(lots: Iterable[Lot], today: date) -> dict[str, int]:
    """Return ``{lot key: points}`` of what is left of lots whose last day was before ``today``.

    >>> expirations([Lot("a", 1, 5, date(2026, 1, 31))], date(2026, 1, 31))
    {}
    >>> expirations([Lot("a", 1, 5, date(2026, 1, 31))], date(2026, 2, 1))
    {'a': 5}
    """
    return {
        lot.key: lot.remaining
        for lot in lots
        if lot.remaining > 0 and lot.expires is not None and lot.expires < today
    }


def book(lots: Iterable[Lot], bookings: Iterable[Booking]) -> Plan:
    """Book one after the other on the ``lots`` of their accounts; keys are unique among both.

    Raise :class:`Shortage` if a booking that is to be covered is not; nothing is booked then.

    >>> plan = book([Lot("a", 1, 30)], [Booking("b", 1, -20)])
    >>> plan.remaining, plan.booked
    ({'a': 10}, (Booked(key='b', remaining=0, moved={'a': -20}),))
    """
    before = {lot.key: lot for lot in lots}
    accounts: dict[Hashable, dict[str, Lot]] = defaultdict(dict)
    for lot in before.values():
        accounts[lot.account][lot.key] = lot
    booked = tuple(_book(accounts[booking.account], booking) for booking in bookings)
    after = {key: lot.remaining for account in accounts.values() for key, lot in account.items()}
    return Plan(booked, {key: after[key] for key in before})


def _book(account: dict[str, Lot], booking: Booking) -> Booked:
    moved: dict[str, int] = {}
    rest = booking.quantity
    if rest >= 0:
        rest -= _pay_debts(account, rest, moved)
        rest -= _return(account, booking, rest, moved)
    else:
        rest += _take(account, booking, moved)
    if rest < 0 and booking.covered:
        raise Shortage(booking.account, -rest)
    account[booking.key] = Lot(booking.key, booking.account, rest, booking.expires)
    return Booked(booking.key, rest, moved)


def _return(account: dict[str, Lot], booking: Booking, most: int, moved: dict[str, int]) -> int:
    """Give back to the lots, those that expire last first; return how many points that were."""
    given = 0
    lots = [lot for lot in account.values() if lot.key in booking.returned]
    for lot in reversed(_in_order(lots, ())):
        back = min(booking.returned[lot.key], most - given)
        if back > 0:
            _move(account, lot.key, back, moved)
            given += back
    return given


def _pay_debts(account: dict[str, Lot], quantity: int, moved: dict[str, int]) -> int:
    paid = 0
    for key in [key for key, lot in account.items() if lot.remaining < 0]:
        part = min(quantity - paid, -account[key].remaining)
        if part > 0:
            _move(account, key, part, moved)
            paid += part
    return paid


def _take(account: dict[str, Lot], booking: Booking, moved: dict[str, int]) -> int:
    """Take from the lots in their order; return how many points were found."""
    taken = 0
    for lot in _in_order(account.values(), booking.first):
        part = min(-booking.quantity - taken, lot.remaining)
        if part > 0:
            _move(account, lot.key, -part, moved)
            taken += part
    return taken


def _in_order(lots: Iterable[Lot], first: tuple[str, ...]) -> list[Lot]:
    """Return the lots as they are taken from: named ones, then by expiry, then the oldest."""
    return sorted(lots, key=lambda lot: (lot.key not in first, lot.expires or date.max))


def _move(account: dict[str, Lot], key: str, quantity: int, moved: dict[str, int]) -> None:
    lot = account[key]
    account[key] = Lot(key, lot.account, lot.remaining + quantity, lot.expires)
    moved[key] = moved.get(key, 0) + quantity
