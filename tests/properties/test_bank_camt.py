"""What a camt file is read into."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from camt_cases import IBAN, balance, document, entry, statement, story, transaction
from s2b2b_settlement.tools.bank import read

SAMPLES = Path(__file__).parents[2] / "addons/s2b2b_settlement/tests/data"


def lines(*entries, **more):
    """Return the lines of the only statement with these entries."""
    (found,) = read("bank.xml", document(statement(*entries), **more))
    return found.lines


def test_the_story_of_a_statement():
    (found,) = read("november.xml", story())
    assert (found.account, found.currency, found.name) == (IBAN, "GBP", "STMT-1")
    assert (found.date, found.kind) == (date(2026, 11, 3), "statement")
    assert (found.opening, found.closing) == (Decimal("100.00"), Decimal("140.50"))
    received, sent = found.lines
    assert (received.amount, received.partner_name) == (Decimal("60.00"), "Ashford")
    assert (received.reference, received.text) == ("ADV-77", "Invoice INV/2026/0007")
    assert (sent.amount, sent.partner_name) == (Decimal("-19.50"), "Exotic Liquids")
    assert (sent.bank_id, sent.date) == ("B-2", date(2026, 11, 3))


@pytest.mark.parametrize("version", ["02", "03", "04", "05", "06", "07", "08"])
@pytest.mark.parametrize("pattern", ["<{0}><Nm>A</Nm></{0}>", "<{0}><Pty><Nm>A</Nm></Pty></{0}>"])
@pytest.mark.parametrize("status", ["BOOK", "<Cd>BOOK</Cd>"])
def test_every_version_is_read(version, pattern, status):
    party = pattern.format("Dbtr") + "<DbtrAcct><Id><IBAN>DE04 0000</IBAN></Id></DbtrAcct>"
    details = transaction("E2E", "words", party)
    (line,) = lines(entry(details=details, status=status), version=version)
    assert (line.partner_name, line.account_number) == ("A", "DE040000")
    assert (line.reference, line.text, line.amount) == ("E2E", "words", Decimal("10.00"))


def test_notification_has_no_balances():
    content = document(
        statement(
            entry(details=transaction("E2E")), tag="Ntfctn", account="<Othr><Id>5</Id></Othr>"
        ),
        kind="camt.054",
        message="BkToCstmrDbtCdtNtfctn",
    )
    (found,) = read("notice.xml", content)
    assert (found.kind, found.account, found.opening, found.closing) == (
        "notification",
        "5",
        None,
        None,
    )
    assert found.lines[0].reference == "E2E"


def test_entries_that_are_not_booked_are_no_lines():
    assert not lines(entry(status="<Cd>PDNG</Cd>"), entry(status="INFO"))


def test_batch_becomes_a_line_for_each_transaction_that_makes_up_its_amount():
    batch = transaction("A", amount="6.00") + transaction("B", amount="4.00")
    first, second = lines(entry("10.00", "DBIT", batch))
    assert (first.amount, first.reference) == (Decimal("-6.00"), "A")
    assert (second.amount, second.reference) == (Decimal("-4.00"), "B")


@pytest.mark.parametrize("amounts", [("6.00", "5.00"), ("6.00", "")])
def test_batch_whose_transactions_do_not_make_it_up_stays_one_line(amounts):
    batch = "".join(transaction(f"R{amount}", amount=amount) for amount in amounts)
    (line,) = lines(entry("10.00", "CRDT", batch))
    assert line.amount == Decimal("10.00")
    assert line.references == tuple(f"R{amount}" for amount in amounts)


def test_structured_reference_comes_before_the_end_to_end_id_and_all_are_kept():
    structured = (
        "<RmtInf><Strd><RfrdDocInf><Nb>INV/7</Nb></RfrdDocInf>"
        "<CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>"
    )
    (line,) = lines(entry(details=transaction("E2E", more=structured)))
    assert line.reference == "RF18539007547034"
    assert line.references == ("RF18539007547034", "E2E", "INV/7")


def test_missing_reference_and_words_are_not_invented():
    (line,) = lines(entry(more="<AddtlNtryInf>SEPA  credit</AddtlNtryInf>", details=transaction()))
    assert (line.reference, line.text, line.partner_name) == (None, "SEPA credit", None)


def test_reversal_keeps_its_sign_and_names_the_other_side_of_the_original():
    parties = "<Dbtr><Nm>Us</Nm></Dbtr><Cdtr><Nm>Supplier</Nm></Cdtr>"
    details = transaction("E2E", party=parties)
    (line,) = lines(entry("10.00", "CRDT", details, "<RvslInd>true</RvslInd>"))
    assert (line.amount, line.partner_name) == (Decimal("10.00"), "Supplier")


@pytest.mark.parametrize(
    ("charges", "kept"),
    [
        (
            '<Chrgs><Rcrd><Amt Ccy="GBP">0.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>',
            "0.50",
        ),
        ('<Chrgs><Amt Ccy="GBP">0.50</Amt></Chrgs><Chrgs><Amt Ccy="GBP">1</Amt></Chrgs>', "1.50"),
        ('<Chrgs><Rcrd><Amt Ccy="GBP">1</Amt><ChrgInclInd>false</ChrgInclInd></Rcrd></Chrgs>', "0"),
        ('<Chrgs><Rcrd><Amt Ccy="GBP">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Rcrd></Chrgs>', "-1"),
        ('<Chrgs><Amt Ccy="USD">3</Amt></Chrgs>', "0"),
    ],
)
def test_charges_are_what_the_bank_kept(charges, kept):
    (line,) = lines(entry(more=charges, details=transaction("E2E")))
    assert line.charges == Decimal(kept)
    (line,) = lines(entry(details=transaction("E2E", more=charges)))
    assert line.charges == Decimal(kept)


def test_what_was_ordered_in_another_currency_is_kept_with_the_sign():
    ordered = '<AmtDtls><InstdAmt><Amt Ccy="USD">13.00</Amt></InstdAmt></AmtDtls>'
    (line,) = lines(entry("10.00", "DBIT", transaction("E2E", more=ordered)))
    assert (line.foreign_amount, line.foreign_currency) == (Decimal("-13.00"), "USD")
    same = ordered.replace("USD", "GBP")
    (line,) = lines(entry("10.00", "DBIT", transaction("E2E", more=same)))
    assert (line.foreign_amount, line.foreign_currency) == (None, None)


@pytest.mark.parametrize(
    ("balances", "opening", "closing"),
    [
        ((("OPBD", "5.00"), ("CLBD", "15.00")), "5.00", "15.00"),
        ((("PRCD", "5.00"), ("CLBD", "15.00")), "5.00", "15.00"),
        ((("OPBD", "5.00"), ("ITBD", "15.00")), "5.00", "15.00"),
        ((("ITBD", "5.00"), ("CLBD", "15.00")), "5.00", "15.00"),
        ((("ITBD", "5.00"), ("ITBD", "15.00")), "5.00", "15.00"),
        ((("OPBD", "5.00"), ("CLAV", "99.00")), "5.00", None),
        ((("CLBD", "15.00"),), None, "15.00"),
    ],
)
def test_balances_of_whole_statements_and_of_pages(balances, opening, closing):
    parts = [balance(code, amount) for code, amount in balances]
    (found,) = read("bank.xml", document(statement(*parts, entry())))
    assert found.opening == (opening and Decimal(opening))
    assert found.closing == (closing and Decimal(closing))


def test_overdrawn_account_adds_up_and_balances_of_other_currencies_are_left_out():
    parts = [balance("OPBD", "5.00", "DBIT"), balance("CLBD", "5.00")]
    foreign = [balance("OPBD", "7.00", currency="USD"), balance("CLBD", "8.00", currency="USD")]
    (found,) = read("bank.xml", document(statement(*foreign, *parts, entry())))
    assert (found.opening, found.closing) == (Decimal("-5.00"), Decimal("5.00"))


def test_files_of_other_hands_are_read():
    first, second = read("multi", (SAMPLES / "genkgo_camt053_v2_multi_statement.xml").read_bytes())
    assert (first.closing, second.opening, second.closing) == (27, 27, 20)
    assert [line.text for line in second.lines] == ["Transaction Description 2"]
    (eighth,) = read("v8", (SAMPLES / "genkgo_camt053_v8.xml").read_bytes())
    assert eighth.lines[0].references == ("4654654654654654", "MUELL/FINP/RA12345")
    assert eighth.lines[0].bank_id == "AAAASESS-FP-CN_98765/01"


def test_envelope_and_leading_space_do_not_matter():
    inner = story().split(b"\n", 1)[1]
    assert read("a", b"\n <Envelope>" + inner + b"</Envelope>") == read("b", story())
    assert read("c", story().decode().replace("UTF-8", "UTF-16").encode("utf-16"))
