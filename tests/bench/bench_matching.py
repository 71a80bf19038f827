"""Matching bank lines with open items at N and 2N: the work grows as the numbers do."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import conftest  # noqa: F401 (lets the tools be imported without Odoo)
from s2b2b_settlement.tools.matching import Candidate, Entry, Rules, match

N = 4_000
LIMIT = 2.6
TODAY = date(2026, 11, 25)


def run(env, report):
    small, large = _case(N), _case(2 * N)
    floor = report.time(lambda: match(*small, Rules(), today=TODAY))
    ours = report.time(lambda: match(*large, Rules(), today=TODAY))
    report.ratio(f"match {2 * N} lines", ours, floor, f"{N} lines", limit=LIMIT)
    result = match(*large, Rules(), today=TODAY)
    report.figure("unique matches", f"{sum(m.unique for m in result.matches)} of {2 * N} lines")


def _case(count):
    """One member for ten invoices; of ten lines six quote a number, two have only the amount, and
    two are of nobody."""
    items = [
        Candidate(
            key=number,
            amount=10_000 + number * 7,
            currency="EUR",
            date=TODAY,
            partner=number // 10,
            account=None,
            name=f"Member {number // 10}",
            reference=f"INV/2026/{number:06d}",
        )
        for number in range(count)
    ]
    entries = [_entry(item, number) for number, item in enumerate(items)]
    return entries, items


def _entry(item, number):
    kind = number % 10
    return Entry(
        key=number,
        amount=item.amount,
        currency="EUR",
        date=TODAY,
        partner=item.partner if kind < 8 else None,
        account=None,
        name=None,
        reference=item.reference if kind < 6 else None,
        text="thank you" if kind < 8 else f"card {number}",
    )
