"""Which orders of a batch a member's credit carries, and what the others lack.

Amounts are integers of the smallest unit of the company's currency.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Account", "Hold", "Order", "hold_orders", "share"]


@dataclass(frozen=True, slots=True)
class Account:
    """What a member owes and may owe.

    ``policy`` is ``none`` (not checked), ``limit`` or ``prepaid`` (a limit of 0). ``exposure`` is
    what it owes and has on order; money that came for an order not yet confirmed does not lower it,
    so that it carries no other order. ``overdue`` is what it owes longer than the company takes.
    """

    policy: str
    limit: int
    exposure: int
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """An order that is to be confirmed; of two, the one of higher ``priority`` comes first.

    ``covered`` orders have been paid: they need no credit. ``paid`` is the money in the books that
    came for this order, which lowers the exposure only once the order is confirmed.
    """

    key: Hashable
    account: Hashable
    amount: int
    covered: bool = False
    priority: int = 0
    paid: int = 0


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
    for those after it, less what was paid for it, so that together they never exceed the limit. An
    order that does not fit leaves the credit to smaller ones behind it. An order without an account
    is not checked.

    >>> hold_orders([Order(1, "m", 60), Order(2, "m", 60)], {"m": Account("limit", 100, 0)})
    {2: Hold(reason='credit', missing=20)}
    """
    holds = {}
    used = {key: account.exposure for key, account in accounts.items()}
    for order in sorted(orders, key=lambda o: (-o.priority, str(type(o.key)), o.key)):
        account = accounts.get(order.account)
        if account is None or account.policy == "none":
            continue
        needed = order.amount - min(order.paid, max(order.amount, 0))
        hold = None if order.covered else _find_hold(account, used[order.account], needed)
        if hold:
            holds[order.key] = hold
        else:
            used[order.account] += needed
    return holds


def _find_hold(account: Account, used: int, needed: int) -> Hold | None:
    if account.overdue > 0:
        return Hold("overdue", account.overdue)
    limit = 0 if account.policy == "prepaid" else account.limit
    missing = used + needed - limit
    return Hold("credit", missing) if missing > 0 and needed > 0 else None


def share(amount: int, totals: Mapping[Hashable, int]) -> dict[Hashable, int]:
    """Return what each of ``totals`` gets of ``amount`` that was paid for all of them together.

    In proportion; the shares add up to ``amount``, and cover each one just where it covers all.
    What is worth nothing, or less, gets nothing.

    >>> share(90, {1: 100, 2: 50})
    {1: 60, 2: 30}
    """
    whole = sum(total for total in totals.values() if total > 0)
    shares, before, given = {}, 0, 0
    for key, total in totals.items():
        before += max(total, 0)
        upto = amount * before // whole if whole else 0
        shares[key] = upto - given
        given = upto
    return shares
