"""The work grows with the numbers, not with their product; the times are recorded (--junit-xml)."""

import random
import time

import pytest
from matching_cases import item, pay, run


def _mixed(size):
    """Return payments that quote, payments that do not, near amounts, unknown payers."""
    chance = random.Random(size)
    entries, items = [], []
    for key in range(size):
        partner, amount = chance.randrange(size // 5), chance.randint(100, 500_000)
        items.append(item(key, amount, partner, f"INV/2026/{key:06d}"))
        quoted = f"payment INV/2026/{key:06d} thank you" if chance.random() < 0.5 else "thanks"
        off = chance.choice((0, 0, 0, chance.randint(1, 50)))
        entries.append(pay(key, amount + off, chance.choice((partner, None)), None, quoted))
    return entries, items


def _one_amount(size):
    """Return payments and items of one partner, all of one amount and one reference."""
    return (
        [pay(key, 100, "P", "RENT") for key in range(size)],
        [item(key, 100, "P", "RENT") for key in range(size)],
    )


def _one_partner(size):
    """Return payments and items of one partner that have nothing in common."""
    chance = random.Random(size)
    return (
        [pay(key, chance.randint(10**4, 10**7)) for key in range(size)],
        [item(key, chance.randint(10**4, 10**7)) for key in range(size)],
    )


@pytest.mark.parametrize("shape", [_mixed, _one_amount, _one_partner])
def test_twice_as_many_are_matched_in_bounded_time(shape, record_property):
    seconds = {}
    for size in (2_000, 4_000):
        entries, items = shape(size)
        start = time.perf_counter()
        result = run(entries, items)
        seconds[size] = time.perf_counter() - start
        matched = sum(len(found.entries) for found in result.matches)
        assert matched + sum(left.side == "entry" for left in result.leftovers) == size
    record_property(shape.__name__, seconds)
    assert seconds[4_000] < 60
