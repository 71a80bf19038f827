from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.fitness import Ordered, Standing, Unfit, asks_more, unfit

numbers = st.integers(0, 50)
amounts = st.decimals(0, 1000, places=2)
ordered = st.builds(
    Ordered,
    supplier=st.integers(1, 2),
    product=st.integers(1, 2),
    quantity=numbers,
    amount=amounts,
)


@given(ordered)
def test_the_same_again_is_never_more(line):
    assert not asks_more(line, line)


@given(ordered, ordered)
def test_of_two_states_that_differ_in_one_figure_just_one_way_is_more(first, second):
    second = Ordered(first.supplier, first.product, first.quantity, second.amount)
    if first.quantity and first.amount != second.amount:
        assert asks_more(first, second) != asks_more(second, first)


@given(ordered, ordered)
def test_another_product_or_supplier_is_more_whatever_the_figures(before, after):
    if after.quantity and (before.supplier, before.product) != (after.supplier, after.product):
        assert asks_more(before, after)


@given(ordered)
def test_new_line_is_more_unless_it_orders_nothing(line):
    assert asks_more(None, line) == (line.quantity > 0)


@given(amounts, amounts, st.none() | amounts)
def test_exposure_is_what_is_open_and_what_is_added(opened, added, limit):
    standing = Standing("qualified", exposure_limit=limit, open_amount=opened)
    found = unfit(standing, exposure=added, today=date.min)
    exceeded = limit is not None and opened + added > limit
    assert found == (Unfit("exposure") if exceeded else None)
    assert unfit(standing, today=date.min) is None
