"""Small camt files, written out."""

IBAN = "GB29NWBK60161331926819"


def entry(
    amount="10.00", sign="CRDT", details="", more="", status="<Cd>BOOK</Cd>", day="2026-11-03"
):
    """Return an ``Ntry``; ``details`` go into its transactions, ``more`` beside them."""
    return (
        f'<Ntry><Amt Ccy="GBP">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt>{more}<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def transaction(reference="", text="", party="", amount="", more=""):
    """Return a ``TxDtls`` as banks write it from version 4 on."""
    return (
        f"<TxDtls><Refs><EndToEndId>{reference or 'NOTPROVIDED'}</EndToEndId></Refs>"
        + (f'<Amt Ccy="GBP">{amount}</Amt>' if amount else "")
        + (f"<RltdPties>{party}</RltdPties>" if party else "")
        + (f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>" if text else "")
        + f"{more}</TxDtls>"
    )


def balance(code, amount, sign="CRDT", currency="GBP", day="2026-11-03"):
    """Return a ``Bal``."""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def statement(*parts, name="STMT-1", account=f"<IBAN>{IBAN}</IBAN>", tag="Stmt"):
    """Return a statement of an account in pounds with balances and entries."""
    return (
        f"<{tag}><Id>{name}</Id><CreDtTm>2026-11-04T01:02:03+00:00</CreDtTm>"
        f"<Acct><Id>{account}</Id><Ccy>GBP</Ccy></Acct>{''.join(parts)}</{tag}>"
    )


def document(*statements, kind="camt.053", version="08", message="BkToCstmrStmt"):
    """Return the bytes of a file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{kind}.001.{version}"><{message}>'
        f"<GrpHdr><MsgId>M</MsgId></GrpHdr>{''.join(statements)}</{message}></Document>"
    ).encode()


def story():
    """Return a statement with a member's payment in and a supplier's payment out."""
    paid_in = transaction(
        "ADV-77", "Invoice INV/2026/0007", "<Dbtr><Pty><Nm>Ashford</Nm></Pty></Dbtr>"
    )
    paid_out = transaction("PAY-9", "", "<Cdtr><Nm>Exotic Liquids</Nm></Cdtr>")
    return document(
        statement(
            balance("OPBD", "100.00", day="2026-11-02"),
            balance("CLBD", "140.50"),
            entry("60.00", "CRDT", paid_in, "<AcctSvcrRef>B-1</AcctSvcrRef>"),
            entry("19.50", "DBIT", paid_out, "<AcctSvcrRef>B-2</AcctSvcrRef>"),
        )
    )
