"""Keys of any kind have one order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_order.tools.ordering import order_key

plain = st.one_of(st.integers(), st.floats(allow_nan=False), st.text(), st.none(), st.dates())
keys = st.lists(plain | st.lists(plain, max_size=3).map(tuple), unique=True)


@given(keys, st.randoms(use_true_random=False))
def test_keys_of_any_kind_sort_the_same_from_any_order(keys, rng):
    shuffled = list(keys)
    rng.shuffle(shuffled)
    assert sorted(shuffled, key=order_key) == sorted(keys, key=order_key)


def test_numbers_go_by_value_before_text_tuples_and_the_rest():
    unsorted = [date(2026, 1, 1), ("a",), "b", 10, 9.5, "a", None, -1]
    in_order = [-1, 9.5, 10, "a", "b", ("a",), None, date(2026, 1, 1)]
    assert sorted(unsorted, key=order_key) == in_order
