"""One case a row: what is quoted, how it is written, tolerance, window, charges, partner."""

from datetime import date
from decimal import Decimal

import pytest
from matching_cases import TODAY, codes, item, pairs, pay, run
from s2b2b_settlement.tools.matching import Rules, match

UNIQUE = {(("p",), ("i",))}


@pytest.mark.parametrize(
    ("borne", "reference", "text"),
    [
        ("INV/2026/00007", "INV/2026/00007", None),
        ("INV/2026/00007", None, "Payment of inv-2026-00007, thank you"),
        ("INV/2026/00007", None, "货款INV/2026/00007，谢谢"),
        ("INV/2026/00007", None, "ＩＮＶ２０２６００００７"),
        ("RF18 5390 0754 7034", "RF18000000000539007547034", None),
        ("+++020/3430/57642+++", "020343057642", None),
        ("2023 0000 98", "00000000002023000098", None),
        ("12", "12", None),
        ("test ref", None, "Test Ref"),
        ("TURLUTUTU21", "TURLUTUTU21", None),
        ("123456", None, "payment for 123456 urgent!"),
    ],
)
def test_a_reference_is_found_however_it_is_written(borne, reference, text):
    result = run([pay("p", 100, None, reference, text)], [item("i", 100, reference=borne)])
    assert pairs(result, unique=True) == UNIQUE
    assert result.matches[0].rule == "reference"


@pytest.mark.parametrize(
    ("borne", "text"),
    [("12", "12 boxes"), ("INV/1", "INV/10"), ("test", "a test"), ("2026001", "1026001"), ("", "")],
)
def test_what_only_looks_like_a_reference_names_nothing(borne, text):
    result = run([pay("p", 99, None, None, text)], [item("i", 100, reference=borne)])
    assert not result.matches


def test_other_references_and_the_name_of_a_document_are_borne_too():
    advice = item(
        "i", 100, reference="INV/1", references=("ADV-77", "RUN2026/3"), name="BILL/7/042"
    )
    for quoted in ("ADV-77", "run2026-3", "BILL/7/042"):
        assert pairs(run([pay("p", 100, None, quoted)], [advice]), unique=True) == UNIQUE


@pytest.mark.parametrize(
    ("text", "paid", "expected"),
    [
        ("INV1 INV2", 170, {(("p",), ("a", "b"))}),
        ("INV1, INV2 less CN9", 140, {(("p",), ("a", "b", "c"))}),
        ("INV1 INV2", 100, {(("p",), ("a",))}),
        ("INV1 INV2", 171, set()),
        ("INV1", 99, set()),
        ("INV2", 100, set()),
    ],
)
def test_a_reference_names_exactly_these_items(text, paid, expected):
    items = [item("a", 100, reference="INV1"), item("b", 70, reference="INV2")]
    items.append(item("c", -30, reference="CN9"))
    result = run([pay("p", paid, "P", None, text)], items)
    assert pairs(result, unique=True) == expected
    assert pairs(result)


def test_instalments_that_bear_one_reference_are_paid_together():
    items = [item("a", 100, reference="INV1"), item("b", 70, reference="INV1")]
    assert pairs(run([pay("p", 170, "P", "INV1")], items), True) == {(("p",), ("a", "b"))}
    (found,) = run([pay("p", 70, None, "INV1")], items).matches
    assert (found.candidates, found.unique, found.alternatives) == (("b",), False, ("a",))
    assert {reason.code for reason in found.reasons} == {"named_only", "named_shared"}


def test_a_shared_reference_is_not_unique_when_some_of_its_bearers_fit_as_well():
    items = [item(place, amount, reference="INV1") for place, amount in enumerate((25, 25, -25))]
    result = run([pay("p", 25, "P", "INV1")], items)
    assert not pairs(result, unique=True)
    assert "several_ways" in {reason.code for reason in result.matches[0].reasons}


def test_payments_that_name_one_item_are_taken_together_when_only_all_of_them_fit():
    items = [item("i", 100, reference="INV1")]
    both = [pay(1, 60, "P", "INV1"), pay(2, 40, "P", "INV1")]
    assert pairs(run(both, items), unique=True) == {((1, 2), ("i",))}
    twice = [pay(1, 100, "P", "INV1"), pay(2, 100, "P", "INV1")]
    result = run(twice, items)
    assert pairs(result, unique=True) == set()
    assert codes(result, "entry") == {2: "two_payments"}


def test_reference_of_another_partner_is_not_unique_and_blocks_the_amount():
    items = [item("theirs", 100, "Q", "INV1"), item("own", 100, "P")]
    (found,) = run([pay("p", 100, "P", "INV1")], items).matches
    assert (found.candidates, found.unique) == (("theirs",), False)
    assert "named_partner" in {reason.code for reason in found.reasons}


def test_number_of_another_partner_hit_by_accident_does_not_block_the_amount():
    items = [item("theirs", 55, "Q", "20261124"), item("own", 100, "P")]
    result = run([pay("p", 100, "P", None, "transfer 20261124")], items)
    assert pairs(result, unique=True) == {(("p",), ("own",))}


def test_items_of_two_partners_are_never_unique_together():
    items = [item("a", 60, "P", "INV1"), item("b", 40, "Q", "INV2")]
    result = run([pay("p", 100, None, None, "INV1 INV2")], items)
    assert pairs(result, unique=True) == set()


@pytest.mark.parametrize(
    ("amount", "charges", "owed"), [(95, 5, 100), (-105, 5, -100), (100, 0, 100)]
)
def test_charges_are_added_before_anything_is_compared(amount, charges, owed):
    for reference in (None, "INV1"):
        result = run(
            [pay("p", amount, "P", reference, charges=charges)], [item("i", owed, reference="INV1")]
        )
        assert pairs(result, unique=True) == UNIQUE
        assert result.matches[0].difference == 0


@pytest.mark.parametrize(
    ("paid", "owed", "rules", "fits"),
    [
        (98, 100, {"tolerance": 2}, True),
        (97, 100, {"tolerance": 2}, False),
        (102, 100, {"tolerance": 2}, True),
        (-98, -100, {"tolerance": 2}, True),
        (105, 100, {"tolerance_percent": 10}, True),
        (123420, 121000, {"tolerance_percent": 2}, True),
        (123421, 121000, {"tolerance_percent": 2}, False),
        (118580, 121000, {"tolerance_percent": 2.0}, True),
        (118579, 121000, {"tolerance_percent": Decimal("2")}, False),
        (1010, 1000, {"tolerance_percent": 0.5}, False),
        (1010, 1000, {"tolerance_percent": 0.5, "tolerance": 10}, True),
        (5002, 5000, {}, False),
        (1, -1, {"tolerance": 5}, False),
    ],
)
def test_the_amount_fits_within_the_larger_tolerance_inclusive(paid, owed, rules, fits):
    for reference in (None, "INV1"):
        result = run([pay("p", paid, "P", reference)], [item("i", owed, reference="INV1")], **rules)
        assert pairs(result, unique=True) == (UNIQUE if fits else set())
        assert not fits or result.matches[0].difference == paid - owed


@pytest.mark.parametrize(
    ("days", "when", "matched"),
    [(30, date(2026, 10, 26), True), (30, date(2026, 10, 25), False), (30, None, True)]
    + [(0, TODAY, True), (None, date(2001, 1, 1), True), (30, date(2026, 12, 26), False)],
)
def test_nothing_outside_the_date_window_is_matched(days, when, matched):
    for reference in (None, "INV1"):
        for entry_date in (TODAY, None):
            entry = pay("p", 100, "P", reference, date=entry_date)
            result = run([entry], [item("i", 100, reference="INV1", date=when)], window_days=days)
            assert pairs(result) == (UNIQUE if matched else set())


def test_partner_is_recognised_by_its_bank_account_when_only_one_has_it():
    items = [item("i", 100, account="GB29 NWBK 6016"), item("other", 100, "Q")]
    entry = pay("p", 100, None, account="gb29nwbk6016")
    result = run([entry], items)
    assert pairs(result, unique=True) == UNIQUE
    assert "partner_by_account" in {reason.code for reason in result.matches[0].reasons}
    shared = [*items, item("third", 30, "R", account="GB29NWBK6016")]
    assert pairs(run([entry], shared), unique=True) == set()


@pytest.mark.parametrize(
    "rules", [{"tolerance": -1}, {"tolerance_percent": 100}, {"window_days": -1}]
)
def test_limits_that_make_no_sense_are_refused(rules):
    with pytest.raises(ValueError):
        Rules(**rules)


def test_a_key_that_comes_twice_or_an_amount_that_is_no_integer_is_refused():
    with pytest.raises(ValueError, match="twice"):
        run([pay("p", 1), pay("p", 2)], [])
    with pytest.raises(ValueError, match="integer"):
        run([], [item("i", 1.5)])
    assert match([], [], Rules(), today=TODAY).matches == ()
