"""Whether a supplier may get an order: the one rule behind the gate and the allocation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .lifecycle import APPLICANT, CONDITIONAL, ELIMINATED, NONE, QUALIFIED, SUSPENDED

Path = tuple[int, ...]


@dataclass(frozen=True)
class Standing:
    """What is known of a supplier. Empty ``categories`` are all, ``max_amount`` None is no limit.

    ``suspended_categories`` lack a certificate; ``purchase_policy`` comes with its grade.
    ``exposure_limit`` is what its credit record allows to be open with it (None: no limit),
    ``open_amount`` what is, both untaxed and in the currency of the order's ``exposure``.
    """

    status: str
    valid_until: date | None = None
    categories: frozenset[int] = frozenset()
    suspended_categories: frozenset[int] = frozenset()
    max_amount: Decimal | None = None
    purchase_policy: str = "allow"
    exposure_limit: Decimal | None = None
    open_amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Unfit:
    """Why a supplier is unfit: ``code`` and, where it is about one, the ``category``."""

    code: str
    category: int | None = None


@dataclass(frozen=True)
class Ordered:
    """What a line orders of whom.

    ``quantity`` is in the product's own unit, ``amount`` untaxed in the company's currency.
    """

    supplier: int
    product: int
    quantity: float
    amount: Decimal


def asks_more(before: Ordered | None, after: Ordered) -> bool:
    """Whether a line of a confirmed order asks for more than it did (None: it is new).

    Another supplier or product, a larger quantity or a larger amount is more; a line that orders
    nothing never is.

    >>> asks_more(Ordered(1, 7, 5, Decimal(50)), Ordered(1, 7, 4, Decimal(40)))
    False
    >>> asks_more(Ordered(1, 7, 5, Decimal(50)), Ordered(1, 7, 4, Decimal(60)))
    True
    """
    if after.quantity <= 0:
        return False
    if before is None or (before.supplier, before.product) != (after.supplier, after.product):
        return True
    return after.quantity > before.quantity or after.amount > before.amount


def unfit(
    standing: Standing,
    paths: Iterable[Path] = (),
    amount: Decimal | None = None,
    *,
    exposure: Decimal | None = None,
    today: date,
    qualification_required: bool = False,
) -> Unfit | None:
    """The first reason against an order, or None.

    ``paths`` are the product categories ordered, each from the root down to the category itself;
    ``amount`` is the order's untaxed amount in the currency of ``max_amount``, ``exposure`` what
    the order adds to the ``open_amount``. Codes: the status, ``expired``, ``suspended_category``,
    ``category``, ``amount``, ``exposure``, ``grade``.
    """
    status = standing.status
    if status in (SUSPENDED, ELIMINATED):
        return Unfit(status)
    if status in (NONE, APPLICANT):
        return Unfit(status) if qualification_required else None
    if standing.valid_until and standing.valid_until < today:
        return Unfit("expired")
    if reason := _unfit_category(standing, paths):
        return reason
    if status == CONDITIONAL and _above(amount, standing.max_amount):
        return Unfit("amount")
    if exposure is not None and _above(standing.open_amount + exposure, standing.exposure_limit):
        return Unfit("exposure")
    if status in (QUALIFIED, CONDITIONAL) and standing.purchase_policy == "block":
        return Unfit("grade")
    return None


def _unfit_category(standing: Standing, paths: Iterable[Path]) -> Unfit | None:
    for path in paths:
        if standing.suspended_categories.intersection(path):
            return Unfit("suspended_category", path[-1])
        if standing.categories and not standing.categories.intersection(path):
            return Unfit("category", path[-1] if path else None)
    return None


def _above(amount: Decimal | None, limit: Decimal | None) -> bool:
    return amount is not None and limit is not None and amount > limit
