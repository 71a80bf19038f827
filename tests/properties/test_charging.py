"""Commission charged as goods arrive, netting and periods: sums close to the cent."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_settlement.tools.charging import (
    Charged,
    Fee,
    Movement,
    charge,
    share_due,
    uncovered,
)
from s2b2b_settlement.tools.netting import netting
from s2b2b_settlement.tools.periods import period_before

START = date(2026, 1, 1)
quantities = st.integers(-50, 100).filter(bool).map(Decimal)
fees = st.builds(
    Fee,
    line=st.just("line"),
    amount=st.integers(0, 10**6),
    quantity=st.integers(1, 200).map(Decimal),
)
amounts = st.integers(-(10**6), 10**6)


@st.composite
def movement_lists(draw):
    steps = draw(st.lists(st.tuples(quantities, st.integers(0, 60)), max_size=12))
    return [
        Movement(key, "line", quantity, START + timedelta(days=day))
        for key, (quantity, day) in enumerate(steps)
    ]


@given(fees, movement_lists())
def test_charges_come_to_the_share_of_what_was_delivered(fee, movements):
    charges = charge(movements, [fee], {})
    total = sum(movement.quantity for movement in movements)
    assert sum(item.amount for item in charges) == share_due(fee.amount, fee.quantity, total)


@given(fees, movement_lists(), st.integers(0, 12))
def test_settling_in_two_parts_comes_to_the_same(fee, movements, cut):
    movements = sorted(movements, key=lambda m: m.day)
    first = charge(movements[:cut], [fee], {})
    before = Charged(
        sum((m.quantity for m in movements[:cut]), Decimal(0)), sum(c.amount for c in first)
    )
    second = charge(movements[cut:], [fee], {"line": before})
    whole = charge(movements, [fee], {})
    parts = sum(item.amount for item in [*first, *second])
    assert parts == sum(item.amount for item in whole)


@given(fees)
def test_delivered_and_returned_whole_leaves_nothing(fee):
    there = Movement(1, "line", fee.quantity, START)
    back = Movement(2, "line", -fee.quantity, START + timedelta(days=1))
    charges = charge([there, back], [fee], {})
    assert sum(item.amount for item in charges if item.movement == 1) == fee.amount
    assert sum(item.amount for item in charges) == 0


def test_adjustment_charges_what_is_due_for_deliveries_already_settled():
    fee = Fee("line", 1500, Decimal(10), adjustment="later")
    [item] = charge([], [fee], {"line": Charged(Decimal(6), 600)})
    assert (item.amount, item.adjustment, item.movement) == (300, "later", None)


@given(movement_lists(), st.integers(0, 300).map(Decimal))
def test_what_other_bills_have_is_taken_off_once(movements, covered):
    left = uncovered(movements, {"line": covered})
    arrived = sum((m.quantity for m in movements if m.quantity > 0), Decimal(0))
    before = sum((m.quantity for m in movements), Decimal(0))
    after = sum((m.quantity for m in left), Decimal(0))
    assert before - after == min(arrived, covered)


@given(amounts, amounts)
def test_netting_leaves_no_two_open_amounts_against_each_other(payable, receivable):
    moved = netting(payable, receivable)
    owed, claimed = payable - moved, receivable - moved
    assert owed - claimed == payable - receivable
    assert claimed >= 0
    assert not (owed > 0 and claimed > 0)


@given(st.sampled_from(["weekly", "fortnightly", "monthly"]), st.dates(date(2024, 6, 1)))
def test_periods_are_over_and_follow_each_other(policy, today):
    first, last = period_before(policy, today)
    assert first <= last < today
    assert period_before(policy, first)[1] == first - timedelta(days=1)
    assert period_before(policy, last + timedelta(days=1)) == (first, last)


def test_other_policies_have_no_periods():
    with pytest.raises(ValueError, match="off"):
        period_before("off", date(2026, 1, 1))
