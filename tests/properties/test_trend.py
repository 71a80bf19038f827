"""The spots of a chart of scores stay inside it, in their order, the better the higher."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.trend import points

WIDTH, HEIGHT, MARGIN = 640, 200, 36
scores = st.lists(st.floats(0, 100), max_size=24)


@pytest.mark.parametrize(
    ("given_scores", "spots"),
    [
        ([], []),
        ([100], [(50, 10)]),
        ([0], [(50, 50)]),
        ([50, 50], [(10, 30), (90, 30)]),
        ([0, 25, 100], [(10, 50), (50, 40), (90, 10)]),
        ([-20, 120], [(10, 50), (90, 10)]),
    ],
)
def test_spots_of_a_small_chart(given_scores, spots):
    assert points(given_scores, 100, 60, 10) == spots


@given(scores)
def test_every_score_has_one_spot_inside_the_margins(found):
    spots = points(found, WIDTH, HEIGHT, MARGIN)
    assert len(spots) == len(found)
    assert all(MARGIN <= x <= WIDTH - MARGIN for x, _y in spots)
    assert all(MARGIN <= y <= HEIGHT - MARGIN for _x, y in spots)


@given(scores.filter(lambda found: len(found) > 1))
def test_oldest_is_left_the_newest_right_and_the_steps_are_even(found):
    places = [x for x, _y in points(found, WIDTH, HEIGHT, MARGIN)]
    assert (places[0], places[-1]) == (MARGIN, WIDTH - MARGIN)
    step = (WIDTH - 2 * MARGIN) / (len(found) - 1)
    # Each place is rounded to a tenth.
    assert all(
        after - before == pytest.approx(step, abs=0.11)
        for before, after in zip(places, places[1:], strict=False)
    )


@given(scores)
def test_better_is_never_lower(found):
    ranked = sorted(zip(found, points(found, WIDTH, HEIGHT, MARGIN), strict=True))
    heights = [y for _score, (_x, y) in ranked]
    assert heights == sorted(heights, reverse=True)
