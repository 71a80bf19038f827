"""What an allocation accepts and refuses."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from allocation_cases import TODAY, demand, offer, supplier, taken
from s2b2b_order.tools.allocation import Policy, allocate

NAN, INFINITE = Decimal("NaN"), float("inf")


def allocated(demands=(), offers=(), suppliers=(), policy=None, today=TODAY, **options):
    return allocate(demands, offers, suppliers, policy or Policy(), today=today, **options)


@pytest.mark.parametrize(
    ("demands", "offers"),
    [([], []), ([], [offer("o")]), ([demand()], []), ([demand(quantity=0)], [offer("o")])],
)
def test_where_nothing_can_be_served_the_empty_plan_is_optimal(demands, offers):
    plan = allocated(demands, offers, [supplier()])
    assert plan.assignments == ()
    assert (plan.objective, plan.bound, plan.status) == (0, 0, "optimal")
    assert sum(plan.shortages.values()) == sum(record.quantity for record in demands)
    assert set(plan.reasons) == {record.key for record in offers}


def test_records_may_come_from_any_iterable():
    plan = allocated(iter([demand()]), (record for record in [offer("o")]), {supplier()})
    assert taken(plan) == {"o": 10}


def test_keys_may_be_of_any_kind_side_by_side():
    keys = [7, "7", (7, "a"), ("a", 7), None, date(2026, 1, 1), frozenset({7}), 2.5]
    offers = [offer(key, price=9, available=1) for key in keys]
    plan = allocated([demand(quantity=len(keys))], offers, [supplier()])
    turned = allocated([demand(quantity=len(keys))], offers[::-1], [supplier()])
    assert taken(plan) == dict.fromkeys(keys, 1)
    assert plan == turned


def test_an_offer_may_leave_out_what_is_not_known():
    plan = allocated([demand()], [offer("o", least=None)], [supplier(fixed=None, bonus=None)])
    assert plan.objective == 100


BAD_DEMANDS = [
    ({"quantity": -1}, "quantity must not be negative"),
    ({"quantity": 1.0}, "quantity must be a whole number"),
    ({"quantity": True}, "quantity must be a whole number"),
    ({"quantity": None}, "quantity must be a whole number"),
    ({"weight": -1}, "weight must not be negative"),
    ({"weight": NAN}, "weight must be a finite number"),
    ({"weight": None}, "weight must be a finite number"),
    ({"wanted": "2026-03-02"}, "wanted must be a date"),
    ({"wanted": datetime(2026, 3, 2)}, "wanted must be a date"),
]
BAD_OFFERS = [
    ({"price": -1}, "price must not be negative"),
    ({"price": Decimal("-0.01")}, "price must not be negative"),
    ({"price": NAN}, "price must be a finite number"),
    ({"price": INFINITE}, "price must be a finite number"),
    ({"price": "10"}, "price must be a finite number"),
    ({"least": -1}, "min_quantity must not be negative"),
    ({"least": Decimal(1)}, "min_quantity must be a whole number"),
    ({"available": 1.5}, "available must be a whole number"),
    ({"lead": -1}, "lead_days must not be negative"),
    ({"lead": 0.5}, "lead_days must be a whole number"),
]
BAD_SUPPLIERS = [
    ({"fixed": -1}, "fixed_cost must not be negative"),
    ({"fixed": INFINITE}, "fixed_cost must be a finite number"),
    ({"capacity": 0.5}, "capacity must be a whole number"),
    ({"bonus": NAN}, "grade_bonus must be a finite number"),
]
BAD_POLICIES = [
    ({"price_weight": -1}, "price_weight must not be negative"),
    ({"late_cost_per_day": -1}, "late_cost_per_day must not be negative"),
    ({"grade_weight": NAN}, "grade_weight must be a finite number"),
    ({"max_share": -0.1}, "max_share must not be negative"),
    ({"max_share": 60}, "max_share must be between 0 and 1"),
]


@pytest.mark.parametrize(("fields", "message"), BAD_DEMANDS)
def test_a_demand_that_cannot_be_meant_is_refused_by_name(fields, message):
    with pytest.raises(ValueError, match=f"Demand 'd': {message}"):
        allocated([demand(**fields)])


@pytest.mark.parametrize(("fields", "message"), BAD_OFFERS)
def test_an_offer_that_cannot_be_meant_is_refused_by_name(fields, message):
    with pytest.raises(ValueError, match=f"Offer 'o': {message}"):
        allocated(offers=[offer("o", **fields)])


@pytest.mark.parametrize(("fields", "message"), BAD_SUPPLIERS)
def test_a_supplier_that_cannot_be_meant_is_refused_by_name(fields, message):
    with pytest.raises(ValueError, match=f"Supplier 's': {message}"):
        allocated(suppliers=[supplier(**fields)])


@pytest.mark.parametrize(("fields", "message"), BAD_POLICIES)
def test_a_policy_that_cannot_be_meant_is_refused(fields, message):
    with pytest.raises(ValueError, match=f"Policy: {message}"):
        allocated(policy=Policy(**fields))


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ({"demands": [demand("a"), demand("a", 3)]}, "Demand 'a' is there twice"),
        ({"offers": [offer(1), offer(1.0, price=2)]}, "Offer 1.0 is there twice"),
        ({"suppliers": [supplier(), supplier()]}, "Supplier 's' is there twice"),
    ],
)
def test_a_key_that_is_there_twice_is_refused(records, message):
    with pytest.raises(ValueError, match=message):
        allocated(**records)


@pytest.mark.parametrize("today", [None, "2026-03-02", datetime(2026, 3, 2, 12)])
def test_today_must_be_a_date(today):
    with pytest.raises(ValueError, match="today must be a date"):
        allocated(today=today)


@pytest.mark.parametrize("time_limit", [-1, float("nan")])
def test_a_time_limit_must_be_zero_or_more_seconds(time_limit):
    with pytest.raises(ValueError, match="time_limit must be 0 or more seconds"):
        allocated(time_limit=time_limit)
