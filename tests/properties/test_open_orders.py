"""What becomes of open orders when their supplier falls out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.open_orders import (
    PARTIAL,
    PREPARING,
    REASONS,
    REQUEST,
    SHIPPED,
    WAITING,
    OpenOrder,
    can_stop,
    plan_elimination,
    plan_suspension,
)

TODAY = date(2026, 3, 2)
STAGES = (REQUEST, WAITING, PREPARING, PARTIAL, SHIPPED)
orders = st.lists(
    st.builds(
        OpenOrder,
        key=st.integers(),
        stage=st.sampled_from(STAGES),
        promised=st.none() | st.dates(date(2026, 2, 1), date(2026, 4, 1)),
    ),
    unique_by=lambda order: order.key,
)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("finish", ["finish", "finish", "finish", "finish", "finish"]),
        ("hold", ["ask", "ask", "ask", "finish", "finish"]),
        ("reallocate", ["reallocate", "reallocate", "ask", "finish", "finish"]),
    ],
)
def test_suspension_follows_the_policy_by_stage(policy, expected):
    plan = plan_suspension([OpenOrder(stage, stage) for stage in STAGES], policy)
    assert [step.action for step in plan] == expected


@pytest.mark.parametrize(
    ("stage", "days", "action", "code"),
    [
        (REQUEST, 5, "cancel", "request"),
        (WAITING, 5, "reallocate", "waiting"),
        (PREPARING, 0, "finish", "in_time"),
        (PREPARING, -1, "reallocate", "overdue"),
        (PREPARING, None, "finish", "in_time"),
        (PARTIAL, -9, "finish", "partial"),
        (SHIPPED, -9, "finish", "shipped"),
    ],
)
def test_elimination_proposes_by_stage_and_day(stage, days, action, code):
    promised = None if days is None else TODAY + timedelta(days=days)
    (step,) = plan_elimination([OpenOrder(1, stage, promised)], today=TODAY)
    assert (step.action, step.reason.code) == (action, code)


@given(orders)
def test_each_order_gets_one_step_with_a_reason(found):
    for plan in (
        plan_elimination(found, today=TODAY),
        plan_suspension(found, "hold"),
        plan_suspension(found, "reallocate"),
    ):
        assert [step.key for step in plan] == [order.key for order in found]
        assert all(step.reason.code in REASONS and str(step.reason) for step in plan)


@given(orders, st.sampled_from(("finish", "hold", "reallocate")))
def test_what_has_left_the_supplier_is_never_stopped(found, policy):
    steps = (*plan_elimination(found, today=TODAY), *plan_suspension(found, policy))
    stopped = {step.key for step in steps if step.action in ("cancel", "reallocate")}
    assert all(can_stop(order.stage) for order in found if order.key in stopped)
