"""A typed quantity: the number that is meant, or why there is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_order.tools.quantity import MOST, QuantityError, read_quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("12", "12"),
        (" 12 ", "12"),
        ("+3", "3"),
        ("1.5", "1.5"),
        ("1,5", "1.5"),
        ("1,500", "1500"),
        ("1,500.25", "1500.25"),
        ("12,345,678", "12345678"),
        ("１２", "12"),
        ("1 000", "1000"),
        (".5", "0.5"),
        (7, "7"),
        (2.5, "2.5"),
        (Decimal("0.1"), "0.1"),
    ],
)
def test_quantity_is_read(text, quantity):
    assert read_quantity(text) == Decimal(quantity)


@pytest.mark.parametrize(
    ("text", "quantity"), [("1.500", "1500"), ("1,5", "1.5"), ("1.5", "1.5"), ("1.500,5", "1500.5")]
)
def test_quantity_is_read_in_the_writing_of_another_language(text, quantity):
    assert read_quantity(text, point=",", thousands=".") == Decimal(quantity)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("", "missing"),
        ("   ", "missing"),
        (None, "missing"),
        (False, "missing"),
        (True, "missing"),
        ("0", "positive"),
        ("0.00", "positive"),
        ("-4", "positive"),
        ("ten", "number"),
        ("1.2.3", "number"),
        ("1,2,3", "number"),
        ("1e5", "number"),
        ("nan", "number"),
        ("inf", "number"),
        (float("nan"), "number"),
        ("--1", "number"),
        ("1;2", "number"),
        ("=1+1", "number"),
        ("٣", "number"),
        ("5012345678900", "large"),
        ("9" * 400, "large"),
        ([1], "number"),
    ],
)
def test_what_cannot_be_ordered_says_why(text, trouble):
    with pytest.raises(QuantityError) as caught:
        read_quantity(text)
    assert caught.value.trouble == trouble


@given(st.decimals(Decimal("0.001"), MOST, places=3))
def test_quantity_is_the_same_however_it_is_grouped(quantity):
    assert read_quantity(f"{quantity:,f}") == quantity
    assert read_quantity(f"{quantity:f}") == quantity
