"""What is suggested but never unique, and why the rest is left over."""

import copy
import pickle
from datetime import date

import pytest
from matching_cases import codes, item, pairs, pay, run
from s2b2b_settlement.tools.matching import Reason
from s2b2b_settlement.tools.matching_reasons import TEMPLATES, because


@pytest.mark.parametrize(
    ("entry", "candidate", "code"),
    [
        ({"text": "invoice 2026 0007"}, {"reference": "INV/2026/0007"}, "near_reference"),
        ({"reference": "INV/2026/0070"}, {"reference": "INV/2026/0007"}, "near_reference"),
        ({"name": "Ella Jackson"}, {"name": "Jackson Ella W."}, "near_name"),
        ({"name": "Dixmit"}, {"name": "Dixmit Consulting"}, "near_name"),
        ({"name": "上海货运公司"}, {"name": "上海货运有限公司"}, "near_name"),
        ({}, {}, "amount_alone"),
    ],
)
def test_what_is_near_and_fits_is_suggested_below_the_threshold(entry, candidate, code):
    other = item("other", 90, "Q", name="Somebody Else")
    result = run([pay("p", 100, None, **entry)], [item("i", 100, **candidate), other])
    (found,) = result.matches
    assert (found.candidates, found.unique, found.rule) == (("i",), False, "near")
    assert found.confidence < 0.8
    assert code in {reason.code for reason in found.reasons}


def test_a_nearer_name_wins_and_equally_near_ones_are_left():
    items = [
        item("a", 100, "A", name="Adithya Medical & General Stores"),
        item("b", 100, "B", name="Adithya Medical And General Stores"),
        item("c", 100, "C", name="General Motors"),
    ]
    entry = pay("p", 100, None, name="Adithya Medical & General")
    assert codes(run([entry], items), "entry") == {"p": "several_near"}
    assert pairs(run([entry], [items[0], items[2]])) == {(("p",), ("a",))}


def test_the_amount_alone_is_suggested_only_when_one_item_has_it():
    items = [item("a", 100, "A"), item("b", 100, "B")]
    assert not run([pay("p", 100, None)], items).matches


def test_two_invoices_quoted_by_one_number_are_suggested_together():
    items = [item("a", 60, reference="INV/1234"), item("b", 40, reference="BILL/1234")]
    (found,) = run([pay("p", 100, None, None, "paying invoices 1234 & 5678")], items).matches
    assert (found.candidates, found.unique) == (("a", "b"), False)


def test_the_oldest_of_several_is_suggested_and_the_others_are_shown():
    days = [date(2026, 11, day) for day in (3, 1, 2)]
    items = [item(key, 100, date=day) for key, day in zip("abc", days, strict=True)]
    (found,) = run([pay("p", 100)], items).matches
    assert (found.candidates, found.alternatives) == (("b",), ("c", "a"))
    assert {reason.code for reason in found.reasons} == {"first_amount", "several_items"}


def test_one_of_several_sums_is_suggested_with_the_reason():
    items = [item(place, amount) for place, amount in enumerate((60, 40, 70, 30))]
    (found,) = run([pay("p", 100)], items).matches
    assert not found.unique
    assert {reason.code for reason in found.reasons} == {"first_sum", "several_sums"}


def test_payment_in_part_is_suggested_with_its_difference():
    result = run([pay("p", 60, "P", "INV1")], [item("i", 100, reference="INV1")])
    (found,) = result.matches
    assert (found.difference, found.unique, found.rule) == (-40, False, "reference")
    assert {reason.code for reason in found.reasons} == {"named_only", "named_differs", "differs"}


def test_search_for_sums_gives_up_beyond_its_bound_and_says_so():
    items = [item(place, 10_000_019 * (place + 7) ** 2 + place) for place in range(40)]
    total = items[38].amount + items[39].amount
    result = run([pay("p", total)], items)
    assert codes(result, "entry") == {"p": "gave_up"}
    assert "40 open items" in result.leftovers[0].reason


@pytest.mark.parametrize(
    ("entries", "items", "expected"),
    [
        ([pay("p", 0)], [item("i", 5)], {"p": "entry_zero"}),
        ([pay("p", 100, None)], [item("i", 5)], {"p": "no_partner"}),
        ([pay("p", 100, "Z")], [item("i", 100, "P")], {"p": "no_items"}),
        ([pay("p", 100, currency="USD")], [item("i", 100)], {"p": "other_currency"}),
        ([pay("p", 100)], [item("i", 5)], {"p": "no_amount"}),
        (
            [pay("p", 100, None, "INV1", currency="USD")],
            [item("i", 100, reference="INV1")],
            {"p": "named_currency"},
        ),
        ([pay("p", 100), pay("q", 100)], [item("i", 100)], {"q": "two_payments"}),
        (
            [pay("p", 100, "P", "INV1"), pay("q", 100)],
            [item("i", 100, reference="INV1")],
            {"q": "taken"},
        ),
    ],
)
def test_an_entry_left_over_says_why(entries, items, expected):
    assert codes(run(entries, items), "entry") == expected


@pytest.mark.parametrize(
    ("entries", "candidate", "expected"),
    [
        ([pay("p", 7)], item("i", 0), "item_zero"),
        ([pay("p", 7)], item("i", 7, currency="USD"), "no_entries"),
        ([pay("p", 7)], item("i", 8), "item_unpaid"),
        ([pay("p", -7, "P", "INV1")], item("i", 8, reference="INV1"), "item_named"),
    ],
)
def test_an_item_left_over_says_why(entries, candidate, expected):
    assert codes(run(entries, [candidate]), "candidate") == {"i": expected}


def test_an_item_that_a_payment_fits_says_so():
    items = [item("a", 100), item("b", 100)]
    assert codes(run([pay("p", 100)], items), "candidate") == {"b": "item_rival"}
    late = [item("a", 100, date=date(2020, 1, 1))]
    assert codes(run([pay("p", 100)], late, window_days=9), "candidate") == {"a": "outside"}


def test_reasons_are_text_that_can_be_translated_and_copied():
    reason = because("differs", difference=-40, owed=100)
    assert reason == TEMPLATES["differs"].format(difference=-40, owed=100)
    for twin in (copy.deepcopy(reason), pickle.loads(pickle.dumps(reason))):
        assert (str(twin), twin.code, twin.params) == (str(reason), "differs", reason.params)
    assert isinstance(reason, Reason)
