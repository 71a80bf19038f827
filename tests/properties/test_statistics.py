"""Sums by month and product agree with each other, and bars stay inside their chart."""

import doctest
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools import statistics
from s2b2b_supplier.tools.statistics import KINDS, Fact, bars, last_months, summarize

MONTHS = last_months(date(2026, 3, 31), 12)
facts = st.builds(
    Fact,
    st.sampled_from([*MONTHS, date(2020, 1, 1)]),
    st.sampled_from(["jam", "tea", "rice"]),
    st.sampled_from(KINDS),
    st.integers(0, 99).map(Decimal),
    st.decimals(0, 9999, places=2),
)


def test_examples_in_the_docstrings_hold():
    assert not doctest.testmod(statistics).failed


def test_months_cross_the_years():
    assert MONTHS[0] == date(2025, 4, 1) and MONTHS[-1] == date(2026, 3, 1) and len(MONTHS) == 12


@given(st.lists(facts))
def test_months_products_and_totals_are_the_same_sums(found):
    summary = summarize(found, MONTHS)
    for kind in KINDS:
        inside = sum(f.amount for f in found if f.kind == kind and f.month in MONTHS)
        assert summary.totals[kind] == inside
        assert sum(sums[kind][1] for sums in summary.products.values()) == inside
        assert sum(sums[kind] for sums in summary.months.values()) == inside


@given(st.lists(facts), st.randoms())
def test_order_of_the_facts_does_not_matter(found, random):
    mixed = random.sample(found, len(found))
    assert summarize(mixed, MONTHS) == summarize(found, MONTHS)


@given(st.lists(st.lists(st.floats(0, 1e9), min_size=3, max_size=3), min_size=1, max_size=3))
def test_bars_stay_inside_the_chart(series):
    for bar in bars(series, 400, 150):
        assert bar.x >= 0 and bar.x + bar.width <= 400.1
        assert bar.y >= -0.1 and bar.y + bar.height == pytest.approx(150, abs=0.02)
