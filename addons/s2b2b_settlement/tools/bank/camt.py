"""camt.053 statements and camt.054 notifications (ISO 20022), all versions."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from .camt_entry import Place, day, entry_lines, signed_amount
from .statement import Line, Statement
from .xml_tree import Element, child, children, name_of, text

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.05[34]\.001\.\d\d")
_KINDS = {"Stmt": "statement", "Ntfctn": "notification"}
_BOOKED = "BOOK"
_INTERIM = "ITBD"
Balance = tuple[str, Decimal, date | None]


def is_statement(namespace: str) -> bool:
    """Tell whether a namespace is that of a camt.053 or camt.054 document."""
    return bool(_NAMESPACE.fullmatch(namespace))


def statements(document: Element) -> list[Statement]:
    """Return the statements and notifications of a ``Document``, balances not yet checked.

    Only booked entries become lines. Raises :class:`BankFileError` with the place at fault.
    """
    return [
        _statement(element, _KINDS[local])
        for message in document
        for element in message
        if (local := name_of(element)[1]) in _KINDS
    ]


def _statement(element: Element, kind: str) -> Statement:
    name = text(element, "Id", "ElctrncSeqNb") or ""
    place = Place(name)
    currency = _currency(element, place)
    lines = tuple(_lines(element, place, currency))
    balances = list(_balances(element, place, currency))
    opening, closing = _opening(balances), _closing(balances)
    return Statement(
        account=_account(element, place),
        currency=currency,
        name=name,
        date=_date(element, place, closing, lines),
        opening=opening and opening[1],
        closing=closing and closing[1],
        lines=lines,
        kind=kind,
    )


def _account(element: Element, place: Place) -> str:
    number = text(element, *(f"Acct/Id/{kind}" for kind in ("IBAN", "Othr/Id", "BBAN")))
    number = number or text(element, "Acct/Id/PrtryAcct/Id")
    if not number:
        raise place.error("missing", "Acct/Id")
    return number.replace(" ", "")


def _currency(element: Element, place: Place) -> str:
    """Return the currency of the account, or of its first amount where it is not stated."""
    stated = text(element, "Acct/Ccy")
    amount = child(element, "Bal/Amt", "Ntry/Amt")
    currency = stated or (amount is not None and amount.get("Ccy")) or ""
    if not currency:
        raise place.error("missing", "Acct/Ccy")
    return currency


def _lines(element: Element, place: Place, currency: str) -> Iterator[Line]:
    for number, entry in enumerate(children(element, "Ntry"), 1):
        if (text(entry, "Sts/Cd", "Sts") or _BOOKED) == _BOOKED:
            yield from entry_lines(entry, place.at(number), currency)


def _balances(element: Element, place: Place, currency: str) -> Iterator[Balance]:
    """Yield code, amount and date of the balances in the currency of the account."""
    for balance in children(element, "Bal"):
        amount, its_currency = signed_amount(balance, place)
        if its_currency == currency:
            code = text(balance, "Tp/CdOrPrtry/Cd", "Tp/Cd") or ""
            yield code, amount, day(balance, place, "Dt/Dt", "Dt/DtTm")


def _opening(balances: list[Balance]) -> Balance | None:
    """Return the opening balance; of a later page it is the interim one at its head."""
    by_code = {balance[0]: balance for balance in reversed(balances)}
    interim = [balance for balance in balances if balance[0] == _INTERIM]
    if "OPBD" in by_code or "PRCD" in by_code:
        return by_code.get("OPBD") or by_code["PRCD"]
    return interim[0] if interim and ("CLBD" in by_code or len(interim) > 1) else None


def _closing(balances: list[Balance]) -> Balance | None:
    """Return the closing balance; of a page that is not the last it is the interim one."""
    by_code = {balance[0]: balance for balance in balances}
    interim = [balance for balance in balances if balance[0] == _INTERIM]
    if "CLBD" in by_code:
        return by_code["CLBD"]
    starts = "OPBD" in by_code or "PRCD" in by_code
    return interim[-1] if interim and (starts or len(interim) > 1) else None


def _date(element: Element, place: Place, closing: Balance | None, lines: tuple[Line, ...]) -> date:
    """Return the day of the closing balance, of the last line, or the end of the period."""
    stated = (closing and closing[2]) or max((line.date for line in lines), default=None)
    stated = stated or day(element, place, "FrToDt/ToDtTm", "FrToDt/ToDt", "CreDtTm")
    if stated is None:
        raise place.error("missing", "CreDtTm")
    return stated
