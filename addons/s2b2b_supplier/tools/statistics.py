"""What was ordered, received and returned: summed by month and product, and as bars of a chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

KINDS = ("ordered", "received", "returned")


@dataclass(frozen=True)
class Fact:
    """A sum of one ``kind`` of a product in a month (its first day), amounts in one currency."""

    month: date
    product: Hashable
    kind: str
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Summary:
    """``months`` and ``products`` hold {kind: amount} and {kind: (quantity, amount)}.

    Products with the most ordered come first; ``totals`` are {kind: amount}.
    """

    months: dict[date, dict[str, Decimal]]
    products: dict[Hashable, dict[str, tuple[Decimal, Decimal]]]
    totals: dict[str, Decimal]


@dataclass(frozen=True)
class Bar:
    """A bar of a chart in its own units: ``series`` and ``place`` say what it shows."""

    series: int
    place: int
    x: float
    y: float
    width: float
    height: float


def last_months(today: date, count: int) -> list[date]:
    """The first days of the last ``count`` months, this one included, the oldest first.

    >>> last_months(date(2026, 1, 31), 2)
    [datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    ends = [today.year * 12 + today.month - 1 - back for back in range(count)]
    return [date(number // 12, number % 12 + 1, 1) for number in reversed(ends)]


def summarize(facts: Iterable[Fact], months: Sequence[date]) -> Summary:
    """The sums of the facts of these months; a month without any has zeros."""
    nothing = Decimal()
    by_month = {month: dict.fromkeys(KINDS, nothing) for month in months}
    products: dict[Hashable, dict[str, tuple[Decimal, Decimal]]] = defaultdict(
        lambda: dict.fromkeys(KINDS, (nothing, nothing))
    )
    for fact in facts:
        if fact.month not in by_month:
            continue
        by_month[fact.month][fact.kind] += fact.amount
        quantity, amount = products[fact.product][fact.kind]
        products[fact.product][fact.kind] = (quantity + fact.quantity, amount + fact.amount)
    ranked = sorted(products.items(), key=lambda item: (-item[1]["ordered"][1], str(item[0])))
    totals = {kind: sum((s[kind] for s in by_month.values()), nothing) for kind in KINDS}
    return Summary(by_month, dict(ranked), totals)


def bars(series: Sequence[Sequence[float]], width: float, height: float) -> list[Bar]:
    """Grouped bars from the left, the highest as high as the chart; nothing below zero.

    >>> bars([[1, 2]], 40, 10)
    [Bar(series=0, place=0, x=2.0, y=5.0, width=16.0, height=5.0), \
Bar(series=0, place=1, x=22.0, y=0.0, width=16.0, height=10.0)]
    """
    top = max((value for values in series for value in values), default=0)
    places = max((len(values) for values in series), default=0)
    if top <= 0:
        return []
    group = width / places
    wide = group * 0.8 / len(series)
    found = []
    for number, values in enumerate(series):
        for place, value in enumerate(values):
            high = height * max(0, value) / top
            x = place * group + group * 0.1 + number * wide
            found.append(
                Bar(
                    number,
                    place,
                    round(x, 2),
                    round(height - high, 2),
                    round(wide, 2),
                    round(high, 2),
                )
            )
    return found
