"""What becomes of open orders when their supplier is suspended or eliminated."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from .reason import Reason

REQUEST = "request"
"""Asked for a price, nothing ordered yet."""
WAITING = "waiting"
"""Ordered, but neither accepted by the supplier nor approved by us."""
PREPARING = "preparing"
"""Accepted; nothing has left the supplier."""
PARTIAL = "partial"
"""Part of it has left the supplier or arrived."""
SHIPPED = "shipped"
"""All of it has left the supplier."""

FINISH, ASK, REALLOCATE, CANCEL = "finish", "ask", "reallocate", "cancel"

REASONS = {
    "no_policy": "Open orders of a suspended supplier are finished.",
    "request": "Nothing is ordered yet: the request is withdrawn.",
    "waiting": "Not accepted yet: somebody else can deliver it.",
    "asked": "Not accepted yet: the buyer decides.",
    "preparing": "Accepted and being prepared: the buyer decides.",
    "in_time": "Accepted and not due yet: what is prepared is still taken.",
    "overdue": "Accepted but overdue since {day}: somebody else can deliver it.",
    "partial": "Part of it is on its way or here: it cannot be taken back.",
    "shipped": "It is on its way: it cannot be taken back.",
}
"""Why a step is proposed: English text by code."""


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order under way: its ``stage`` and the day for which it is promised, if any."""

    key: Hashable
    stage: str
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What to do with the order ``key``: ``finish``, ``ask``, ``reallocate`` or ``cancel``."""

    key: Hashable
    action: str
    reason: Reason


def plan_suspension(orders: Iterable[OpenOrder], policy: str) -> tuple[Step, ...]:
    """A step for each order of a suspended supplier, by the company's ``policy``.

    ``finish`` leaves all as it is; ``hold`` asks the buyer about what has not left the supplier;
    ``reallocate`` moves what is not accepted and asks about what is being prepared.

    >>> [step.action for step in plan_suspension([OpenOrder(1, WAITING)], "reallocate")]
    ['reallocate']
    """
    return tuple(_suspend(order, policy) for order in orders)


def plan_elimination(orders: Iterable[OpenOrder], *, today: date) -> tuple[Step, ...]:
    """The step proposed for each order of a supplier that is to be eliminated.

    >>> [step.action for step in plan_elimination([OpenOrder(1, SHIPPED)], today=date.max)]
    ['finish']
    """
    return tuple(_eliminate(order, today) for order in orders)


def can_stop(stage: str) -> bool:
    """Whether an order of this stage can still be cancelled or moved to another supplier."""
    return stage not in (PARTIAL, SHIPPED)


def _suspend(order: OpenOrder, policy: str) -> Step:
    if policy == "finish":
        return _step(order, FINISH, "no_policy")
    if not can_stop(order.stage):
        return _step(order, FINISH, order.stage)
    if order.stage == PREPARING:
        return _step(order, ASK, "preparing")
    if policy == "reallocate":
        return _step(order, REALLOCATE, "waiting")
    return _step(order, ASK, "asked")


def _eliminate(order: OpenOrder, today: date) -> Step:
    if not can_stop(order.stage):
        return _step(order, FINISH, order.stage)
    if order.stage == REQUEST:
        return _step(order, CANCEL, "request")
    if order.stage == WAITING:
        return _step(order, REALLOCATE, "waiting")
    if order.promised and order.promised < today:
        return _step(order, REALLOCATE, "overdue", day=order.promised)
    return _step(order, FINISH, "in_time")


def _step(order: OpenOrder, action: str, code: str, **params: date) -> Step:
    return Step(order.key, action, Reason(code, REASONS[code], **params))
