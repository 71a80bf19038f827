"""The examples in the docstrings of the settlement tools are true."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "module",
    ["ordering", "reason", "references", "likeness", "fees", "charging", "netting", "periods"],
)
def test_examples(module):
    result = doctest.testmod(import_module(f"s2b2b_settlement.tools.{module}"))
    assert result.attempted
    assert not result.failed
