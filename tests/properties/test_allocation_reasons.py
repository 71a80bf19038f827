"""Each offer's reason names the rule that decided, with what is needed to translate it."""

import copy
import pickle

import pytest
from allocation_cases import TODAY, demand, offer, supplier
from s2b2b_order.tools.allocation import Policy, allocate
from s2b2b_order.tools.allocation_reason import TEMPLATES
from s2b2b_order.tools.reason import Reason

TEN = [demand()]
KEPT = offer("kept", price=10)
ONE = [supplier()]
TWO = [supplier(), supplier("t", fixed=50)]


CASES = {
    "supplier_not_listed": (TEN, [offer("o", "x")], ONE, {}, {"supplier": "x"}),
    "price_unknown": (TEN, [offer("o", price=None)], ONE, {}, {}),
    "not_demanded": (TEN, [offer("o", product="q")], ONE, {}, {"product": "q"}),
    "no_stock": (TEN, [offer("o", available=0)], ONE, {}, {}),
    "no_capacity": (TEN, [offer("o")], [supplier(capacity=-1)], {}, {"supplier": "s"}),
    "no_share": (TEN, [offer("o")], ONE, {"max_share": 0.05}, {}),
    "minimum_above_demand": (TEN, [offer("o", least=12)], ONE, {}, {"minimum": 12, "most": 10}),
    "minimum_above_stock": (
        TEN,
        [offer("o", least=8, available=5)],
        ONE,
        {},
        {"minimum": 8, "most": 5},
    ),
    "minimum_above_capacity": (
        TEN,
        [offer("o", least=8)],
        [supplier(capacity=5)],
        {},
        {"minimum": 8, "most": 5},
    ),
    "minimum_above_share": (
        TEN,
        [offer("o", least=8)],
        ONE,
        {"max_share": 0.5},
        {"minimum": 8, "most": 5},
    ),
    "only_offer": (TEN, [offer("o"), offer("x", available=0)], ONE, {}, {"quantity": 10}),
    "cheapest": (TEN, [offer("o"), offer("x", price=11)], ONE, {}, {"quantity": 10}),
    "cheaper_used_up": (
        TEN,
        [offer("o", price=12), offer("x", price=9, available=4)],
        ONE,
        {},
        {"quantity": 6, "other": "x", "difference": 3},
    ),
    "best_total": (
        TEN,
        [
            offer("o", price=12),
            offer("x", "t", price=9, available=9),
            offer("y", price=8, available=2),
        ],
        TWO,
        {},
        {"quantity": 8, "other": "x", "difference": 3},
    ),
    "too_expensive": (TEN, [offer("o", price=13), KEPT], ONE, {}, {"difference": 3}),
    "too_late": (
        [demand(wanted=TODAY)],
        [offer("o", price=9, lead=4), offer("kept", price=10, lead=1)],
        ONE,
        {"late_cost_per_day": 1},
        {"difference": 2, "days_late": 4, "other": "kept"},
    ),
    "lower_grade": (
        TEN,
        [offer("o", "t", price=9), KEPT],
        [supplier(bonus=5), supplier("t")],
        {"grade_weight": 1},
        {"difference": 4, "other": "kept"},
    ),
    "same_cost": (TEN, [offer("o", lead=5), offer("kept", lead=1)], ONE, {}, {"other": "kept"}),
    "stock_used_up": (
        [demand(quantity=12)],
        [
            offer("o", price=9, available=10, pool="shelf"),
            offer("lot", price=8, least=10, available=10, pool="shelf"),
            offer("more", price=99),
        ],
        ONE,
        {},
        {"left": 0},
    ),
    "capacity_used_up": (
        [*TEN, demand("e", 10, "q", weight=2)],
        [offer("o", price=5), offer("kept", "t"), offer("q", product="q")],
        [supplier(capacity=10), supplier("t")],
        {},
        {"supplier": "s", "left": 0},
    ),
    "share_used_up": (
        TEN,
        [offer("o", price=9, least=4), offer("x", price=7, available=5), offer("y", "t")],
        [supplier(), supplier("t")],
        {"max_share": 0.7},
        {"supplier": "s", "left": 2},
    ),
    "minimum_above_rest": (
        TEN,
        [offer("o", least=7, available=7), offer("lot", least=8, available=8)],
        ONE,
        {},
        {"minimum": 7, "left": 2},
    ),
    "too_small": (
        TEN,
        [offer("o", price=5, available=6), KEPT],
        ONE,
        {"split": False},
        {"most": 6},
    ),
    "fixed_cost": (
        TEN,
        [offer("o", "t", price=9), KEPT],
        TWO,
        {},
        {"saving": 10, "fixed_cost": 50, "supplier": "t"},
    ),
    "other_total": (
        TEN,
        [offer("o", "t", price=9, least=8, available=8), offer("lot", price=10, least=5)],
        [supplier(), supplier("t", fixed=5)],
        {},
        {},
    ),
    "no_weight": ([demand(weight=0)], [offer("o")], ONE, {}, {}),
}


def reasons_of(demands, offers, suppliers, fields):
    return allocate(demands, offers, suppliers, Policy(**fields), today=TODAY).reasons


@pytest.mark.parametrize("code", CASES)
def test_the_reason_names_the_rule_that_decided(code):
    *instance, params = CASES[code]
    reason = reasons_of(*instance)["o"]
    assert reason.code == code
    assert params.items() <= reason.params.items()


def test_every_reason_there_is_has_a_case():
    assert CASES.keys() == TEMPLATES.keys()


def test_a_reason_is_its_english_sentence():
    reason = reasons_of(TEN, [offer("o", price=13), KEPT], ONE, {})["o"]
    assert reason == "Costs 3 more a step than offer kept."
    assert isinstance(reason, str)


@pytest.mark.parametrize(
    "repeated", [copy.copy, copy.deepcopy, lambda r: pickle.loads(pickle.dumps(r))]
)
def test_a_reason_keeps_code_and_params_when_copied(repeated):
    reason = Reason("too_much", "{most} of {quantity} at most.", most=3, quantity=5)
    twin = repeated(reason)
    assert (twin, twin.code, twin.params) == ("3 of 5 at most.", "too_much", reason.params)


def test_reasons_come_in_the_order_of_the_keys():
    offers = [offer(key, product="q") for key in ("b", "c", "a")]
    assert list(reasons_of(TEN, offers, ONE, {})) == ["a", "b", "c"]
