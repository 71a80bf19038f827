"""Working hours: checked against counting minutes one by one."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.worktime import Worktime

ZERO = datetime(2026, 3, 2)
minutes = st.integers(0, 600)
spans = st.lists(st.tuples(minutes, minutes), max_size=6)


def at(minute):
    return ZERO + timedelta(minutes=minute)


def made(pairs):
    return Worktime((at(start), at(end)) for start, end in pairs)


@given(spans, minutes, minutes)
def test_hours_are_the_minutes_that_lie_in_a_span(pairs, start, end):
    worked = {m for first, last in pairs for m in range(first, last)}
    expected = len(worked & set(range(start, end)))
    assert round(made(pairs).hours(at(start), at(end)) * 60) == expected


@given(spans, st.lists(minutes, min_size=3, max_size=3))
def test_hours_of_two_parts_add_up(pairs, moments):
    first, middle, last = (at(minute) for minute in sorted(moments))
    clock = made(pairs)
    whole = clock.hours(first, last)
    assert abs(clock.hours(first, middle) + clock.hours(middle, last) - whole) < 1e-9


@given(spans, minutes, st.integers(1, 400))
def test_deadline_is_the_first_moment_at_which_so_much_was_worked(pairs, start, wanted):
    clock = made(pairs)
    deadline = clock.after(at(start), wanted / 60)
    if deadline is None:
        assert round(clock.hours(at(start), at(601)) * 60) < wanted
    else:
        assert round(clock.hours(at(start), deadline) * 60) == wanted
        before = deadline - timedelta(minutes=1)
        assert round(clock.hours(at(start), before) * 60) == wanted - 1


@given(spans, minutes, minutes, minutes, minutes)
def test_hours_without_a_pause_are_the_minutes_outside_of_it(pairs, start, end, pause, over):
    worked = {m for first, last in pairs for m in range(first, last)} - set(range(pause, over))
    expected = len(worked & set(range(start, end)))
    clock = made(pairs).without(at(pause), at(over))
    assert round(clock.hours(at(start), at(end)) * 60) == expected


@given(spans, minutes, minutes)
def test_order_of_the_spans_does_not_matter(pairs, start, end):
    answers = {made(order).hours(at(start), at(end)) for order in (pairs, pairs[::-1])}
    assert len(answers) == 1


def test_without_any_working_time_no_deadline_is_met():
    assert Worktime([]).after(ZERO, 1) is None
    assert Worktime([]).hours(ZERO, at(60)) == 0
