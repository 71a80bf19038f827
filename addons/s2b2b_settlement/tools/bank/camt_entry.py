"""One entry (``Ntry``) of a camt file, read into one line, or one for each of its transactions."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from .errors import BankFileError
from .statement import Line
from .xml_tree import Element, child, children, text, texts

_AMOUNT = re.compile(r"\d{1,18}(\.\d{0,5})?")
_ABSENT = {"NOTPROVIDED", "NOTPROVIDED."}
_REFERENCES = (
    "RmtInf/Strd/CdtrRefInf/Ref",
    "RmtInf/Strd/CdtrRefInf/CdtrRef",
    "Refs/EndToEndId",
    "RmtInf/Strd/RfrdDocInf/Nb",
    "RmtInf/Strd/RfrdDocInf/RfrdDocNb",
    "Refs/PmtInfId",
    "Refs/InstrId",
)
_TEXTS = ("RmtInf/Ustrd", "RmtInf/Strd/AddtlRmtInf", "AddtlTxInf")


@dataclass(frozen=True)
class Place:
    """Where in the file we are."""

    statement: str
    entry: int | None = None

    def at(self, entry: int) -> "Place":
        """Return the place of an entry, counted from 1."""
        return replace(self, entry=entry)

    def error(self, code: str, tag: str, **params: Any) -> BankFileError:
        """Return the error for what is wrong with ``tag`` here."""
        return BankFileError(code, statement=self.statement, entry=self.entry, tag=tag, **params)


def day(element: Element, place: Place, *paths: str) -> date | None:
    """Return the day of the first date or time on ``paths``, as the bank's own clock has it."""
    value = text(element, *paths)
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError as error:
        raise place.error("bad_date", paths[0], value=value) from error


def _amount(element: Element, place: Place) -> tuple[Decimal, str]:
    """Return what an ``Amt`` element says, and its currency."""
    value = (element.text or "").strip()
    if not _AMOUNT.fullmatch(value):
        raise place.error("bad_amount", "Amt", value=value)
    return Decimal(value), element.get("Ccy") or ""


def _is_credit(element: Element, place: Place) -> bool:
    value = text(element, "CdtDbtInd")
    if value is None:
        raise place.error("missing", "CdtDbtInd")
    if value not in ("CRDT", "DBIT"):
        raise place.error("bad_sign", "CdtDbtInd", value=value)
    return value == "CRDT"


def signed_amount(element: Element, place: Place) -> tuple[Decimal, str]:
    """Return the amount of an entry or a balance, received is positive, and its currency."""
    found = child(element, "Amt")
    if found is None:
        raise place.error("missing", "Amt")
    amount, currency = _amount(found, place)
    return (amount if _is_credit(element, place) else -amount), currency


def entry_lines(entry: Element, place: Place, currency: str) -> list[Line]:
    """Return the lines of an entry, whose amounts sum to the entry's.

    A batch becomes a line for each of its transactions where these have amounts in the currency
    of the account that make up the whole; else it stays one line that quotes all references.
    """
    amount, its_currency = signed_amount(entry, place)
    if its_currency != currency:
        raise place.error("other_currency", "Amt", currency=its_currency, expected=currency)
    details = children(entry, "NtryDtls/TxDtls") or children(entry, "TxDtls")
    parts = [_detail_amount(detail, entry, place, currency) for detail in details]
    if len(details) > 1 and None not in parts and sum(filter(None, parts)) == amount:
        return [
            replace(
                _line(entry, [detail], part, place, currency),
                charges=_charges([detail], place, currency),
            )
            for detail, part in zip(details, parts, strict=True)
            if part is not None
        ]
    charges = _charges([*details, entry] if len(details) == 1 else [entry], place, currency)
    return [replace(_line(entry, details, amount, place, currency), charges=charges)]


def _detail_amount(detail: Element, entry: Element, place: Place, currency: str) -> Decimal | None:
    """Return the signed amount of a transaction in the currency of the account, if it has one."""
    stated = child(detail, "CdtDbtInd")
    credit = _is_credit(detail if stated is not None else entry, place)
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        found = child(detail, path)
        if found is not None:
            amount, its_currency = _amount(found, place)
            if amount and its_currency == currency:
                return amount if credit else -amount
    return None


def _line(
    entry: Element, details: list[Element], amount: Decimal, place: Place, currency: str
) -> Line:
    booked = day(entry, place, "BookgDt/Dt", "BookgDt/DtTm")
    value_date = day(entry, place, "ValDt/Dt", "ValDt/DtTm")
    if booked is None and value_date is None:
        raise place.error("missing", "BookgDt")
    partner, account = _other_side(entry, details, amount)
    references = _all(details, _REFERENCES)
    foreign, foreign_currency = _foreign(details, amount, place, currency)
    return Line(
        date=booked or value_date,
        amount=amount,
        currency=currency,
        partner_name=partner,
        account_number=account,
        reference=next(iter(references), None),
        text=_text(entry, details),
        references=references,
        bank_id=_bank_id(entry, details),
        value_date=value_date,
        foreign_amount=foreign,
        foreign_currency=foreign_currency,
        entry=place.entry or 0,
    )


def _all(details: list[Element], paths: tuple[str, ...]) -> tuple[str, ...]:
    found = (value for path in paths for detail in details for value in texts(detail, path))
    return tuple(dict.fromkeys(value for value in found if value.upper() not in _ABSENT))


def _text(entry: Element, details: list[Element]) -> str:
    words = _all(details, _TEXTS) or tuple(texts(entry, "AddtlNtryInf"))
    return " ".join(words)


def _bank_id(entry: Element, details: list[Element]) -> str | None:
    own = details[0] if len(details) == 1 else None
    found = text(own, "Refs/AcctSvcrRef", "Refs/TxId") if own is not None else None
    return found or text(entry, "AcctSvcrRef", "NtryRef")


def _other_side(
    entry: Element, details: list[Element], amount: Decimal
) -> tuple[str | None, str | None]:
    """Return name and account of the other side, where all transactions agree on them.

    Money received comes from the debtor; of a reversal the parties are those of the original.
    """
    reversal = text(entry, "RvslInd") in ("true", "1")
    side = "Dbtr" if (amount > 0) != reversal else "Cdtr"
    parties = {(_party(detail, side), _account(detail, side)) for detail in details}
    return parties.pop() if len(parties) == 1 else (None, None)


def _party(detail: Element, side: str) -> str | None:
    ways = [f"RltdPties/{who}{way}/Nm" for who in (side, f"Ultmt{side}") for way in ("", "/Pty")]
    return text(detail, *ways)


def _account(detail: Element, side: str) -> str | None:
    kinds = ("IBAN", "Othr/Id", "BBAN", "PrtryAcct/Id")
    number = text(detail, *(f"RltdPties/{side}Acct/Id/{kind}" for kind in kinds))
    return number and number.replace(" ", "")


def _charges(elements: list[Element], place: Place, currency: str) -> Decimal:
    """Return what the bank kept, by the first element that tells; negative where it gave back."""
    records = next(filter(None, map(_charge_records, elements)), [])
    total = Decimal(0)
    for record in records:
        found = child(record, "Amt")
        if found is None or text(record, "ChrgInclInd") in ("false", "0"):
            continue
        amount, its_currency = _amount(found, place)
        if its_currency == currency:
            total += -amount if text(record, "CdtDbtInd") == "CRDT" else amount
    return total


def _charge_records(element: Element) -> list[Element]:
    return children(element, "Chrgs/Rcrd") or children(element, "Chrgs")


def _foreign(
    details: list[Element], amount: Decimal, place: Place, currency: str
) -> tuple[Decimal | None, str | None]:
    """Return what was ordered in another currency than the account's, with the line's sign."""
    ordered = [child(detail, "AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt") for detail in details]
    if len(ordered) != 1 or ordered[0] is None:
        return None, None
    foreign, its_currency = _amount(ordered[0], place)
    if not foreign or its_currency in ("", currency):
        return None, None
    return (foreign if amount > 0 else -foreign), its_currency
