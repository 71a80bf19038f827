"""Quantities that the solver hands over are checked against every rule before they are a plan."""

import pytest
from allocation_cases import TODAY, demand, offer, supplier
from s2b2b_order.tools.allocation import Policy
from s2b2b_order.tools.allocation_prepare import prepare

RULES = [
    ([5, 5], {}, []),
    ([0, 0], {}, []),
    ([-1, 5], {}, ["a quantity is negative"]),
    ([6, 5], {}, ["'d' gets more than it asked for"]),
    ([2, 5], {}, ["'lot' is taken for less than its minimum"]),
    ([9, 0], {}, ["a limit of stock is exceeded"]),
    ([8, 2], {"capacity": 9}, ["a limit of capacity is exceeded"]),
    ([7, 2], {"max_share": 0.8}, ["a limit of share is exceeded"]),
    ([5, 5], {"split": False}, ["a demand is split"]),
]


@pytest.mark.parametrize(("quantities", "fields", "broken"), RULES)
def test_each_rule_that_quantities_break_is_named(quantities, fields, broken):
    fields = dict(fields)
    suppliers = [supplier(capacity=fields.pop("capacity", None))]
    offers = [offer("lot", least=3, available=8), offer("o")]
    problem = prepare([demand()], offers, suppliers, Policy(**fields), TODAY)
    assert list(problem.breaches(quantities)) == broken
