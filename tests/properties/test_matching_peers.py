"""What others' tests expect of a matching, restated, with where ours differs on purpose."""

from datetime import date

import pytest
from matching_cases import item, pairs, pay, run

BASE = [
    item("I1", 10000, "P1"),
    item("I2", 20000, "P1"),
    item("I3", 30000, "P1", "RBILL/2019/09/0013"),
    item("I4", -100000, "P2"),
    item("I5", 60000, "P3"),
    item("I6", 60000, "P3", "RF12 3456"),
    item("I7", 20000, "P3", references=("RF12 3456",)),
]
"""Open items of the reconciliation rules of OCA (account_reconcile_model_oca)."""


@pytest.mark.parametrize(
    ("entry", "expected", "unique"),
    [
        (pay("B1", 10000, "P1", text="invoice 2019-00001"), ("I1",), True),
        (pay("B2", 60000, "P1", text="xxxxx"), ("I1", "I2", "I3"), True),
        (pay("C1", -100000, "P2", text="yyyyy"), ("I4",), True),
        (pay("B3", 60000, "P3", text="nawak Communication: RF12 3456"), ("I6",), False),
        (pay("B4", 60000, "P3", text="RF12 3456"), ("I6",), False),
        (pay("B5", 60000, "P3", "RF12 3456", "baaaaah"), ("I6",), False),
        (pay("exact-match-wins", 30000, "P1"), ("I3",), True),
    ],
)
def test_oca_reconcile_rules(entry, expected, unique):
    (found,) = run([entry], BASE).matches
    assert (found.candidates, found.unique) == (expected, unique)


def test_oca_fills_up_with_items_until_enough_but_we_want_a_set_that_fits():
    assert not run([pay("B2", 25000, "P1")], BASE).matches


@pytest.mark.parametrize(
    ("paid", "owed", "percent", "unique"),
    [
        (10500, 10000, 10, True),
        (100000, 100000, 0, True),
        (101000, 100000, 0, False),
        (101000, 100000, 0.5, False),
        (123420, 121000, 2.0, True),
        (-123420, -121000, 2.0, True),
        (100000, 99000, 0, False),
    ],
)
def test_oca_tolerance(paid, owed, percent, unique):
    entry, invoice = pay("B", paid, "P1", "INV/1"), item("I", owed, "P1", "INV/1")
    result = run([entry], [invoice], tolerance_percent=percent)
    assert pairs(result) == {(("B",), ("I",))}
    assert result.matches[0].unique is unique


def test_oca_two_payments_with_one_memo_are_not_unique():
    entries = [pay(1, 10000, "P1", "memo 2026"), pay(2, 10000, "P1", "memo 2026")]
    assert not pairs(run(entries, [item("I", 10000, "P1", "memo 2026")]), unique=True)


def test_oca_exact_amount_without_partner_is_found_but_not_unique():
    result = run([pay("B", 10000, None)], [item("I", 10000, "P1")])
    assert pairs(result) == {(("B",), ("I",))}
    assert not pairs(result, unique=True)


def test_oca_foreign_amount_is_compared_in_its_own_currency():
    entry = pay("B", 30000, "P1", currency="EUR")
    items = [item("I", 30000, "P1", currency="EUR"), item("J", 30000, "P1", currency="USD")]
    assert pairs(run([entry], items), unique=True) == {(("B",), ("I",))}


def test_oca_different_partners_are_not_proposed_together():
    assert not run([pay("B", 100, None)], [item("I", 60, "P1"), item("J", 40, "P2")]).matches


def test_mass_reconcile_takes_the_oldest_payment_but_we_leave_it_to_a_person():
    entries = [pay("late", 5000, date=date(2023, 10, 20)), pay("early", 5000)]
    entries[1] = pay("early", 5000, date=date(2023, 10, 1))
    result = run(entries, [item("I", 5000, date=date(2023, 9, 30))])
    assert pairs(result) == {(("early",), ("I",))}
    assert not pairs(result, unique=True)


@pytest.mark.parametrize(
    ("payment", "reference", "limit", "difference", "unique"),
    [
        (5000, None, 0, 0, True),
        (50000, "test ref", 10, 45000, False),
        (5010, "test ref", 5, 10, False),
        (5002, None, 5, 2, True),
    ],
)
def test_mass_reconcile_write_off_limits(payment, reference, limit, difference, unique):
    entry = pay("B", payment, "P", reference)
    (found,) = run([entry], [item("I", 5000, "P", "test ref")], tolerance=limit).matches
    assert (found.difference, found.unique) == (difference, unique)


def test_erpnext_party_by_account_number():
    entry = pay("B", 2485, None, account="000000003716541159")
    items = [item("I", 2485, "John Doe & Co.", account="000000003716541159")]
    assert pairs(run([entry], items), unique=True) == {(("B",), ("I",))}


def test_erpnext_fuzzy_party_is_a_suggestion_and_a_tie_is_none():
    entry = pay("B", 100, None, name="Ella Jackson", account="DE04000000003716545346")
    assert pairs(run([entry], [item("I", 100, "J", name="Jackson Ella W.")]), unique=False)
    tied = ["Adithya Medical & General Stores", "Adithya Medical And General Stores"]
    items = [item(name, -2485, name, name=name) for name in tied]
    entry = pay("B", -2485, None, None, "Paracetamol Consignment, SINV-0009", name=tied[0][:25])
    assert not run([entry], items).matches


@pytest.mark.parametrize(("amount", "owed"), [(170000, 170000), (-10908000, -10908000)])
def test_erpnext_whole_payment_leaves_nothing_unallocated(amount, owed):
    (found,) = run([pay("B", amount)], [item("I", owed)]).matches
    assert (found.unique, found.difference) == (True, 0)


def test_erpnext_payments_of_three_invoices_find_their_own():
    entries = [pay(f"p{amount}", amount * 100) for amount in (300, 400, 500)]
    items = [item(f"i{amount}", amount * 100) for amount in (300, 400, 500)]
    expected = {((f"p{amount}",), (f"i{amount}",)) for amount in (300, 400, 500)}
    assert pairs(run(entries, items), unique=True) == expected


def test_oca_order_number_in_the_label_finds_the_order():
    result = run(
        [pay("B", 424200, None, text="SO/2026/0042")], [item("O", 424200, "P", "SO/2026/0042")]
    )
    assert pairs(result, unique=True) == {(("B",), ("O",))}
