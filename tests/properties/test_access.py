"""Laws of who may buy what."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_member.tools.access import Buyer, Offered, refusal

TODAY = date(2026, 5, 1)
ranks = st.none() | st.integers(0, 9)
offers = st.builds(
    Offered,
    ranks,
    st.just("Gold"),
    st.none() | st.integers(-9, 9).map(lambda n: TODAY + timedelta(n)),
)
buyers = st.builds(Buyer, ranks, st.integers(0, 9))


@given(offers, buyers)
def test_higher_tier_and_more_days_never_close_a_product(offered, buyer):
    better = Buyer((buyer.rank or 0) + 1, buyer.early_days + 1)
    if refusal(offered, buyer, today=TODAY) is None:
        assert refusal(offered, better, today=TODAY) is None


@given(offers, buyers)
def test_what_is_sold_once_stays_on_sale(offered, buyer):
    if refusal(offered, buyer, today=TODAY) is None:
        assert refusal(offered, buyer, today=TODAY + timedelta(1)) is None


@given(buyers)
def test_product_that_asks_nothing_is_for_everybody(buyer):
    assert refusal(Offered(), buyer, today=TODAY) is None


def test_reason_names_the_tier_before_the_day():
    offered = Offered(2, "Gold", TODAY + timedelta(5))
    assert refusal(offered, Buyer(1, 0), today=TODAY).code == "tier"
    assert refusal(offered, Buyer(2, 4), today=TODAY).params["day"] == TODAY + timedelta(1)
    assert refusal(offered, Buyer(2, 5), today=TODAY) is None
