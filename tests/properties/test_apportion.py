"""Whole units split in proportion, without losing or inventing one."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_order.tools.apportion import apportion

totals = st.integers(-(10**9), 10**9)
weights = st.lists(st.integers(0, 10**6) | st.decimals(0, 1000, places=3), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (10, [1, 1], [5, 5]),
        (10, [1, 1, 1], [4, 3, 3]),
        (11, [1, 1, 1], [4, 4, 3]),
        (-10, [1, 1, 1], [-4, -3, -3]),
        (100, [Decimal("0.5"), Decimal("0.25"), Decimal("0.25")], [50, 25, 25]),
        (1, [1, 2], [0, 1]),
        (5, [0, 3], [0, 5]),
        (7, [0, 0], [4, 3]),
        (0, [3, 4], [0, 0]),
        (0, [], []),
        (10, [Fraction(1, 3)], [10]),
        (3, [3, 1], [2, 1]),
        (2, [3, 1], [2, 0]),
    ],
)
def test_units_go_by_weight_and_what_is_left_to_the_largest_remainders(total, weights, shares):
    assert apportion(total, weights) == shares


@given(totals, weights)
def test_shares_add_up_and_are_less_than_a_unit_off(total, weights):
    shares = apportion(total, weights)
    whole = sum(map(Fraction, weights))
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        exact = total * Fraction(weight) / whole if whole else Fraction(total, len(weights))
        assert abs(share - exact) < 1


@given(totals, weights, st.integers())
def test_each_key_gets_the_same_share_in_any_order(total, weights, seed):
    keys = list(range(len(weights)))
    order = list(keys)
    random.Random(seed).shuffle(order)
    shuffled = apportion(total, [weights[i] for i in order], [keys[i] for i in order])
    straight = apportion(total, weights, keys)
    assert dict(zip(order, shuffled, strict=True)) == dict(zip(keys, straight, strict=True))


@given(totals, weights)
def test_taking_back_mirrors_giving(total, weights):
    assert apportion(-total, weights) == [-share for share in apportion(total, weights)]


@given(totals, weights, st.integers(1, 50))
def test_only_the_ratio_of_the_weights_counts(total, weights, factor):
    assert apportion(total, [weight * factor for weight in weights]) == apportion(total, weights)


def test_equal_remainders_go_to_the_larger_weight_and_then_the_smaller_key():
    assert apportion(1, [1, 1], ["b", "a"]) == [0, 1]
    assert apportion(2, [1, 3], ["a", "b"]) == [0, 2]
    assert apportion(1, [1, 1, 1], [("x", 2), 10, 9]) == [0, 0, 1]


@pytest.mark.parametrize(
    ("total", "weights", "keys", "message"),
    [
        (10.0, [1], None, "whole number of units"),
        (True, [1], None, "whole number of units"),
        (1, [], None, "nobody to bear"),
        (1, [1, -1], None, "No weight may be negative"),
        (1, [1, Decimal("NaN")], None, "finite"),
        (1, [1, float("inf")], None, "finite"),
        (1, [None], None, "finite"),
        (1, [1, 1], ["a"], "one key of its own"),
        (1, [1, 1], ["a", "a"], "one key of its own"),
    ],
)
def test_what_cannot_be_split_is_refused(total, weights, keys, message):
    with pytest.raises(ValueError, match=message):
        apportion(total, weights, keys)
