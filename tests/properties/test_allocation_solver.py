"""Size, time, large numbers, and what is left when time runs out."""

import random
import subprocess
import sys
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from allocation_cases import TODAY, Rules, demand, offer, steps, supplier, taken, wholesale_order
from s2b2b_order.tools.allocation import Policy, allocate

POLICIES = [
    {},
    {"late_cost_per_day": 20},
    {"max_share": 0.6},
    {"split": False},
    {"split": False, "max_share": 0.6, "late_cost_per_day": 20},
]


def assert_sound(plan, instance):
    rules = Rules(*instance)
    assert not rules.broken(steps(plan))
    assert plan.objective == rules.objective(steps(plan))
    assert plan.service == rules.service(steps(plan))
    assert plan.bound <= plan.objective
    assert plan.service <= plan.service_bound


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", range(3))
def test_an_order_as_it_is_met_is_solved_exactly(seed, policy):
    instance = wholesale_order(seed, **policy)
    plan = allocate(*instance, today=TODAY)
    assert_sound(plan, instance)
    assert (plan.status, plan.gap) == ("optimal", 0)


@pytest.mark.parametrize("policy", [{}, {"late_cost_per_day": 10, "split": False}])
def test_fifty_lines_over_three_hundred_offers_are_solved_in_time(policy):
    instance = wholesale_order(1, lines=50, suppliers=20, sources=6, **policy)
    allocate(*wholesale_order(1), today=TODAY)
    begin = time.perf_counter()
    plan = allocate(*instance, today=TODAY, time_limit=20)
    assert time.perf_counter() - begin < 10
    assert plan.status == "optimal"
    assert_sound(plan, instance)


def test_several_orders_for_the_same_products_are_solved_together():
    demands, offers, suppliers, policy = wholesale_order(4)
    again = [
        demand(("again", line.key), line.quantity // 2, line.product, line.wanted)
        for line in demands
    ]
    instance = [*demands, *again], offers, suppliers, policy
    plan = allocate(*instance, today=TODAY)
    assert plan.status == "optimal"
    assert_sound(plan, instance)


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


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("policy", POLICIES)
def test_shuffled_orders_give_the_same_plan(seed, policy):
    demands, offers, suppliers, policy = wholesale_order(seed, lines=6, sources=5, **policy)
    plan = allocate(demands, offers, suppliers, policy, today=TODAY)
    for records in (demands, offers, suppliers):
        random.Random(seed).shuffle(records)
    assert allocate(demands, offers, suppliers, policy, today=TODAY) == plan


def test_a_cent_in_a_thousand_million_decides():
    offers = [offer("dear", price=10**9), offer("cheap", price=10**9 - 1, available=999_999)]
    offers.append(offer("cheaper", "t", price=10**9 - 2, least=400_000, available=400_000))
    plan = allocate(
        [demand(quantity=10**6)],
        offers,
        [supplier(), supplier("t", fixed=399_999)],
        Policy(),
        today=TODAY,
    )
    assert taken(plan) == {"cheap": 600_000, "cheaper": 400_000}
    assert plan.objective == 10**15 - 600_000 - 2 * 400_000 + 399_999


def test_one_step_too_many_is_not_hidden_by_large_quantities():
    suppliers = [supplier("main", capacity=10**6 - 1), supplier("rest", fixed=10**9)]
    offers = [offer("main", "main", price=3), offer("rest", "rest", price=1, available=1)]
    plan = allocate([demand(quantity=10**6)], offers, suppliers, Policy(), today=TODAY)
    assert taken(plan) == {"main": 10**6 - 1, "rest": 1}
    assert plan.objective == 3 * (10**6 - 1) + 1 + 10**9


@pytest.mark.parametrize("seed", range(8))
def test_large_orders_with_a_shortage_are_solved_to_the_last_step(seed):
    rng = random.Random(seed)
    demands, offers, suppliers, policy = wholesale_order(seed, lines=6, suppliers=4, sources=4)
    demands = [
        demand(line.key, line.quantity * 5003, line.product, weight=rng.choice([1, Decimal("2.5")]))
        for line in demands
    ]
    offers = [
        offer(
            record.key,
            record.supplier,
            record.price * 1009,
            record.min_quantity * 3001,
            record.available * 1999,
            product=record.product,
        )
        for record in offers
    ]
    suppliers = [supplier(s.key, s.fixed_cost * 10**6, s.capacity * 2001) for s in suppliers]
    plan = allocate(demands, offers, suppliers, policy, today=TODAY)
    assert_sound(plan, (demands, offers, suppliers, policy))
    assert plan.shortages
    assert plan.status == "optimal"
    assert plan.gap < 1e-8


@pytest.mark.parametrize("seed", [2, 20, 46, 72, 75, 88, 147, 152])
def test_pools_across_suppliers_and_products_are_solved_in_whole_steps(seed):
    rng = random.Random(seed)
    demands = [demand(key, rng.randint(1, 3), key) for key in "abc"]
    offers = [
        offer(
            key,
            rng.choice("stu"),
            rng.randint(1, 9),
            available=rng.randint(1, 2),
            product=rng.choice("abc"),
            pool=rng.choice("XYZ"),
        )
        for key in range(6)
    ]
    suppliers = [supplier(key, capacity=rng.randint(1, 3)) for key in "stu"]
    instance = demands, offers, suppliers, Policy()
    plan = allocate(*instance, today=TODAY)
    assert (plan.service, plan.objective) == Rules(*instance).best()
    assert plan.status == "optimal"


def test_the_solver_is_loaded_only_when_it_is_needed_and_stays_silent():
    code = """
import sys
import conftest
from datetime import date
from s2b2b_order.tools.allocation import Demand, Offer, Policy, Supplier, allocate

demands = [Demand("a", "p", 10, None), Demand("b", "q", 10, None)]
offers = [Offer((s, p), s, p, price, 0, 8, 1) for s, price in zip("st", (9, 10)) for p in "pq"]
free = [Supplier(key, 0, None, 0) for key in "st"]
costly = [Supplier(key, 15, 12, 0) for key in "st"]
plain = allocate(demands[:1], offers, free[:1], Policy(), today=date(2026, 3, 2))
assert plain.status == "optimal"
assert "highspy" not in sys.modules
assert allocate(demands, offers, costly, Policy(), today=date(2026, 3, 2)).status == "optimal"
assert "highspy" in sys.modules
"""
    path = [entry for entry in sys.path if entry]
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{code}"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
