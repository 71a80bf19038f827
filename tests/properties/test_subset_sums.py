"""Counting sets of amounts: both ways of counting against every set."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_settlement.tools import subset_sums as bounds
from s2b2b_settlement.tools.subset_sums import subset_sums

AMOUNTS = st.lists(st.integers(-12, 25).filter(bool), max_size=9)


@pytest.mark.parametrize("bits_per_sum", [0, 1 << 60])
@given(AMOUNTS, st.booleans(), st.integers(1, 60), st.integers(0, 4), st.sampled_from([1, 5]))
def test_ways_nearest_and_pick_agree_with_every_set(bits_per_sum, amounts, out, low, width, unit):
    amounts = [amount * unit for amount in amounts]
    low, high = (-low - width, -low) if out else (low, low + width)
    totals = [sum(chosen) for size in range(1, 10) for chosen in combinations(amounts, size)]
    inside = [total for total in totals if low <= total <= high]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "_BITS_PER_SUM", bits_per_sum)
        sums = subset_sums(amounts, min(low, -70), max(high, 70))
    assert sums.ways(low, high) == min(2, len(inside))
    nearest = sums.nearest(low, high, high)
    assert nearest == max(inside, default=None)
    if inside:
        places = sums.pick(nearest)
        assert len(set(places)) == len(places)
        assert sum(amounts[place] for place in places) == nearest


@pytest.mark.parametrize(
    ("amounts", "paid", "ways"),
    [
        (range(1, 61), 1000, 2),
        ([10**9 + 7 * place for place in range(22)], 2 * 10**9 + 7, 1),
        ([2**place for place in range(22)], 2**22 - 1, 1),
        ([100] * 5000, 100 * 5000, 1),
        ([], 5, 0),
    ],
)
def test_large_searches_within_the_bounds_are_proven(amounts, paid, ways):
    assert subset_sums(list(amounts), 1, paid).ways(paid, paid) == ways


def test_search_beyond_the_bounds_is_not_made():
    amounts = [10**9 + place**3 for place in range(60)]
    assert subset_sums(amounts, 1, 10**10) is None


def test_amounts_too_large_to_matter_do_not_count_against_the_bounds():
    amounts = [10**9 + place**3 for place in range(60)] + [3, 4]
    assert subset_sums(amounts, 1, 10).ways(7, 7) == 1
