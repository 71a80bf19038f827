"""Rules of the allocation that decide who is served and by whom, one named test each."""

from decimal import Decimal
from fractions import Fraction

import pytest
from allocation_cases import TODAY, demand, offer, steps, supplier, taken
from s2b2b_order.tools.allocation import Assignment, Policy, allocate

CHEAPEST = Policy()
ONE_OFFER = Policy(split=False)


def plan_of(demands, offers, suppliers=None, policy=CHEAPEST):
    suppliers = [supplier()] if suppliers is None else suppliers
    return allocate(demands, offers, suppliers, policy, today=TODAY)


def test_the_cheapest_offer_serves_a_demand():
    plan = plan_of([demand()], [offer("dear", price=11), offer("cheap", price=9)])
    assert plan.assignments == (Assignment("d", "cheap", 10),)
    assert (plan.objective, plan.bound, plan.status) == (90, 90, "optimal")
    assert not plan.shortages


def test_a_demand_is_split_where_the_cheapest_has_too_little():
    plan = plan_of([demand()], [offer("cheap", price=9, available=6), offer("dear", price=11)])
    assert steps(plan) == {("d", "cheap"): 6, ("d", "dear"): 4}
    assert plan.objective == 6 * 9 + 4 * 11


@pytest.mark.parametrize(("available", "served"), [(0, 0), (-3, 0), (7, 7), (None, 10)])
def test_what_is_available_limits_what_is_served(available, served):
    plan = plan_of([demand()], [offer("o", available=available)])
    assert sum(taken(plan).values()) == served
    assert plan.shortages["d"] == 10 - served


def test_shortages_name_only_the_demands_that_are_short():
    plan = plan_of(
        [demand("served", 4), demand("short", 8, "q")],
        [offer("p", available=4), offer("q", available=3, product="q")],
    )
    assert plan.shortages == {"short": 5}
    assert plan.shortages["served"] == 0


def test_the_heavier_demand_is_served_first_when_stock_is_short():
    demands = [demand("usual", 8), demand("urgent", 8, weight=5)]
    plan = plan_of(demands, [offer("o", available=10)])
    assert steps(plan) == {("urgent", "o"): 8, ("usual", "o"): 2}
    assert plan.service == 8 * 5 + 2


def test_weight_decides_across_products_for_one_capacity():
    demands = [demand("usual", 8, "p"), demand("urgent", 8, "q", weight=Decimal("1.5"))]
    offers = [offer("p", price=1, product="p"), offer("q", price=99, product="q")]
    plan = plan_of(demands, offers, [supplier(capacity=8)])
    assert steps(plan) == {("urgent", "q"): 8}


def test_a_demand_of_weight_zero_is_served_only_where_that_lowers_the_cost():
    demands = [demand("idle", 5, weight=0), demand("real", 5)]
    offers = [offer("o", price=10)]
    assert steps(plan_of(demands, offers)) == {("real", "o"): 5}
    rewarded = plan_of(demands, offers, [supplier(bonus=30)], Policy(grade_weight=1))
    assert rewarded.objective == 10 * (10 - 30)


def test_capacity_is_shared_by_all_products_of_a_supplier():
    demands = [demand("a", 6, "p"), demand("b", 6, "q")]
    offers = [offer("p", product="p"), offer("q", product="q")]
    plan = plan_of(demands, offers, [supplier(capacity=9)])
    assert sum(taken(plan).values()) == 9


@pytest.mark.parametrize("capacity", [0, -2])
def test_a_supplier_without_capacity_gives_nothing(capacity):
    assert not plan_of([demand()], [offer("o")], [supplier(capacity=capacity)]).assignments


def test_minimum_above_the_demand_keeps_an_offer_out_however_cheap():
    plan = plan_of([demand()], [offer("lot", price=1, least=11), offer("o", price=50)])
    assert taken(plan) == {"o": 10}


def test_minimum_counts_what_all_demands_take_together():
    plan = plan_of([demand("a", 4), demand("b", 6)], [offer("lot", least=10)])
    assert taken(plan) == {"lot": 10}


def test_minimum_is_reached_by_taking_less_from_a_cheaper_offer():
    offers = [offer("cheap", price=9, available=8), offer("lot", price=12, least=5)]
    assert taken(plan_of([demand()], offers)) == {"cheap": 5, "lot": 5}


def test_the_offers_of_a_pool_share_what_is_available():
    offers = [
        offer("single", price=10, available=12, pool="shelf"),
        offer("from six", price=8, least=6, available=12, pool="shelf"),
    ]
    plan = plan_of([demand("a", 9), demand("b", 9)], offers)
    assert taken(plan) == {"from six": 12}


def test_the_smallest_figure_of_a_pool_holds():
    offers = [
        offer("a", available=12, pool="shelf"),
        offer("b", available=7, pool="shelf"),
        offer("c", available=None, pool="shelf"),
    ]
    assert sum(taken(plan_of([demand()], offers)).values()) == 7


def test_a_price_break_is_taken_from_its_quantity_on():
    offers = [
        offer("1+", price=10, available=500, pool="o"),
        offer("100+", price=7, least=100, available=500, pool="o"),
    ]
    assert taken(plan_of([demand(quantity=99)], offers)) == {"1+": 99}
    assert taken(plan_of([demand(quantity=100)], offers)) == {"100+": 100}


def test_without_splitting_a_demand_is_served_from_one_offer():
    offers = [offer("cheap", price=9, available=6), offer("dear", price=20)]
    assert steps(plan_of([demand()], offers, policy=ONE_OFFER)) == {("d", "dear"): 10}


def test_without_splitting_what_the_best_offer_lacks_is_short():
    offers = [offer("six", price=9, available=6), offer("seven", price=20, available=7)]
    plan = plan_of([demand()], offers, policy=ONE_OFFER)
    assert steps(plan) == {("d", "seven"): 7}
    assert plan.shortages == {"d": 3}


def test_splitting_is_judged_by_demand_not_by_product():
    offers = [offer("cheap", price=9, available=6), offer("dear", price=20)]
    plan = plan_of([demand("a", 6), demand("b", 6)], offers, policy=ONE_OFFER)
    assert taken(plan) == {"cheap": 6, "dear": 6}


@pytest.mark.parametrize(
    ("share", "quantity", "most"),
    [
        (0.6, 10, 6),
        (Decimal("0.6"), 10, 6),
        (Fraction(3, 5), 10, 6),
        (0.5, 9, 4),
        (1 / 3, 9, 3),
        (0.7, 10, 7),
        (1, 10, 10),
        (0, 10, 0),
    ],
)
def test_a_supplier_gets_no_more_than_its_share_of_a_product(share, quantity, most):
    plan = plan_of([demand(quantity=quantity)], [offer("o")], policy=Policy(max_share=share))
    assert sum(taken(plan).values()) == most


def test_the_share_is_of_the_product_over_all_its_demands():
    suppliers = [supplier("cheap"), supplier("dear")]
    offers = [offer("cheap", "cheap", 5), offer("dear", "dear", 8)]
    demands = [demand("a", 5), demand("b", 15), demand("c", 7, "another")]
    plan = plan_of(demands, offers, suppliers, Policy(max_share=0.75))
    assert taken(plan) == {"cheap": 15, "dear": 5}


def test_the_share_counts_all_offers_of_a_supplier():
    offers = [offer("a", price=5), offer("b", price=6), offer("other", "t", 50)]
    plan = plan_of([demand()], offers, [supplier(), supplier("t")], Policy(max_share=0.8))
    assert taken(plan) == {"a": 8, "other": 2}


def test_offers_of_other_products_do_not_serve():
    assert not plan_of([demand()], [offer("o", product="q")]).assignments


def test_a_supplier_that_is_not_listed_is_never_used():
    plan = plan_of([demand()], [offer("o", "unlisted", price=0), offer("p", price=99)])
    assert taken(plan) == {"p": 10}


def test_an_offer_without_a_price_is_never_used():
    assert not plan_of([demand()], [offer("o", price=None)]).assignments
