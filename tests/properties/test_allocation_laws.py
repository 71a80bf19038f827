"""Laws of the allocation, over instances of every shape that are small enough to enumerate."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from allocation_cases import TODAY, Rules, steps, taken
from hypothesis import assume, given
from hypothesis import strategies as st
from s2b2b_order.tools.allocation import Demand, Offer, Policy, Supplier, allocate

MOST_PLANS = 3000
PRODUCTS, SUPPLIERS = "pq", "stu"
few = st.integers(0, 6)
prices = st.one_of(
    st.integers(0, 30),
    st.integers(0, 30).map(lambda n: n * 10**7 + n % 3),
    st.decimals(0, 30, places=2),
)
policies = st.builds(
    Policy,
    price_weight=st.sampled_from([1, 1, 2, 0, Fraction(1, 3)]),
    late_cost_per_day=st.sampled_from([0, 1, Decimal("1.5")]),
    grade_weight=st.sampled_from([0, 1, 0.5]),
    max_share=st.sampled_from([None, None, 0.5, Decimal("0.75"), Fraction(1, 3), 1]),
    split=st.sampled_from([True, True, False]),
)


@st.composite
def instances(draw, policies=policies):
    demands = [
        Demand(
            key,
            draw(st.sampled_from(PRODUCTS)),
            draw(st.integers(0, 4)),
            draw(st.none() | st.integers(-2, 6).map(lambda n: TODAY + timedelta(n))),
            draw(st.sampled_from([1, 1, 1, 2, 3, Decimal("0.5"), 0])),
        )
        for key in range(draw(st.integers(0, 3)))
    ]
    offers = [
        Offer(
            key,
            draw(st.sampled_from(SUPPLIERS)),
            draw(st.sampled_from(PRODUCTS)),
            draw(prices),
            draw(st.none() | few),
            draw(st.none() | few),
            draw(st.none() | st.integers(0, 9)),
            draw(st.sampled_from([None, None, "A", "B"])),
        )
        for key in range(draw(st.integers(0, 4)))
    ]
    suppliers = [
        Supplier(
            key,
            draw(st.sampled_from([0, 0, 7, 40, 400, Decimal("2.5"), None])),
            draw(st.none() | few),
            draw(st.sampled_from([0, 5, -3, 50])),
        )
        for key in draw(st.sampled_from(["stu", "st", "s"]))
    ]
    instance = demands, offers, suppliers, draw(policies)
    assume(Rules(*instance).plans() <= MOST_PLANS)
    return instance


@given(instances())
def test_no_plan_serves_more_and_none_that_serves_as_much_costs_less(instance):
    plan = allocate(*instance, today=TODAY)
    assert (plan.service, plan.objective) == Rules(*instance).best()
    assert plan.status == "optimal"
    assert plan.service == plan.service_bound
    assert plan.gap <= 1e-4


@given(instances(), st.sampled_from([None, 0, 1e-6]))
def test_every_plan_keeps_the_rules_and_adds_up(instance, time_limit):
    demands, offers = instance[:2]
    rules = Rules(*instance)
    plan = allocate(*instance, today=TODAY, time_limit=time_limit)
    quantities = steps(plan)
    assert not rules.broken(quantities)
    assert plan.objective == rules.objective(quantities)
    assert plan.service == rules.service(quantities)
    for record in demands:
        served = sum(n for (key, _offer), n in quantities.items() if key == record.key)
        assert served + plan.shortages[record.key] == record.quantity
    assert all(line.quantity > 0 for line in plan.assignments)
    assert all(missing > 0 for missing in plan.shortages.values())
    assert list(plan.reasons) == [record.key for record in offers]


@given(instances(), st.sampled_from([None, 0, 1e-6]))
def test_bounds_hold_for_the_best_plan_there_is(instance, time_limit):
    service, objective = Rules(*instance).best()
    plan = allocate(*instance, today=TODAY, time_limit=time_limit)
    assert plan.service <= service <= plan.service_bound
    assert plan.bound <= plan.objective
    assert plan.bound <= objective
    if plan.status == "optimal":
        assert plan.service == service
        assert float(plan.objective) == pytest.approx(float(objective), rel=1e-4, abs=1e-4)


@given(instances(), st.integers())
def test_the_order_of_the_input_does_not_matter(instance, seed):
    shuffled = [list(records) for records in instance[:3]]
    for records in shuffled:
        random.Random(seed).shuffle(records)
    assert allocate(*shuffled, instance[3], today=TODAY) == allocate(*instance, today=TODAY)


@given(instances(), st.data())
def test_more_stock_never_serves_less(instance, data):
    demands, offers, suppliers, policy = instance
    assume(offers)
    index = data.draw(st.integers(0, len(offers) - 1))
    if offers[index].available is None:
        return
    richer = list(offers)
    richer[index] = replace(offers[index], available=offers[index].available + 1)
    before = allocate(*instance, today=TODAY)
    after = allocate(demands, richer, suppliers, policy, today=TODAY)
    assert after.service >= before.service
    if after.service == before.service:
        assert after.objective <= before.objective


@given(instances(policies.map(lambda policy: replace(policy, split=True))))
def test_a_fixed_cost_never_changes_what_is_served(instance):
    demands, offers, suppliers, policy = instance
    free = [replace(record, fixed_cost=0) for record in suppliers]
    dear = [replace(record, fixed_cost=10**9) for record in suppliers]
    with_fixed = allocate(demands, offers, dear, policy, today=TODAY)
    assert with_fixed.service == allocate(demands, offers, free, policy, today=TODAY).service


@given(instances(st.just(Policy())))
def test_the_plain_policy_is_the_cheapest_purchase(instance):
    demands, offers, suppliers, policy = instance
    plan = allocate(*instance, today=TODAY)
    price = {record.key: record.price for record in offers}
    fixed = {record.key: record.fixed_cost or 0 for record in suppliers}
    used = {record.supplier for record in offers if record.key in taken(plan)}
    paid = sum(Fraction(price[key]) * n for key, n in taken(plan).items())
    assert plan.objective == paid + sum(Fraction(fixed[key]) for key in used)
    assert plan.objective == Rules(*instance).best()[1]


@given(instances(), st.sampled_from([None, 0]))
def test_every_offer_has_a_reason_that_fits_its_fate(instance, time_limit):
    plan = allocate(*instance, today=TODAY, time_limit=time_limit)
    chosen = {"only_offer", "cheapest", "cheaper_used_up", "best_total"}
    for key, reason in plan.reasons.items():
        assert reason.endswith(".")
        assert (reason.code in chosen) == (key in taken(plan))


@given(instances())
def test_greedy_keeps_to_the_best_service_as_its_ceiling(instance):
    greedy = allocate(*instance, today=TODAY, time_limit=0)
    best = allocate(*instance, today=TODAY)
    assert greedy.status in ("greedy", "optimal")
    assert greedy.service <= best.service
    if greedy.service == best.service:
        assert greedy.objective >= best.objective
