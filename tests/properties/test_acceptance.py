"""How much of what suppliers were asked for they accepted, in time."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_order.tools.acceptance import Asked, acceptance, accepted_share

DUE = datetime(2026, 3, 2, 16)
quantities = st.integers(0, 100)
moments = st.integers(-50, 50).map(lambda hours: DUE + timedelta(hours=hours))
lines = st.builds(Asked, quantities, quantities, st.just(DUE), st.none() | moments)


@given(st.lists(lines), moments, st.randoms())
def test_shares_stay_between_none_and_all_in_any_order(asked, now, random):
    total, count = acceptance(asked, now)
    assert 0 <= total <= count <= len(asked)
    random.shuffle(asked)
    again = acceptance(asked, now)
    assert round(again[0], 9) == round(total, 9)
    assert again[1] == count


@given(quantities.filter(bool), quantities, moments)
def test_late_answer_is_worth_no_more_than_silence(quantity, accepted, answered):
    late = Asked(quantity, accepted, DUE, max(answered, DUE + timedelta(seconds=1)))
    silent = Asked(quantity, accepted, DUE, None)
    after = DUE + timedelta(days=9)
    assert accepted_share(late, after) == accepted_share(silent, after) == 0


@given(quantities.filter(bool), quantities)
def test_accepting_more_than_asked_is_worth_no_more(quantity, accepted):
    line = Asked(quantity, accepted, DUE, DUE)
    assert accepted_share(line, DUE) == min(1, accepted / quantity)


def test_supplier_that_still_has_time_is_not_judged():
    assert accepted_share(Asked(5, 0, DUE, None), DUE) is None
    assert accepted_share(Asked(0, 0, DUE, DUE), DUE) is None
