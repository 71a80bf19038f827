"""A bank statement in camt.053 (ISO 20022), as the platform's bank would send it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@dataclass(frozen=True)
class Payment:
    """A booked payment: ``amount`` is positive for money received."""

    amount: Decimal
    party: str
    text: str
    bank_id: str


def camt053(iban: str, currency: str, payments: list[Payment], day: date) -> bytes:
    """The statement of one day, from a balance of 100,000."""
    opening = Decimal("100000.00")
    closing = opening + sum(p.amount for p in payments)
    root = etree.Element("Document", nsmap={None: NAMESPACE})
    statement = _grow(root, "BkToCstmrStmt", "Stmt")
    _put(statement, f"STMT-{day:%Y%m%d}", "Id")
    _put(statement, f"{day}T18:00:00", "CreDtTm")
    account = _grow(statement, "Acct")
    _put(account, iban, "Id", "IBAN")
    _put(account, currency, "Ccy")
    for code, amount in (("OPBD", opening), ("CLBD", closing)):
        balance = _grow(statement, "Bal")
        _put(balance, code, "Tp", "CdOrPrtry", "Cd")
        _amount(balance, amount, currency)
        _put(balance, str(day), "Dt", "Dt")
    for payment in payments:
        _entry(statement, payment, currency, day)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _entry(statement, payment: Payment, currency: str, day: date) -> None:
    entry = _grow(statement, "Ntry")
    _amount(entry, payment.amount, currency)
    _put(entry, "BOOK", "Sts", "Cd")
    _put(entry, str(day), "BookgDt", "Dt")
    _put(entry, payment.bank_id, "AcctSvcrRef")
    details = _grow(entry, "NtryDtls", "TxDtls")
    role = "Dbtr" if payment.amount > 0 else "Cdtr"
    _put(details, payment.party, "RltdPties", role, "Pty", "Nm")
    _put(details, payment.text, "RmtInf", "Ustrd")


def _amount(parent, amount: Decimal, currency: str) -> None:
    _put(parent, f"{abs(amount):.2f}", "Amt").set("Ccy", currency)
    _put(parent, "CRDT" if amount >= 0 else "DBIT", "CdtDbtInd")


def _grow(parent, *path: str):
    for name in path:
        parent = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    return parent


def _put(parent, text: str, *path: str):
    element = _grow(parent, *path)
    element.text = text
    return element
