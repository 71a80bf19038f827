"""The import key: the same movement is recognised, different ones are kept apart."""

from camt_cases import document, entry, statement, story, transaction
from s2b2b_settlement.tools.bank import read

BANK_ID = "<AcctSvcrRef>B-1</AcctSvcrRef>"


def keys(*statements):
    """Return the import keys of the file with these statements."""
    found = read("bank.xml", document(*statements))
    return [line.import_key for part in found for line in part.lines]


def test_the_same_file_has_the_same_keys():
    assert read("a.xml", story()) == read("b.xml", story())


def test_the_same_movement_in_a_daily_and_a_monthly_file_has_one_key():
    movement = entry(details=transaction("E2E"), more=BANK_ID)
    daily, monthly = statement(movement, name="D-7"), statement(movement, name="M-11")
    assert keys(daily) == keys(monthly)


def test_an_id_that_the_bank_uses_again_next_year_is_another_key():
    first, again = entry(more=BANK_ID), entry(more=BANK_ID, day="2027-11-03")
    assert len(set(keys(statement(first, again)))) == 2


def test_account_amount_and_payer_make_a_difference():
    movements = [
        entry("10.00", details=transaction("E2E")),
        entry("11.00", details=transaction("E2E")),
        entry("10.00", "DBIT", transaction("E2E")),
        entry("10.00", details=transaction("OTHER")),
        entry("10.00", details=transaction("E2E", "words")),
    ]
    other = statement(movements[0], account="<IBAN>DE04</IBAN>")
    assert len(set(keys(statement(*movements), other))) == 6


def test_identical_movements_are_numbered_over_the_whole_file():
    twice = statement(entry(), entry())
    once = statement(entry(), name="STMT-2")
    found = keys(twice, once)
    assert len(set(found)) == 3
    assert [key.rsplit("|", 1)[1] for key in found] == ["1", "2", "3"]


def test_key_has_an_end_however_much_was_written():
    (short,) = keys(statement(entry(details=transaction("E2E", "x" * 100))))
    (long,) = keys(statement(entry(details=transaction("E2E", "x" * 9000))))
    assert short != long
    assert max(len(short), len(long)) < 200


def test_trailing_zeros_do_not_change_the_key():
    assert keys(statement(entry("10.0"))) == keys(statement(entry("10.00")))
