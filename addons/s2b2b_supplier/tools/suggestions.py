"""What the evidence of a weak measure says about where to begin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from .market import compared
from .reason import Reason

TEXTS = {
    "late": "{late} of {total} order lines were late, by {days:g} day(s) in the median.",
    "late_product": "{product} is in {count} of the {late} late lines.",
    "late_line": "{order}, {product}: {days} day(s) late.",
    "missing_line": "{order}, {product}: nothing has arrived, {days} day(s) after the promise.",
    "lead_time": "With {days} more day(s) promised, {saved} of the {late} late lines would have "
    "been on time.",
    "short": "{short} of {total} order lines came short; {missing:.0%} of their quantity is "
    "missing.",
    "short_line": "{order}, {product}: {received:g} of {ordered:g} came.",
    "faulty_product": "{product}: {faulty:g} of {received:g} were faulty or went back.",
    "dear_product": "{product} cost more than the usual price.",
    "claim_unanswered": "{claim} was not answered.",
    "claim_slow": "{claim} was answered after {hours:.0f} working hours.",
}
"""The suggestions: English text by code."""

WORST = 3
MOST_LATE_LINES = 0.8


@dataclass(frozen=True)
class Delivery:
    """An order line: ``days_late`` of its last arrival (or until today), quantities in one unit.

    ``paid`` is what it cost, ``market`` what the same goods cost at the median price; 0: not known.
    """

    order: str
    product: str
    days_late: int
    on_time: float
    ordered: float
    received: float
    faulty: float = 0.0
    paid: float = 0.0
    market: float = 0.0

    @property
    def is_late(self) -> bool:
        """Whether anything of it came after the promise, or has not come."""
        return self.days_late > 0 and self.on_time < 1


@dataclass(frozen=True)
class Answer:
    """A claim with the working hours to its first answer; None: not answered."""

    claim: str
    hours: float | None


def suggest(
    key: Hashable, deliveries: Sequence[Delivery] = (), answers: Sequence[Answer] = ()
) -> tuple[Reason, ...]:
    """What stands out in the evidence of the measure ``key``, the most telling first; empty for a
    measure that these documents say nothing about.

    >>> lines = [Delivery("P1", "Tea", 4, 0, 10, 10), Delivery("P2", "Tea", 0, 1, 10, 10)]
    >>> [str(reason) for reason in suggest("on_time", lines)][0]
    '1 of 2 order lines were late, by 4 day(s) in the median.'
    """
    finders: dict[Hashable, tuple[Callable[[], list[Reason]], ...]] = {
        "on_time": (lambda: _late(deliveries),),
        "in_full": (lambda: _short(deliveries),),
        "otif": (lambda: _late(deliveries), lambda: _short(deliveries)),
        "quality": (lambda: _faulty(deliveries),),
        "price": (lambda: _dear(deliveries),),
        "response": (lambda: _slow(answers),),
    }
    return tuple(reason for find in finders.get(key, ()) for reason in find())


def _late(deliveries: Sequence[Delivery]) -> list[Reason]:
    late = sorted(
        (line for line in deliveries if line.is_late),
        key=lambda line: (-line.days_late, line.order, line.product, line.received),
    )
    if not late:
        return []
    days = median(line.days_late for line in late)
    found = [_reason("late", late=len(late), total=len(deliveries), days=days)]
    product, count = min(
        Counter(line.product for line in late).items(), key=lambda item: (-item[1], item[0])
    )
    if count > 1 and count * 2 >= len(late):
        found.append(_reason("late_product", product=product, count=count, late=len(late)))
    found += [_late_line(line) for line in late[:WORST]]
    return found + _lead_time(late)


def _late_line(line: Delivery) -> Reason:
    code = "late_line" if line.received else "missing_line"
    return _reason(code, order=line.order, product=line.product, days=line.days_late)


def _lead_time(late: Sequence[Delivery]) -> list[Reason]:
    """How many days more would have saved most of what did arrive."""
    arrived = sorted(line.days_late for line in late if line.received)
    if not arrived:
        return []
    days = arrived[ceil(len(arrived) * MOST_LATE_LINES) - 1]
    saved = sum(lateness <= days for lateness in arrived)
    return [_reason("lead_time", days=days, saved=saved, late=len(late))]


def _short(deliveries: Sequence[Delivery]) -> list[Reason]:
    short = sorted(
        (line for line in deliveries if line.received < line.ordered),
        key=lambda line: (
            line.received / line.ordered,
            line.order,
            line.product,
            line.ordered,
        ),
    )
    if not short:
        return []
    ordered = sum(line.ordered for line in short)
    missing = 1 - sum(line.received for line in short) / ordered
    total = _reason("short", short=len(short), total=len(deliveries), missing=missing)
    return [total] + [
        _reason(
            "short_line",
            order=line.order,
            product=line.product,
            received=line.received,
            ordered=line.ordered,
        )
        for line in short[:WORST]
    ]


def _faulty(deliveries: Iterable[Delivery]) -> list[Reason]:
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for line in deliveries:
        sums[line.product][0] += line.faulty
        sums[line.product][1] += line.received
    worst = sorted(
        (-faulty / received, product, faulty, received)
        for product, (faulty, received) in sums.items()
        if faulty > 0 and received > 0
    )
    return [
        _reason("faulty_product", product=product, faulty=faulty, received=received)
        for _share, product, faulty, received in worst[:WORST]
    ]


def _dear(deliveries: Iterable[Delivery]) -> list[Reason]:
    """What was paid most above the median, by name only: a figure would tell a rival's price."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for line in deliveries:
        if line.market > 0:
            sums[line.product][0] += line.paid
            sums[line.product][1] += line.market
    worst = sorted(
        (-compared(paid, market), product)
        for product, (paid, market) in sums.items()
        if compared(paid, market) > 1
    )
    return [_reason("dear_product", product=product) for _share, product in worst[:WORST]]


def _slow(answers: Iterable[Answer]) -> list[Reason]:
    answers = list(answers)
    silent = sorted(answer.claim for answer in answers if answer.hours is None)
    slow = sorted((-a.hours, a.claim) for a in answers if a.hours is not None)
    found = [_reason("claim_unanswered", claim=claim) for claim in silent[:WORST]]
    return found + [
        _reason("claim_slow", claim=claim, hours=-hours) for hours, claim in slow[:WORST]
    ]


def _reason(code: str, **params: object) -> Reason:
    return Reason(code, TEXTS[code], **params)
