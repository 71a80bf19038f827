"""Writes bank files as banks write them, for the demo and the tests; needs no Odoo."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@dataclass(frozen=True)
class Movement:
    """Money that came in (positive) or went out: who, how much, and what the payer wrote."""

    amount: Decimal
    day: date
    name: str = ""
    account: str = ""
    text: str = ""
    reference: str = ""
    bank_id: str = ""
    charges: Decimal = Decimal(0)


def camt053(account, movements, *, currency="GBP", opening=Decimal("1000.00"), name="STMT-1"):
    """Return the bytes of a camt.053 file with one statement of ``account``."""
    closing = opening + sum(movement.amount for movement in movements)
    day = max((movement.day for movement in movements), default=date(2026, 11, 3))
    entries = "".join(_entry(movement, currency) for movement in movements)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="{NAMESPACE}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>{escape(name)}</MsgId></GrpHdr>"
        f"<Stmt><Id>{escape(name)}</Id><CreDtTm>{day}T23:00:00</CreDtTm>"
        f"<Acct><Id>{_account(account)}</Id><Ccy>{currency}</Ccy></Acct>"
        f"{_balance('OPBD', opening, currency, day)}{_balance('CLBD', closing, currency, day)}"
        f"{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _balance(code, amount, currency, day):
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(amount, currency)}"
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _amount(amount, currency):
    sign = "CRDT" if amount >= 0 else "DBIT"
    return f'<Amt Ccy="{currency}">{abs(amount)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'


def _account(number):
    if number[:2].isalpha():
        return f"<IBAN>{escape(number)}</IBAN>"
    return f"<Othr><Id>{escape(number)}</Id></Othr>"


def _entry(movement, currency):
    side = "Dbtr" if movement.amount > 0 else "Cdtr"
    party = f"<{side}><Pty><Nm>{escape(movement.name)}</Nm></Pty></{side}>" if movement.name else ""
    if movement.account:
        party += f"<{side}Acct><Id>{_account(movement.account)}</Id></{side}Acct>"
    text = f"<RmtInf><Ustrd>{escape(movement.text)}</Ustrd></RmtInf>" if movement.text else ""
    mark = f"<AcctSvcrRef>{movement.bank_id}</AcctSvcrRef>" if movement.bank_id else ""
    charges = ""
    if movement.charges:
        charges = (
            f'<Chrgs><Rcrd><Amt Ccy="{currency}">{movement.charges}</Amt>'
            "<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>"
        )
    return (
        f"<Ntry>{_amount(movement.amount, currency)}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{movement.day}</Dt></BookgDt>{mark}{charges}<NtryDtls><TxDtls>"
        f"<Refs><EndToEndId>{escape(movement.reference or 'NOTPROVIDED')}</EndToEndId></Refs>"
        f"<RltdPties>{party}</RltdPties>{text}</TxDtls></NtryDtls></Ntry>"
    )
