"""The solver on orders of the size that is met, and on what it must not depend on."""

import random
import subprocess
import sys
import time

import pytest
from allocation_cases import TODAY, Rules, assert_sound, demand, offer, supplier, wholesale_order
from s2b2b_order.tools.allocation import Policy, allocate

POLICIES = [
    {},
    {"late_cost_per_day": 20},
    {"max_share": 0.6},
    {"split": False},
    {"split": False, "max_share": 0.6, "late_cost_per_day": 20},
]


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


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("policy", POLICIES)
def test_shuffled_orders_give_the_same_plan(seed, policy):
    demands, offers, suppliers, policy = wholesale_order(seed, lines=6, sources=5, **policy)
    plan = allocate(demands, offers, suppliers, policy, today=TODAY)
    for records in (demands, offers, suppliers):
        random.Random(seed).shuffle(records)
    assert allocate(demands, offers, suppliers, policy, today=TODAY) == plan


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
