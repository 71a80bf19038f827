"""What goes into the matching of bank lines and open items, and what comes out of it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from .reason import Reason

Key = Hashable


@dataclass(frozen=True)
class Entry:
    """A payment as the bank states it.

    ``amount`` is signed, received is positive, in the smallest unit of ``currency``. ``charges``
    is what the bank says it kept of it; it is added before anything is compared. ``account`` is
    the bank account of the other side, ``name`` its name as the bank writes it, ``reference`` the
    structured fields (creditor reference, end-to-end id), ``text`` the free words. ``None``
    wherever the bank does not tell.
    """

    key: Key
    amount: int
    currency: Hashable
    date: date | None
    partner: Key | None
    account: str | None
    name: str | None
    reference: str | None
    text: str | None
    charges: int = 0

    @property
    def value(self) -> int:
        """The amount before the bank kept its charges."""
        return self.amount + self.charges


@dataclass(frozen=True)
class Candidate:
    """An open item: an invoice, bill, credit note or outstanding payment.

    ``amount`` is what is still open, with the sign of the money that pays it. ``reference`` and
    ``references`` are what a payer may quote (number, payment reference, advice, payment run);
    ``name`` is the partner's, or the document's where it is a single word with a number.
    """

    key: Key
    amount: int
    currency: Hashable
    date: date | None
    partner: Key | None
    account: str | None
    name: str | None
    reference: str | None
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """How far a payment may be from what it pays.

    The amount fits when it differs by no more than the larger of ``tolerance`` (smallest units)
    and ``tolerance_percent`` of the items' total. ``window_days`` is the most that lies between
    the dates of payment and item, either way. Matches below ``threshold`` are for people to
    decide. ``Rules()`` is exact. Raises ``ValueError`` for limits that make no sense.
    """

    tolerance: int = 0
    tolerance_percent: int | float | Decimal | Fraction = 0
    window_days: int | None = None
    threshold: float = 0.8

    def __post_init__(self) -> None:
        """Refuse limits that make no sense."""
        if self.tolerance < 0 or not 0 <= self.tolerance_percent < 100:
            raise ValueError("a tolerance is not negative and below 100 %")
        if self.window_days is not None and self.window_days < 0:
            raise ValueError("window_days is not negative")

    @cached_property
    def _percent(self) -> tuple[int, int]:
        share = Fraction(str(self.tolerance_percent)) / 100
        return share.numerator, share.denominator

    def allowed(self, owed: int) -> int:
        """Return how far a payment of items that total ``owed`` may be off."""
        numerator, denominator = self._percent
        return max(self.tolerance, abs(owed) * numerator // denominator)

    def totals(self, paid: int) -> tuple[int, int]:
        """Return the lowest and highest total of items that a payment of ``paid`` fits.

        Money that comes in never pays what is to go out, so both have the sign of ``paid``.
        """
        if paid < 0:
            low, high = self.totals(-paid)
            return -high, -low
        part, whole = self._percent
        low = min(paid - self.tolerance, -(-paid * whole // (whole + part)))
        high = max(paid + self.tolerance, paid * whole // (whole - part))
        return max(low, 1), high

    def payments(self, owed: int) -> tuple[int, int]:
        """Return the lowest and highest payment that fits items that total ``owed``."""
        allowed = self.allowed(owed)
        if owed < 0:
            return owed - allowed, min(owed + allowed, -1)
        return max(owed - allowed, 1), owed + allowed

    def fits(self, paid: int, owed: int) -> bool:
        """Tell whether a payment of ``paid`` settles items that total ``owed``."""
        return paid * owed > 0 and abs(paid - owed) <= self.allowed(owed)


@dataclass(frozen=True)
class Match:
    """Entries and the candidates they pay, by their keys, and why.

    ``rule`` is ``reference``, ``amount``, ``sum`` or ``near``. ``difference`` is what was paid
    (charges added) less what the items total: positive is paid too much. ``alternatives`` are
    some of the other candidates that it could be when it is not ``unique``.
    """

    entries: tuple[Key, ...]
    candidates: tuple[Key, ...]
    rule: str
    confidence: float
    unique: bool
    reasons: tuple[Reason, ...]
    difference: int = 0
    alternatives: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Leftover:
    """An entry or candidate (its ``side``) that is in no match, and why."""

    key: Key
    side: str
    reason: Reason


@dataclass(frozen=True)
class Result:
    """Matches, which never overlap, and every key that is in none of them."""

    matches: tuple[Match, ...]
    leftovers: tuple[Leftover, ...]
