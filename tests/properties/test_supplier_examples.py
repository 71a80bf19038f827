"""The examples in the docstrings of the supplier tools are true."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "application",
        "bank",
        "claims",
        "fitness",
        "lifecycle",
        "market",
        "movement",
        "offers",
        "open_orders",
        "papers",
        "promise",
        "rectification",
        "redaction",
        "response",
        "roles",
        "suggestions",
        "trend",
        "uploads",
        "worktime",
    ],
)
def test_examples(module):
    result = doctest.testmod(import_module(f"s2b2b_supplier.tools.{module}"))
    assert result.attempted
    assert not result.failed
