"""What every bank file is read into."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from .errors import BankFileError

MAX_MARK = 40
"""Longest mark of a movement in its import key; a longer one is hashed, for the index."""


@dataclass(frozen=True)
class Line:
    """A booked movement. Amounts are in units of ``currency`` as the bank wrote them.

    ``amount`` is positive for money received. ``partner_name`` and ``account_number`` are the
    other side's. ``reference`` is the first and ``references`` all of what the payer quotes in
    structured fields: creditor reference, end-to-end id, document numbers, payment run.
    ``charges`` is what the bank says it kept of the amount. ``foreign_amount`` is what was ordered
    in ``foreign_currency``, when that is not the account's. ``import_key`` is the same whenever the
    same movement is read again, from whichever file.
    """

    date: date
    amount: Decimal
    currency: str
    partner_name: str | None
    account_number: str | None
    reference: str | None
    text: str
    import_key: str = ""
    references: tuple[str, ...] = ()
    bank_id: str | None = None
    value_date: date | None = None
    charges: Decimal = Decimal(0)
    foreign_amount: Decimal | None = None
    foreign_currency: str | None = None
    entry: int = 0
    """Which entry of the statement it comes from, counted from 1."""


@dataclass(frozen=True)
class Statement:
    """The movements of one account between two balances; a notification has no balances."""

    account: str
    currency: str
    name: str
    date: date
    opening: Decimal | None
    closing: Decimal | None
    lines: tuple[Line, ...]
    kind: str = "statement"
    """``statement`` or ``notification``."""


def check_balance(statement: Statement) -> None:
    """Raise :class:`BankFileError` when opening balance and lines do not make the closing one."""
    if statement.opening is None or statement.closing is None:
        return
    total = sum((line.amount for line in statement.lines), Decimal(0))
    if statement.opening + total != statement.closing:
        raise BankFileError(
            "unbalanced",
            statement=statement.name,
            opening=statement.opening,
            total=total,
            sum=statement.opening + total,
            closing=statement.closing,
        )


def with_import_keys(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements with the import key of every line.

    The key is made of the account, the bank's id of the movement (banks use ids again after a
    year), date, amount and a running number among those that are the same. Without an id what
    the payer wrote stands for it. The statement's own id is left out: the same movement may come
    in a daily and in a monthly file.
    """
    seen: Counter[str] = Counter()
    keyed = []
    for statement in statements:
        lines = []
        for line in statement.lines:
            key = _key(statement.account, line)
            seen[key] += 1
            lines.append(replace(line, import_key=f"{key}|{seen[key]}"))
        keyed.append(replace(statement, lines=tuple(lines)))
    return keyed


def _key(account: str, line: Line) -> str:
    wrote = [*line.references, line.account_number, line.partner_name, line.text]
    mark = line.bank_id or " ".join(filter(None, wrote))
    if len(mark) > MAX_MARK:
        mark = sha256(mark.encode()).hexdigest()[:MAX_MARK]
    amount = format(line.amount.normalize(), "f")
    return "|".join([account, line.date.isoformat(), amount, line.currency, mark])
