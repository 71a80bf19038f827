"""Which orders of a batch a member's credit carries, and what the others lack.

Amounts are integers of the smallest unit of the company's currency.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Account", "Hold", "Order", "hold_orders"]


@dataclass(frozen=True, slots=True)
class Account:
    """What a member owes and may owe.

    ``policy`` is ``none`` (not checked), ``limit`` or ``prepaid`` (a limit of 0). ``exposure`` is
    what it owes and has on order, ``overdue`` what it owes for longer than the company takes.
    """

    policy: str
    limit: int
    exposure: int
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """An order that is to be confirmed; of two, the one of higher ``priority`` comes first.

    ``covered`` orders have been paid: they need no credit.
    """

    key: Hashable
    account: Hashable
    amount: int
    covered: bool = False
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """Why an order waits: ``overdue`` or ``credit``, and the amount that would release it."""

    reason: str
    missing: int


def hold_orders(
    orders: Iterable[Order], accounts: Mapping[Hashable, Account]
) -> dict[Hashable, Hold]:
    """Return ``{order key: Hold}`` of the orders that must wait.

    The orders of one account are taken by priority, then by key; each one that fits uses up credit
    for those after it, so that together they never exceed the limit. An order that does not fit
    leaves the credit to smaller ones behind it. An order without an account is not checked.

    >>> hold_orders([Order(1, "m", 60), Order(2, "m", 60)], {"m": Account("limit", 100, 0)})
    {2: Hold(reason='credit', missing=20)}
    """
    holds = {}
    used = {key: account.exposure for key, account in accounts.items()}
    for order in sorted(orders, key=lambda o: (-o.priority, str(type(o.key)), o.key)):
        account = accounts.get(order.account)
        if account is None or account.policy == "none" or order.covered:
            continue
        limit = 0 if account.policy == "prepaid" else account.limit
        missing = used[order.account] + order.amount - limit
        if account.overdue > 0:
            holds[order.key] = Hold("overdue", account.overdue)
        elif missing > 0 and order.amount > 0:
            holds[order.key] = Hold("credit", missing)
        else:
            used[order.account] += order.amount
    return holds
