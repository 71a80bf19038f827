"""What may be called unique, against a search of every set."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_cases import AMOUNTS, ENTRIES, ITEMS, NAMED, RULES, TODAY, item, pairs, pay, run
from s2b2b_settlement.tools.matching import Rules, match

PAID = st.integers(-30, 80).filter(bool)
TOLERANCES = st.sampled_from([0, 0, 1, 3])


def fitting_sets(amounts, paid, tolerance, percent=0):
    """Return every set of positions whose amounts are near enough to ``paid``."""
    found = []
    for size in range(1, len(amounts) + 1):
        for places in combinations(range(len(amounts)), size):
            owed = sum(amounts[place] for place in places)
            allowed = max(tolerance, abs(owed) * percent / 100)
            if paid * owed > 0 and abs(paid - owed) <= allowed:
                found.append(places)
    return found


@given(AMOUNTS, PAID, TOLERANCES)
def test_one_payment_is_unique_exactly_when_a_search_of_all_sets_says_so(amounts, paid, tolerance):
    sets = fitting_sets(amounts, paid, tolerance)
    single = [places for places in sets if len(places) == 1]
    expected = {((0,), sets[0])} if len(sets) == 1 else set()
    if len(single) == 1 and amounts[single[0][0]] == paid:
        expected = {((0,), single[0])}
    items = [item(place, amount) for place, amount in enumerate(amounts)]
    assert pairs(run([pay(0, paid)], items, tolerance=tolerance), unique=True) == expected


@given(AMOUNTS, PAID, TOLERANCES)
def test_one_item_is_unique_exactly_when_a_search_of_all_payments_says_so(amounts, owed, tolerance):
    sets = fitting_sets(amounts, owed, tolerance)
    single = [places for places in sets if len(places) == 1]
    expected = {(sets[0], (0,))} if len(sets) == 1 else set()
    if len(single) == 1:
        expected = {(single[0], (0,))}
    entries = [pay(place, amount) for place, amount in enumerate(amounts)]
    assert pairs(run(entries, [item(0, owed)], tolerance=tolerance), unique=True) == expected


@given(ENTRIES, ITEMS, RULES)
def test_unique_by_amount_or_sum_has_no_rival_among_all_open_items(entries, items, rules):
    by_key = {open_item.key: open_item for open_item in items}
    for found in match(entries, items, rules, today=TODAY).matches:
        if not found.unique or found.rule == "reference":
            continue
        first = by_key[found.candidates[0]]
        group = (first.partner, first.currency)
        rivals = [i for i in items if i.amount and (i.partner, i.currency) == group]
        paid = found.difference + sum(by_key[key].amount for key in found.candidates)
        sets = [
            {rivals[place].key for place in places}
            for places in fitting_sets(
                [i.amount for i in rivals], paid, rules.tolerance, rules.tolerance_percent
            )
        ]
        if found.rule == "amount" and not found.difference:
            sets = [keys for keys in sets if len(keys) == 1]
        assert sets == [set(found.candidates)]


@given(ENTRIES, ITEMS, RULES)
def test_unique_by_reference_has_every_bearer_and_every_payment_that_names_it(
    entries, items, rules
):
    for found in match(entries, items, rules, today=TODAY).matches:
        if not found.unique or found.rule != "reference":
            continue
        payers = [entry for entry in entries if entry.key in found.entries]
        named = frozenset().union(*(NAMED[e.reference] | NAMED[e.text] for e in payers))
        bearers = [i for i in items if i.amount and NAMED[i.reference] & named]
        assert {i.key for i in bearers} == set(found.candidates)
        borne = frozenset().union(*(NAMED[i.reference] for i in bearers))
        partners = {thing.partner for thing in [*payers, *bearers]} | {None}
        rivals = [
            e.key
            for e in entries
            if e.value and e.currency == payers[0].currency and e.partner in partners
            if (NAMED[e.reference] | NAMED[e.text]) & borne
        ]
        if partners != {None}:
            assert set(rivals) == set(found.entries)


@given(ENTRIES, ITEMS)
def test_identical_second_item_makes_an_amount_not_unique(entries, items):
    by_key = {open_item.key: open_item for open_item in items}
    for found in match(entries, items, Rules(), today=TODAY).matches:
        if found.unique and found.rule == "amount":
            twin = replace(by_key[found.candidates[0]], key="twin")
            again = match(entries, [*items, twin], Rules(), today=TODAY)
            assert not any(m.unique for m in again.matches if m.entries == found.entries)


@given(ENTRIES, ITEMS, RULES)
def test_second_payment_of_the_same_items_makes_them_not_unique(entries, items, rules):
    by_key = {entry.key: entry for entry in entries}
    for found in match(entries, items, rules, today=TODAY).matches:
        if found.unique and len(found.entries) == 1:
            twin = replace(by_key[found.entries[0]], key="twin")
            again = match([*entries, twin], items, rules, today=TODAY)
            taken = [m for m in again.matches if set(m.candidates) & set(found.candidates)]
            assert not any(m.unique for m in taken if len(m.entries) == 1)


@pytest.mark.parametrize(
    ("amounts", "paid", "expected"),
    [
        ((60, 40, 30), 100, {((0,), (0, 1))}),
        ((60, 40, 60), 100, set()),
        ((100, -30), 70, {((0,), (0, 1))}),
        ((100, -30, 70), 70, {((0,), (2,))}),
        ((50, 20, 25, -25), 70, set()),
        ((-100, -50), -150, {((0,), (0, 1))}),
        ((100,), -100, set()),
        ((100, 60, 40), 100, {((0,), (0,))}),
    ],
)
def test_sums_include_credit_notes_and_count_every_other_set(amounts, paid, expected):
    items = [item(place, amount) for place, amount in enumerate(amounts)]
    assert pairs(run([pay(0, paid)], items), unique=True) == expected


def test_payments_that_settle_something_alone_are_not_taken_together():
    items = [item("a", 100), item("b", 35), item("c", 25)]
    assert pairs(run([pay(1, 60), pay(2, 40)], items), unique=True) == {((1,), ("b", "c"))}


def test_a_sum_is_not_unique_when_other_payments_fit_one_of_its_items():
    items = [item("a", 45), item("b", 5)]
    result = run([pay(1, 50), pay(2, 5), pay(3, 5)], items)
    assert pairs(result, unique=True) == set()


def test_two_sets_of_payments_for_one_item_are_not_unique():
    entries = [pay(1, 30), pay(2, 40), pay(3, 30)]
    assert pairs(run(entries, [item("a", 70)]), unique=True) == set()


def test_two_items_for_one_set_of_payments_are_not_unique():
    items = [item("a", 70), item("b", 70)]
    assert pairs(run([pay(1, 30), pay(2, 40)], items), unique=True) == set()
