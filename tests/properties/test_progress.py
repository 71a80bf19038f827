"""The way to a tier: the figure that is furthest behind counts."""

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_member.tools.tiering import Figures, Tier, missing_for, progress

NUMBERS = st.integers(0, 10_000)
FIGURES = st.builds(Figures, NUMBERS, NUMBERS, NUMBERS, st.none() | st.integers(0, 100))
TIERS = st.builds(Tier, st.just("gold"), st.just(2), NUMBERS, NUMBERS, NUMBERS, st.integers(0, 100))


@given(FIGURES, TIERS)
def test_way_is_done_exactly_where_nothing_is_missing(figures, tier):
    percent = progress(figures, tier)
    assert 0 <= percent <= 100
    assert (percent == 100) == (not missing_for(figures, tier))


def test_figure_furthest_behind_counts():
    gold = Tier("gold", 2, 1000, 4, 0, 90)
    assert progress(Figures(1000, 1, 9, 90), gold) == 25
    assert progress(Figures(250, 4, 9, 90), gold) == 25
    assert progress(Figures(1000, 4, 9, None), gold) == 0
    assert progress(Figures(600, 4, 9, 90, 400), gold) == 100


def test_tier_that_asks_nothing_is_reached():
    assert progress(Figures(0, 0, 0, None), Tier("normal", 1, None, 0, None, 0)) == 100
    assert progress(Figures(-50, 0, 0, None), Tier("silver", 2, 100, 0, 0, 0)) == 0
