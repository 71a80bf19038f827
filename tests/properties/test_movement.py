"""Whose grade went up or down."""

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.movement import Rating, movements

ratings = st.lists(
    st.builds(
        Rating,
        supplier=st.integers(0, 9),
        score=st.integers(0, 100),
        rank=st.sampled_from([0, 50, 70, 85]),
    ),
    unique_by=lambda rating: rating.supplier,
)


def test_largest_change_comes_first():
    before = [Rating("a", 60, 50), Rating("b", 90, 85), Rating("c", 71, 70)]
    after = [Rating("a", 75, 70), Rating("b", 40, 0), Rating("c", 80, 70)]
    assert [(m.supplier, m.step) for m in movements(before, after)] == [("b", -1), ("a", 1)]


@given(ratings)
def test_who_is_new_or_unchanged_has_not_moved(found):
    assert movements([], found) == movements(found, []) == movements(found, found) == ()


@given(ratings, ratings)
def test_turning_the_periods_round_turns_the_steps_round(before, after):
    there = {m.supplier: (m.step, m.change) for m in movements(before, after)}
    back = {m.supplier: (-m.step, -m.change) for m in movements(after, before)}
    assert there == back
