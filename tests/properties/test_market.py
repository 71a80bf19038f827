"""The median that purchase prices are compared with."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.market import OTHERS, Offer, Purchase, compared, market_prices

suppliers = st.sampled_from("abcdef")
money = st.integers(1, 10_000).map(float)
purchases = st.builds(
    Purchase, st.sampled_from(["tea", "rice"]), suppliers, money, money, st.integers(1, 9)
)
offers = st.builds(Offer, st.sampled_from(["tea", "rice"]), suppliers, money)


def unique(items):
    return list({(item.product, item.supplier): item for item in items}.values())


def others(price, min_quantity=0.0, count=OTHERS):
    return [Offer("tea", f"other {n}", price, min_quantity) for n in range(count)]


@pytest.mark.parametrize("count", range(OTHERS))
def test_fewer_than_three_others_are_no_market(count):
    bought = [Purchase("tea", "a", 120, 10, 1)]
    assert market_prices(bought, [Offer("tea", "a", 9.0), *others(9.0, count=count)]) == {}


def test_goods_that_nobody_bought_have_no_market_price():
    assert market_prices([], [Offer("tea", "a", 9.0), *others(8.0)]) == {}


def test_own_offer_does_not_count_beside_what_was_paid():
    bought = [Purchase("tea", "a", 120, 10, 1)]
    offers = [Offer("tea", "a", 1.0), Offer("tea", "b", 10.0), *others(14.0, count=2)]
    assert market_prices(bought, offers) == {"tea": 13}


def test_offer_counts_from_the_usual_quantity_of_a_line_on():
    bought = [Purchase("tea", "a", 120, 10, 2)]
    assert market_prices(bought, others(10.0, 5.0)) == {"tea": 10}
    assert market_prices(bought, others(10.0, 5.1)) == {}


def test_best_of_several_offers_of_one_supplier_counts():
    bought = [Purchase("tea", "a", 120, 10, 1)]
    offers = [*others(10.0), *others(8.0, 10), *others(2.0, 99)]
    assert market_prices(bought, offers) == {"tea": 8}


def test_what_is_free_has_no_price():
    bought = [Purchase("tea", "a", 120, 10, 1), Purchase("tea", "b", 0, 10, 1)]
    assert market_prices(bought, [Offer("tea", "c", 0.0), *others(8.0, count=2)]) == {}


def test_goods_that_cost_nothing_at_the_median_are_not_compared():
    with pytest.raises(ValueError, match="median"):
        compared(10, 0)


@given(money, money)
def test_comparison_is_in_whole_percents_and_near(paid, market):
    percent = 100 * compared(paid, market)
    assert round(percent, 6) == round(percent)
    assert abs(percent - 100 * paid / market) <= 0.5 + 1e-6


@pytest.mark.parametrize("noise", [-1e-12, 0, 1e-12])
@pytest.mark.parametrize(("paid", "told"), [(104.5, 1.04), (105.5, 1.06), (106.5, 1.06)])
def test_noise_of_a_sum_does_not_turn_half_a_percent(paid, told, noise):
    assert compared(paid * (1 + noise), 100) == told


@given(st.lists(purchases).map(unique))
def test_without_offers_it_is_the_median_of_mean_prices(bought):
    expected = {}
    for product in {p.product for p in bought}:
        prices = [p.paid / p.quantity for p in bought if p.product == product]
        if len(prices) > OTHERS:
            expected[product] = median(prices)
    assert market_prices(bought, []) == expected


@given(st.lists(purchases).map(unique), st.lists(offers), st.randoms())
def test_order_of_the_input_does_not_matter(bought, asked, random):
    answer = market_prices(bought, asked)
    random.shuffle(bought)
    random.shuffle(asked)
    assert market_prices(bought, asked) == answer


@given(st.lists(purchases).map(unique), st.lists(offers))
def test_median_lies_within_the_prices(bought, asked):
    for product, price in market_prices(bought, asked).items():
        prices = [p.paid / p.quantity for p in bought if p.product == product]
        prices += [o.price for o in asked if o.product == product]
        assert min(prices) <= price <= max(prices)
