"""Files that cannot be read say what is wrong and where; nothing else is ever raised."""

import pytest
from camt_cases import balance, document, entry, statement, story, transaction
from hypothesis import example, given
from hypothesis import strategies as st
from s2b2b_settlement.tools.bank import BankFileError, detect, read

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<Document>&b;</Document>"
)
XXE = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'


def fault(content):
    """Return the error that reading ``content`` raises."""
    with pytest.raises(BankFileError) as caught:
        read("bank.xml", content)
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (story()[:-30], "not_xml"),
        (story()[:400], "not_xml"),
        (b"<not closed", "not_xml"),
        (BOMB, "doctype"),
        (XXE, "doctype"),
        (XXE.decode().encode("utf-16"), "doctype"),
        (b"<!DOCTYPE html><html></html>", "unsupported"),
        (b"<html><body>Sign in</body></html>", "unsupported"),
        (b"<invoices/>", "unsupported"),
        (document(kind="pain.001", version="09", message="CstmrCdtTrfInitn"), "unsupported"),
        (document(kind="camt.052", message="BkToCstmrAcctRpt"), "unsupported"),
        (b":20:STARTUMSE\r\n:25:123/456\r\n:60F:C261103EUR1,00\r\n", "unsupported"),
        (b"OFXHEADER:100\r\nDATA:OFXSGML\r\n", "unsupported"),
        (b'<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX></OFX>', "unsupported"),
        (b"date;amount;text\n2026-11-03;1,00;x\n", "unsupported"),
        (b"%PDF-1.7", "unsupported"),
        (b"PK\x03\x04", "unsupported"),
        (b"\x00\x01\x02\x03", "unknown"),
        (document(), "no_statement"),
    ],
)
def test_what_is_no_readable_statement_is_refused(content, code):
    error = fault(content)
    assert error.reason.code == code
    assert str(error).endswith(error.reason)


def test_the_format_that_is_not_supported_is_named():
    assert "MT940" in str(fault(b":20:X\n:25:Y\n"))
    assert "pain.001.001.09" in str(fault(document(kind="pain.001", version="09")))


def test_file_above_the_limit_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(detect, "MAX_BYTES", len(story()) - 1)
    assert fault(story()).reason.code == "too_large"


@pytest.mark.parametrize(
    ("old", "new", "code", "tag"),
    [
        ('<Amt Ccy="GBP">19.50</Amt>', "", "missing", "Amt"),
        (">19.50<", "><", "bad_amount", "Amt"),
        (">19.50<", ">19,50<", "bad_amount", "Amt"),
        (">19.50<", ">-19.50<", "bad_amount", "Amt"),
        (">19.50<", ">1e5<", "bad_amount", "Amt"),
        (">19.50<", ">NaN<", "bad_amount", "Amt"),
        ('"GBP">19.50', '"EUR">19.50', "other_currency", "Amt"),
        (">DBIT<", ">OUT<", "bad_sign", "CdtDbtInd"),
        ("<CdtDbtInd>DBIT</CdtDbtInd>", "", "missing", "CdtDbtInd"),
    ],
)
def test_faulty_entry_is_named_with_its_number_and_tag(old, new, code, tag):
    error = fault(story().replace(old.encode(), new.encode()))
    assert (error.reason.code, error.statement, error.entry, error.tag) == (code, "STMT-1", 2, tag)
    assert str(error).startswith(f"statement STMT-1, entry 2, {tag}: ")


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "03/11/2026", "0000-00-00"])
def test_bad_date_is_named(day):
    error = fault(document(statement(entry(), entry(day=day))))
    assert (error.reason.code, error.entry, error.tag) == ("bad_date", 2, "BookgDt/Dt")


def test_missing_account_date_and_currency_are_named():
    without = {
        "Acct/Id": story().replace(b"<IBAN>GB29NWBK60161331926819</IBAN>", b""),
        "BookgDt": document(
            statement(entry().replace("<BookgDt><Dt>2026-11-03</Dt></BookgDt>", ""))
        ),
        "Acct/Ccy": document(statement()).replace(b"<Ccy>GBP</Ccy>", b""),
        "CreDtTm": document(
            statement().replace("<CreDtTm>2026-11-04T01:02:03+00:00</CreDtTm>", "")
        ),
    }
    for tag, content in without.items():
        error = fault(content)
        assert (error.reason.code, error.tag) == ("missing", tag)


def test_statement_that_does_not_add_up_is_named_with_its_figures():
    good = statement(entry(), name="GOOD")
    bad = statement(balance("OPBD", "1.00"), balance("CLBD", "12.00"), entry(), name="BAD")
    error = fault(document(good, bad))
    assert (error.reason.code, error.statement) == ("unbalanced", "BAD")
    assert {key: str(value) for key, value in error.reason.params.items() if key != "tag"} == {
        "opening": "1.00",
        "total": "10.00",
        "sum": "11.00",
        "closing": "12.00",
    }


def reads_or_says_why(content):
    """Read ``content``; what cannot be read raises nothing but the error of the reader."""
    try:
        found = read("bank.xml", content)
    except BankFileError as error:
        assert str(error)
        return
    assert all(line.import_key for part in found for line in part.lines)


RICH = document(
    statement(balance("OPBD", "1.00"), balance("CLBD", "11.00"), entry(details=transaction("E"))),
    statement(entry(details=transaction("A", "w", "<Dbtr><Nm>N</Nm></Dbtr>", "10.00")), name="2"),
)


@given(st.data())
def test_damaged_files_are_read_or_refused(data):
    content = bytearray(data.draw(st.sampled_from([RICH, story()])))
    for _turn in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content)))
        stop = start + data.draw(st.integers(0, 40))
        content[start:stop] = data.draw(
            st.binary(max_size=6)
            | st.sampled_from([b"<", b">", b"</Ntry>", b"<Amt>", b"&x;", b"9" * 30, b"\xff\xfe"])
        )
    reads_or_says_why(bytes(content))


@given(st.binary(max_size=200))
@example(b"<a/>")
@example(b"<?xml version='1.0' encoding='nonsense'?><a/>")
@example(b"\xff\xfe<\x00")
def test_any_bytes_are_refused(content):
    reads_or_says_why(content)


@given(st.integers(1, len(RICH) - 1))
def test_truncated_file_is_refused(length):
    assert fault(RICH[:length]).reason.code in {"not_xml", "unknown"}
