"""Large and odd numbers do not cost a cent or a step."""

import random
from decimal import Decimal

import pytest
from allocation_cases import TODAY, assert_sound, demand, offer, supplier, taken, wholesale_order
from s2b2b_order.tools.allocation import Policy, allocate


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


def test_odd_quantities_near_a_million_under_weights_far_apart_are_solved():
    quantities = [474027, 775017, 110475, 857936, 440286, 316282, 60012, 780215]
    demands = [
        demand(key, quantity, product, weight=weight)
        for key, (quantity, product, weight) in enumerate(
            zip(quantities, "qqqrpppp", [1, 1, 1, 1, Decimal("2.5"), 1, 100, 100], strict=True)
        )
    ]
    offers = [
        offer("p0", 0, Decimal("9254.13"), available=1245126),
        offer("p4", 4, Decimal("6514.26"), least=479038),
        offer("p5", 5, Decimal("7677.28"), available=1193542),
        offer("q1", 1, Decimal("4957.78"), product="q"),
        offer("q4", 4, Decimal("4335.04"), available=675088, product="q"),
        offer("r5", 5, Decimal("814.26"), available=2377322, product="r"),
    ]
    suppliers = [supplier(0), supplier(1), supplier(4, 442600275), supplier(5, 159515565)]
    instance = demands, offers, suppliers, Policy(max_share=0.5, split=False)
    plan = allocate(*instance, today=TODAY)
    assert_sound(plan, instance)
    assert plan.status == "optimal"


@pytest.mark.parametrize("seed", [2, 20, 46, 75, 147])
def test_pools_across_suppliers_of_large_quantities_are_solved_to_the_last_step(seed):
    rng = random.Random(seed)
    demands = [
        demand(key, rng.randint(1, 3) * 333_331, key, weight=rng.choice([1, 7])) for key in "abc"
    ]
    offers = [
        offer(
            key,
            rng.choice("stu"),
            rng.randint(1, 9),
            available=rng.randint(1, 2) * 333_337,
            product=rng.choice("abc"),
            pool=rng.choice("XYZ"),
        )
        for key in range(6)
    ]
    suppliers = [supplier(key, 10**6, rng.randint(1, 3) * 333_335) for key in "stu"]
    instance = demands, offers, suppliers, Policy()
    plan = allocate(*instance, today=TODAY)
    assert_sound(plan, instance)
    assert plan.status == "optimal"
