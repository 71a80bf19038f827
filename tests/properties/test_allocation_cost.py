"""What an allocation costs, and how equal plans are told apart."""

import random
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from allocation_cases import TODAY, Rules, demand, offer, steps, supplier, taken
from s2b2b_order.tools.allocation import Policy, allocate

SOON = TODAY + timedelta(3)


def plan_of(demands, offers, suppliers=None, policy=None):
    suppliers = [supplier()] if suppliers is None else suppliers
    return allocate(demands, offers, suppliers, policy or Policy(), today=TODAY)


@pytest.mark.parametrize(
    ("wanted", "lead", "late"),
    [
        (SOON, 3, 0),
        (SOON, 4, 1),
        (SOON, 0, 0),
        (TODAY - timedelta(2), 0, 2),
        (TODAY - timedelta(2), 5, 7),
        (None, 400, 0),
        (SOON, None, 0),
    ],
)
def test_days_late_are_what_the_lead_time_comes_after_the_date_wanted(wanted, lead, late):
    plan = plan_of(
        [demand(quantity=2, wanted=wanted)],
        [offer("o", price=10, lead=lead)],
        policy=Policy(late_cost_per_day=3),
    )
    assert plan.objective == 2 * (10 + 3 * late)
    assert plan.assignments[0].days_late == late


def test_lateness_is_worth_a_higher_price_only_as_far_as_the_policy_says():
    demands = [demand(wanted=SOON)]
    offers = [offer("late", price=10, lead=5), offer("prompt", price=14, lead=1)]
    assert taken(plan_of(demands, offers)) == {"late": 10}
    assert taken(plan_of(demands, offers, policy=Policy(late_cost_per_day=1))) == {"late": 10}
    assert taken(plan_of(demands, offers, policy=Policy(late_cost_per_day=3))) == {"prompt": 10}


def test_the_prompt_offer_goes_to_the_demand_that_waits():
    demands = [demand("now", 5, wanted=TODAY), demand("whenever", 5)]
    offers = [offer("prompt", price=12, lead=0, available=5), offer("slow", price=10, lead=9)]
    plan = plan_of(demands, offers, policy=Policy(late_cost_per_day=1))
    assert {line.demand: line.offer for line in plan.assignments} == {
        "now": "prompt",
        "whenever": "slow",
    }


def test_a_better_grade_is_worth_a_higher_price_only_as_far_as_the_policy_says():
    suppliers = [supplier("a", bonus=5), supplier("c", bonus=-2)]
    offers = [offer("good", "a", 12), offer("poor", "c", 10)]
    assert taken(plan_of([demand()], offers, suppliers)) == {"poor": 10}
    plan = plan_of([demand()], offers, suppliers, Policy(grade_weight=Decimal("0.5")))
    assert taken(plan) == {"good": 10}
    assert plan.objective == Decimal("95")


def test_prices_may_count_for_nothing():
    offers = [offer("prompt", price=99, lead=1), offer("late", price=1, lead=9)]
    policy = Policy(price_weight=0, late_cost_per_day=1)
    assert taken(plan_of([demand(wanted=SOON)], offers, policy=policy)) == {"prompt": 10}


@pytest.mark.parametrize(("fixed", "used"), [(19, {"cheap": 10}), (21, {"near": 10})])
def test_a_supplier_is_used_where_its_prices_save_more_than_its_fixed_cost(fixed, used):
    suppliers = [supplier("far", fixed=fixed), supplier("near")]
    offers = [offer("cheap", "far", 8), offer("near", "near", 10)]
    assert taken(plan_of([demand()], offers, suppliers)) == used


def test_a_fixed_cost_is_paid_once_for_all_products():
    suppliers = [supplier("far", fixed=30), supplier("near")]
    demands = [demand(product, 10, product) for product in "pq"]
    offers = [
        offer((source, product), source, price, product=product)
        for source, price in (("far", 8), ("near", 10))
        for product in "pq"
    ]
    plan = plan_of(demands, offers, suppliers)
    assert taken(plan) == {("far", "p"): 10, ("far", "q"): 10}
    assert plan.objective == 2 * 80 + 30


def test_no_price_and_no_fixed_cost_justify_a_shortage():
    suppliers = [supplier("far", fixed=10**9), supplier("near")]
    offers = [offer("near", "near", 10, available=9), offer("far", "far", 10**9)]
    plan = plan_of([demand()], offers, suppliers)
    assert taken(plan) == {"near": 9, "far": 1}
    assert not plan.shortages


def test_a_supplier_that_is_not_used_costs_nothing():
    plan = plan_of([demand(quantity=0)], [offer("o")], [supplier(fixed=50)])
    assert plan.objective == 0


@pytest.mark.parametrize(
    ("price", "weight", "objective"),
    [
        (3, 1, 9),
        (Decimal("0.25"), 1, Decimal("0.75")),
        (3, Fraction(1, 2), Fraction(9, 2)),
        (3, 0.5, 4.5),
        (0.1, 1, 0.3),
        (Decimal("0.1"), Fraction(1, 9), Fraction(1, 30)),
        (0.1, Fraction(1, 9), Fraction(1, 30)),
        (Decimal("0.10"), 10, 3),
    ],
)
def test_the_objective_is_exact_and_of_the_kind_of_its_input(price, weight, objective):
    plan = plan_of([demand(quantity=3)], [offer("o", price=price)], policy=Policy(weight))
    assert plan.objective == objective
    assert type(plan.objective) is type(objective)
    assert plan.bound == objective


def test_of_plans_that_cost_the_same_the_one_with_fewer_assignments_is_taken():
    suppliers = [supplier("a", capacity=6), supplier("b")]
    plan = plan_of([demand()], [offer("a", "a"), offer("b", "b")], suppliers)
    assert taken(plan) == {"b": 10}


@pytest.mark.parametrize("seed", [17, 32, 44, 45, 70])
def test_no_assignment_could_be_earlier_or_saved_for_the_same_cost(seed):
    rng = random.Random(seed)
    demands = [demand(key, rng.randint(3, 12), key) for key in "ab"]
    offers = [
        offer(
            (key, source, lead),
            source,
            rng.choice([9, 10]),
            rng.choice([0, 2, 4]),
            rng.choice([None, 6]),
            lead,
            key,
        )
        for key in "ab"
        for source in "st"
        for lead in (1, 8)
    ]
    suppliers = [supplier(key, rng.choice([3, 7, 12]), rng.choice([None, 9])) for key in "st"]
    rules = Rules(demands, offers, suppliers, Policy())
    plan = plan_of(demands, offers, suppliers)
    for line in plan.assignments:
        for other in {record.key for record in offers if record.product == line.demand}:
            moved = steps(plan)
            moved[line.demand, other] = moved.get((line.demand, other), 0) + line.quantity
            moved[line.demand, line.offer] -= line.quantity
            moved = {pair: n for pair, n in moved.items() if n}
            if not rules.broken(moved) and rules.objective(moved) == plan.objective:
                assert len(moved) == len(plan.assignments)
                assert other[2] >= line.offer[2]


def test_of_offers_that_cost_the_same_the_earlier_is_taken():
    offers = [offer("a", lead=9), offer("b", lead=2), offer("c", lead=None)]
    assert taken(plan_of([demand()], offers)) == {"b": 10}
