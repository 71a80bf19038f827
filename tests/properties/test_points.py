"""Laws of the points ledger: nothing is lost or doubled, whatever is booked in whatever order."""

import datetime
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_member.tools.points import (
    Booking,
    Lot,
    Shortage,
    apportion,
    book,
    earned,
    expirations,
    spent,
)

DAYS = st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 20))
TODAY = datetime.date(2026, 1, 10)


@st.composite
def ledgers(draw):
    """Lots of one account, as an account has them: never points and a debt at once."""
    sign = draw(st.sampled_from((1, 1, 1, -1)))
    count = draw(st.integers(0, 6))
    return [Lot(f"l{n}", "m", sign * draw(st.integers(0, 50)), draw(DAYS)) for n in range(count)]


@st.composite
def histories(draw):
    count = draw(st.integers(1, 12))
    return [
        Booking(f"b{n}", "m", draw(st.integers(-60, 60)), draw(DAYS), covered=False)
        for n in range(count)
    ]


def _after(lots, plan, bookings):
    """The lots of the account after ``plan``."""
    old = [Lot(lot.key, lot.account, plan.remaining[lot.key], lot.expires) for lot in lots]
    by_key = {booking.key: booking for booking in bookings}
    moves = {}
    for done in plan.booked:
        moves[done.key] = moves.get(done.key, 0) + done.remaining
        for key, quantity in done.moved.items():
            if key in by_key:
                moves[key] = moves.get(key, 0) + quantity
    return old + [Lot(k, "m", left, by_key[k].expires) for k, left in moves.items()]


@given(ledgers(), histories())
def test_what_remains_is_the_sum_of_all_bookings(lots, bookings):
    after = _after(lots, book(lots, bookings), bookings)
    start = sum(lot.remaining for lot in lots)
    assert sum(lot.remaining for lot in after) == start + sum(b.quantity for b in bookings)


@given(ledgers(), histories())
def test_there_are_never_points_and_a_debt_at_once(lots, bookings):
    left = [lot.remaining for lot in _after(lots, book(lots, bookings), bookings)]
    assert all(n >= 0 for n in left) or all(n <= 0 for n in left)


@given(ledgers(), histories())
def test_booking_together_is_booking_one_by_one(lots, bookings):
    together = _after(lots, book(lots, bookings), bookings)
    state = lots
    for booking in bookings:
        state = _after(state, book(state, [booking]), [booking])
    assert {(lot.key, lot.remaining) for lot in state} == {
        (lot.key, lot.remaining) for lot in together
    }


@given(ledgers(), st.integers(1, 80))
def test_spending_takes_what_expires_first(lots, quantity):
    plan = book(lots, [Booking("s", "m", -quantity)])
    touched = [lot for lot in lots if plan.remaining[lot.key] < lot.remaining]
    untouched = [lot for lot in lots if plan.remaining[lot.key] > 0]
    for used in touched:
        for kept in untouched:
            assert (used.expires or datetime.date.max) <= (kept.expires or datetime.date.max)


@given(ledgers(), st.integers(1, 80))
def test_what_was_spent_and_comes_back_leaves_all_as_it_was(lots, quantity):
    lots = [lot for lot in lots if lot.remaining > 0]
    spent = book(lots, [Booking("s", "m", -quantity)])
    (taking,) = spent.booked
    returned = {key: -moved for key, moved in taking.moved.items()}
    state = _after(lots, spent, [Booking("s", "m", -quantity)])
    back = book(state, [Booking("r", "m", quantity, returned=returned)])
    assert {lot.key: back.remaining[lot.key] for lot in lots} == {
        lot.key: lot.remaining for lot in lots
    }
    assert back.remaining["s"] == 0
    assert back.booked[0].remaining == 0


@given(ledgers(), st.integers(1, 300))
def test_covered_booking_passes_only_with_enough_points(lots, quantity):
    balance = sum(lot.remaining for lot in lots)
    booking = Booking("s", "m", -quantity, covered=True)
    if quantity <= balance:
        assert book(lots, [booking]).booked[0].remaining == 0
    else:
        with pytest.raises(Shortage) as caught:
            book(lots, [booking])
        assert caught.value.missing == quantity - max(balance, 0)


@given(ledgers())
def test_expiring_leaves_nothing_that_is_past_and_all_that_is_not(lots):
    gone = expirations(lots, TODAY)
    bookings = [Booking(f"x{key}", "m", -n, first=(key,)) for key, n in gone.items()]
    plan = book(lots, bookings)
    for lot in lots:
        past = lot.expires is not None and lot.expires < TODAY
        expected = min(lot.remaining, 0) if past else lot.remaining
        assert plan.remaining[lot.key] == expected


def test_points_taken_back_come_from_their_own_lot_first():
    lots = [Lot("old", "m", 50, TODAY), Lot("own", "m", 50, None)]
    plan = book(lots, [Booking("r", "m", -60, first=("own",))])
    assert plan.remaining == {"old": 40, "own": 0}


def test_points_of_one_member_never_pay_for_another():
    lots = [Lot("a", "m", 50), Lot("b", "n", 50)]
    with pytest.raises(Shortage):
        book(lots, [Booking("s", "m", -51, covered=True)])


def test_debt_is_paid_by_the_next_points_before_they_can_be_spent():
    lots = [Lot("debt", "m", -30)]
    plan = book(lots, [Booking("e", "m", 50), Booking("s", "m", -20, covered=True)])
    assert plan.remaining == {"debt": 0}
    assert [done.remaining for done in plan.booked] == [20, 0]
    with pytest.raises(Shortage):
        book(lots, [Booking("e", "m", 50), Booking("s", "m", -21, covered=True)])


@given(
    st.lists(st.integers(0, 10**7), min_size=1, max_size=6),
    st.decimals(Decimal("0.001"), Decimal(5), places=4),
)
def test_what_is_invoiced_in_parts_earns_what_the_whole_earns(amounts, rate):
    parts = {str(key): earned(amount, rate) for key, amount in enumerate(amounts)}
    points = apportion(parts, {})
    assert sum(points.values()) == math.floor(earned(sum(amounts), rate))
    assert all(abs(points[key] - parts[key]) < 1 for key in parts)


fractions = st.decimals(0, 50, places=2)


@given(st.lists(st.tuples(st.integers(0, 5), fractions), max_size=12))
def test_parts_add_up_whatever_is_paid_credited_and_paid_again_in_whatever_order(steps):
    exact, booked = {}, {}
    for part, value in steps:
        exact[str(part)] = value
        points = apportion(exact, booked)
        assert sum(points.values()) == math.floor(sum(exact.values()))
        assert all(abs(points[key] - exact[key]) < 1 for key in exact)
        assert apportion(exact, points) == points, "what is right stays"
        booked = points


def test_the_part_that_comes_last_gets_the_rest():
    halves = {"a": Decimal("1.5"), "b": Decimal("1.5")}
    assert apportion(halves, {"a": 1}) == {"a": 1, "b": 2}
    assert apportion(halves, {"b": 1}) == {"a": 2, "b": 1}


rewards = st.lists(st.tuples(fractions, fractions, fractions), max_size=5)


@given(rewards)
def test_rewards_cost_no_more_than_they_did_and_never_less_than_nothing(some):
    whole = spent([(cost, worth, Decimal(0)) for cost, worth, _credited in some])
    assert 0 <= spent(some) <= whole == math.ceil(sum(cost for cost, _w, _c in some))
    credited = [(cost, worth, worth) for cost, worth, _c in some if worth]
    assert spent(credited) == 0


def test_less_than_nothing_earns_nothing():
    assert earned(-500, Decimal(1)) == 0
