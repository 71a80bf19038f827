"""What of a line counts as promised once its quantity was changed."""

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.promise import promised_quantity

quantities = st.integers(0, 1000)


@given(quantities, quantities)
def test_nothing_changes_it_once_the_line_is_settled(promised, ordered):
    assert promised_quantity(promised, ordered, is_settled=True) == promised


@given(quantities.filter(bool), st.lists(quantities.filter(bool), min_size=1))
def test_least_ordered_before_that_counts_whatever_the_order_of_changes(promised, changes):
    left = promised
    for ordered in changes:
        left = promised_quantity(left, ordered, is_settled=False)
    assert left == min(promised, *changes)


@given(quantities)
def test_line_that_was_taken_off_and_put_back_is_promised_anew(ordered):
    assert promised_quantity(0, ordered, is_settled=False) == ordered


def test_negative_quantity_promises_nothing():
    assert promised_quantity(5, -2, is_settled=False) == 0
