"""Input of an allocation that cannot be meant is refused before anything is computed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from .number import is_finite

if TYPE_CHECKING:
    from .allocation import Demand, Offer, Policy, Supplier


def check_input(
    demands: "Sequence[Demand]",
    offers: "Sequence[Offer]",
    suppliers: "Sequence[Supplier]",
    policy: "Policy",
    today: date,
    time_limit: float | None,
) -> None:
    """Raise ``ValueError``, naming record and field, on the first thing that cannot be meant."""
    for records in (demands, offers, suppliers):
        _check_keys(records)
    for demand in demands:
        _check_demand(demand)
    for offer in offers:
        _check_offer(offer)
    for supplier in suppliers:
        _check_supplier(supplier)
    _check_policy(policy)
    _check_date("today", today)
    if time_limit is not None and not time_limit >= 0:
        raise ValueError(f"time_limit must be 0 or more seconds, not {time_limit!r}.")


def _check_keys(records: Iterable[Any]) -> None:
    seen = set()
    for record in records:
        if record.key in seen:
            raise ValueError(f"{_name(record)} is there twice.")
        seen.add(record.key)


def _check_demand(demand: "Demand") -> None:
    _check_whole(demand, "quantity")
    _check_number(demand, "weight")
    if demand.wanted is not None:
        _check_date(f"{_name(demand)}: wanted", demand.wanted)


def _check_offer(offer: "Offer") -> None:
    _check_number(offer, "price", optional=True)
    _check_whole(offer, "min_quantity", optional=True)
    _check_whole(offer, "available", optional=True, signed=True)
    _check_whole(offer, "lead_days", optional=True)


def _check_supplier(supplier: "Supplier") -> None:
    _check_number(supplier, "fixed_cost", optional=True)
    _check_whole(supplier, "capacity", optional=True, signed=True)
    _check_number(supplier, "grade_bonus", optional=True, signed=True)


def _check_policy(policy: "Policy") -> None:
    for field in ("price_weight", "late_cost_per_day", "grade_weight"):
        _check_number(policy, field)
    _check_number(policy, "max_share", optional=True)
    if policy.max_share is not None and policy.max_share > 1:
        raise ValueError(f"Policy: max_share must be between 0 and 1, not {policy.max_share!r}.")


def _check_whole(record: Any, field: str, optional: bool = False, signed: bool = False) -> None:
    value = getattr(record, field)
    if value is None and optional:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{_name(record)}: {field} must be a whole number, not {value!r}.")
    if value < 0 and not signed:
        raise ValueError(f"{_name(record)}: {field} must not be negative, it is {value!r}.")


def _check_number(record: Any, field: str, optional: bool = False, signed: bool = False) -> None:
    value = getattr(record, field)
    if value is None and optional:
        return
    if not is_finite(value):
        raise ValueError(f"{_name(record)}: {field} must be a finite number, not {value!r}.")
    if value < 0 and not signed:
        raise ValueError(f"{_name(record)}: {field} must not be negative, it is {value!r}.")


def _check_date(what: str, value: object) -> None:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError(f"{what} must be a date without a time, not {value!r}.")


def _name(record: Any) -> str:
    kind = type(record).__name__
    return f"{kind} {record.key!r}" if hasattr(record, "key") else kind
