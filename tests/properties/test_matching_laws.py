"""Laws of every matching: order, overlap, completeness, currency, partner, amount."""

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from matching_cases import ENTRIES, ITEMS, RULES, TODAY, item, pay, run
from s2b2b_settlement.tools.matching import match


@given(ENTRIES, ITEMS, RULES, st.randoms(use_true_random=False))
def test_same_input_in_any_order_gives_the_same_answer(entries, items, rules, chance):
    result = match(entries, items, rules, today=TODAY)
    chance.shuffle(entries)
    chance.shuffle(items)
    assert match(entries, items, rules, today=TODAY) == result


@given(ENTRIES, ITEMS, RULES)
def test_every_key_is_in_one_match_or_left_over_once(entries, items, rules):
    result = match(entries, items, rules, today=TODAY)
    for side, things, part in (("entry", entries, "entries"), ("candidate", items, "candidates")):
        seen = [key for found in result.matches for key in getattr(found, part)]
        seen += [left.key for left in result.leftovers if left.side == side]
        assert Counter(seen) == Counter(thing.key for thing in things)


@given(ENTRIES, ITEMS, RULES)
def test_every_match_keeps_to_currency_sign_and_states_its_difference(entries, items, rules):
    payments, open_items = _by_key(entries), _by_key(items)
    for found in match(entries, items, rules, today=TODAY).matches:
        paid = [payments[key] for key in found.entries]
        owed = [open_items[key] for key in found.candidates]
        assert len({thing.currency for thing in [*paid, *owed]}) == 1
        assert sum(p.value for p in paid) - sum(o.amount for o in owed) == found.difference
        assert found.reasons
        assert all(reason.code for reason in found.reasons)
        assert 0 < found.confidence <= 1


@given(ENTRIES, ITEMS, RULES)
def test_unique_matches_fit_agree_on_the_partner_and_lie_in_the_window(entries, items, rules):
    payments, open_items = _by_key(entries), _by_key(items)
    for found in match(entries, items, rules, today=TODAY).matches:
        if not found.unique:
            assert found.confidence < rules.threshold
            continue
        paid = [payments[key] for key in found.entries]
        owed = [open_items[key] for key in found.candidates]
        total, due = sum(p.value for p in paid), sum(o.amount for o in owed)
        allowed = max(rules.tolerance, abs(due) * rules.tolerance_percent / 100)
        assert total * due > 0
        assert abs(found.difference) <= allowed
        assert len({thing.partner for thing in [*paid, *owed]} - {None}) <= 1
        assert found.confidence >= rules.threshold
        for payment in paid:
            assert all(_in_window(payment, open_item, rules) for open_item in owed)


@given(ENTRIES, ITEMS, RULES)
def test_every_leftover_says_why(entries, items, rules):
    result = match(entries, items, rules, today=TODAY)
    assert all(left.reason and left.reason.code for left in result.leftovers)


def test_keys_of_any_kind_are_matched_in_any_order():
    keys = [("account.move", 3), "INV/1", 7, frozenset({1})]
    entries = [pay(key, 100) for key in keys]
    items = [item(key, 100) for key in keys]
    expected = run(entries, items)
    for seed in range(5):
        chance = random.Random(seed)
        chance.shuffle(entries)
        chance.shuffle(items)
        assert run(entries, items) == expected


def _by_key(things):
    return {thing.key: thing for thing in things}


def _in_window(payment, open_item, rules):
    if rules.window_days is None or open_item.date is None:
        return True
    return abs(((payment.date or TODAY) - open_item.date).days) <= rules.window_days
