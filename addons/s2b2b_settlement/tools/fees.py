"""Which commission rule an order line falls under, and what the fee is.

A rule asks for some facts of the purchase; what it does not ask for is free. Of the rules that fit,
the most exact one wins, whatever their order: one for this supplier beats one for its grade, which
beats one for anybody; then one for the product beats one for its category, and a deeper category a
higher one; then one for the order type; then one with dates. The sequence decides between rules
that are equally exact.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .reason import Reason

PERCENT = Decimal(100)


@dataclass(frozen=True)
class Purchase:
    """The facts of an order line that rules ask for.

    :param categories: of the product, the nearest first, up to the top
    """

    supplier: Hashable
    product: Hashable
    day: date
    grade: Hashable | None = None
    categories: tuple[Hashable, ...] = ()
    order_type: Hashable | None = None


@dataclass(frozen=True)
class Rule:
    """When a rate holds; None: for any.

    :param depth: how far ``category`` is from the top of the categories, for comparing two
    """

    key: Hashable
    sequence: int = 10
    supplier: Hashable | None = None
    grade: Hashable | None = None
    product: Hashable | None = None
    category: Hashable | None = None
    depth: int = 0
    order_type: Hashable | None = None
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True)
class Rate:
    """What a fee is computed by; amounts in the smallest unit of the currency.

    :param percent: of the untaxed amount
    :param fixed: added once an order line
    :param discount: percent off what percent and fixed amount come to, for the supplier's grade
    :param minimum: the least fee, after the discount
    :param maximum: the highest fee, after the discount; None: no cap
    """

    percent: Decimal = Decimal(0)
    fixed: int = 0
    discount: Decimal = Decimal(0)
    minimum: int = 0
    maximum: int | None = None


def fee(base: int, rate: Rate) -> int:
    """Return the commission on ``base``, in the smallest unit of the currency.

    Half a unit is rounded up. On nothing, or on a credit, there is no fee.

    :param base: the untaxed amount of the order line, in the smallest unit

    >>> fee(10000, Rate(percent=Decimal("2.5"), fixed=50, discount=Decimal(10), minimum=100))
    270
    """
    if base <= 0:
        return 0
    exact = base * rate.percent / PERCENT + rate.fixed
    exact *= 1 - rate.discount / PERCENT
    amount = max(rate.minimum, int(exact.to_integral_value(ROUND_HALF_UP)))
    return amount if rate.maximum is None else min(amount, rate.maximum)


def find_rule(purchase: Purchase, rules: Iterable[Rule]) -> tuple[Rule | None, Reason]:
    """Return the rule that wins for ``purchase``, and why; ``rules`` may come in any order."""
    fitting = sorted((rule for rule in rules if _fits(rule, purchase)), key=_rank)
    if not fitting:
        return None, Reason("none", "no rule fits")
    first = fitting[0]
    if len(fitting) == 1:
        return first, Reason("only", "the only rule that fits")
    if exactness(first) > exactness(fitting[1]):
        return first, Reason("exact", "the most exact of {count} that fit", count=len(fitting))
    return first, Reason(
        "sequence", "comes before others as exact, of {count} that fit", count=len(fitting)
    )


def exactness(rule: Rule) -> tuple[int, ...]:
    """Return how exact ``rule`` is; a greater value beats a smaller one.

    >>> exactness(Rule("a", supplier=7)) > exactness(Rule("b", grade=1, product=2))
    True
    """
    return (
        2 * (rule.supplier is not None) + (rule.grade is not None),
        2 * (rule.product is not None) + (rule.category is not None),
        rule.depth if rule.category is not None else 0,
        int(rule.order_type is not None),
        int(rule.date_from is not None or rule.date_to is not None),
    )


def never_wins(rules: Iterable[Rule], *, today: date) -> dict[Hashable, Reason]:
    """Return why rules can never win from ``today`` on; those that may win are not in it.

    A rule is over, its dates are reversed, or another one with the same conditions, for all of its
    days, comes first. ``by`` of the reason is the key of that other one.
    """
    reasons: dict[Hashable, Reason] = {}
    live: list[Rule] = []
    for rule in sorted(rules, key=_rank):
        reason = _find_end(rule, today) or _find_shadow(rule, live, today)
        if reason:
            reasons[rule.key] = reason
        else:
            live.append(rule)
    return reasons


def _fits(rule: Rule, purchase: Purchase) -> bool:
    asked = (
        (rule.supplier, (purchase.supplier,)),
        (rule.grade, (purchase.grade,)),
        (rule.product, (purchase.product,)),
        (rule.category, purchase.categories),
        (rule.order_type, (purchase.order_type,)),
    )
    if any(wanted is not None and wanted not in given for wanted, given in asked):
        return False
    return _start(rule) <= purchase.day <= _end(rule)


def _rank(rule: Rule) -> tuple:
    return (*(-part for part in exactness(rule)), rule.sequence, str(rule.key).zfill(12))


def _start(rule: Rule) -> date:
    return rule.date_from or date.min


def _end(rule: Rule) -> date:
    return rule.date_to or date.max


def _find_end(rule: Rule, today: date) -> Reason | None:
    if _end(rule) < _start(rule):
        return Reason("reversed", "it ends before it begins")
    if _end(rule) < today:
        return Reason("over", "it ended on {day}", day=_end(rule))
    return None


def _find_shadow(rule: Rule, earlier: list[Rule], today: date) -> Reason | None:
    start = max(_start(rule), today)
    for other in earlier:
        covers = _start(other) <= start and _end(other) >= _end(rule)
        if covers and _conditions(other) == _conditions(rule):
            return Reason("shadowed", "rule {by} always comes first", by=other.key)
    return None


def _conditions(rule: Rule) -> tuple:
    return (rule.supplier, rule.grade, rule.product, rule.category, rule.order_type)
