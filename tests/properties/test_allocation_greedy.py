"""What is left of an allocation when there is no time for the solver."""

from fractions import Fraction

import highspy
import pytest
from allocation_cases import (
    TODAY,
    assert_sound,
    demand,
    offer,
    steps,
    supplier,
    taken,
    wholesale_order,
)
from s2b2b_order.tools.allocation import Policy, allocate


def greedy_plan(demands, offers, suppliers=None, policy=None):
    suppliers = [supplier()] if suppliers is None else suppliers
    return allocate(demands, offers, suppliers, policy or Policy(), today=TODAY, time_limit=0)


@pytest.mark.parametrize("time_limit", [0, 1e-9, 1e-4])
@pytest.mark.parametrize("seed", range(4))
def test_without_time_the_plan_is_sound_and_says_how_good_it_is(seed, time_limit):
    instance = wholesale_order(seed, lines=30, suppliers=15, sources=10, late_cost_per_day=15)
    best = allocate(*instance, today=TODAY)
    plan = allocate(*instance, today=TODAY, time_limit=time_limit)
    assert_sound(plan, instance)
    assert plan.status in ("greedy", "feasible")
    assert plan.bound <= best.objective
    assert plan.service <= best.service <= plan.service_bound
    assert 0 < plan.gap < 0.5


@pytest.mark.parametrize("seed", range(6))
def test_the_greedy_plan_serves_nearly_as_much_for_nearly_as_little(seed):
    instance = wholesale_order(seed)
    best = allocate(*instance, today=TODAY)
    plan = allocate(*instance, today=TODAY, time_limit=0)
    assert plan.service >= Fraction(95, 100) * best.service
    assert plan.objective <= best.objective * Fraction(115, 100)


def test_a_minimum_is_reached_by_handing_over_what_a_cheaper_offer_served():
    offers = [offer("cheap", price=9, available=8), offer("lot", price=12, least=5)]
    assert taken(greedy_plan([demand()], offers)) == {"cheap": 5, "lot": 5}


def test_a_minimum_is_left_alone_where_no_other_offer_can_do_without():
    offers = [offer("cheap", price=9, least=7, available=8), offer("lot", price=12, least=6)]
    plan = greedy_plan([demand()], offers)
    assert taken(plan) == {"cheap": 8}
    assert plan.shortages == {"d": 2}


def test_without_splitting_a_demand_that_fits_goes_before_one_that_does_not():
    demands = [demand("small", 6), demand("large", 9)]
    offers = [offer("cheap", price=5, available=7), offer("dear", price=8, available=9)]
    plan = greedy_plan(demands, offers, policy=Policy(split=False))
    assert steps(plan) == {("small", "cheap"): 6, ("large", "dear"): 9}


def test_a_fixed_cost_is_spread_over_what_the_offer_would_serve():
    suppliers = [supplier("far", fixed=100), supplier("near")]
    offers = [
        offer("far", "far", price=9, available=10),
        offer("near", "near", price=12, available=10),
    ]
    assert taken(greedy_plan([demand(quantity=15)], offers, suppliers)) == {"near": 10, "far": 5}


@pytest.mark.parametrize(
    ("demands", "offers", "suppliers", "policy"),
    [
        ([demand()], [offer("o"), offer("x", price=11)], [supplier(fixed=7)], Policy()),
        ([demand()], [offer("o", available=4)], [supplier()], Policy()),
        ([demand()], [offer("o"), offer("x")], [supplier(capacity=6)], Policy()),
        ([demand()], [offer("o")], [supplier()], Policy(max_share=0.5)),
        (
            [demand()],
            [offer("six", available=6), offer("seven", available=7)],
            [supplier()],
            Policy(split=False),
        ),
        (
            [demand("a", 9, weight=2), demand("b", 9)],
            [offer("o", available=12)],
            [supplier()],
            Policy(),
        ),
        ([demand("a", 9), demand("b", 9, "q")], [offer("o")], [supplier()], Policy()),
    ],
)
def test_a_plain_case_is_proven_optimal_without_the_solver(demands, offers, suppliers, policy):
    plan = greedy_plan(demands, offers, suppliers, policy)
    assert (plan.status, plan.gap) == ("optimal", 0)


def test_the_bound_counts_what_a_weightless_demand_could_save():
    demands = [demand("idle", 5, weight=0)]
    plan = greedy_plan(demands, [offer("o")], [supplier(bonus=30)], Policy(grade_weight=1))
    assert plan.objective == 0
    assert plan.bound == 5 * (10 - 30)
    assert plan.status == "greedy"


def test_a_solver_that_fails_leaves_the_greedy_plan_and_its_bound(monkeypatch):
    demands, offers, suppliers, _policy = wholesale_order(12)
    suppliers = [supplier(s.key, s.fixed_cost, s.capacity, bonus=5000) for s in suppliers]
    instance = demands, offers, suppliers, Policy(grade_weight=1)
    greedy = allocate(*instance, today=TODAY, time_limit=0)
    monkeypatch.setattr(highspy._Highs, "run", lambda solver: highspy.HighsStatus.kError)
    assert allocate(*instance, today=TODAY) == greedy
    assert greedy.status == "greedy"
    assert greedy.bound < greedy.objective < 0
