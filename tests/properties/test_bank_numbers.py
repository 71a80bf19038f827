"""Account numbers: one wrong digit of an IBAN is always seen."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools import bank, roles
from s2b2b_supplier.tools.bank import account_kind, clean_account, masked
from s2b2b_supplier.tools.roles import CAPABILITIES, leaves_admin, may

IBANS = ["GB29NWBK60161331926819", "DE89370400440532013000", "FR1420041010050500013M02606"]


@pytest.mark.parametrize("module", [bank, roles], ids=lambda m: m.__name__)
def test_examples_in_the_docstrings_hold(module):
    assert not doctest.testmod(module).failed


@given(st.sampled_from(IBANS), st.integers(4, 21), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_seen(iban, place, digit):
    changed = iban[:place] + digit + iban[place + 1 :]
    assert account_kind(changed) == ("iban" if changed == iban else "wrong")


@given(st.text(max_size=40))
def test_any_text_has_a_kind_and_is_never_shown_whole(text):
    number = clean_account(text)
    assert account_kind(number) in ("iban", "plain", "wrong")
    assert len(number) <= 4 or number not in masked(number)


@given(st.dictionaries(st.integers(1, 5), st.sampled_from(["admin", "orders", "viewer"])))
def test_an_administrator_is_left_exactly_if_one_remains(people):
    for person in people:
        others = [role for who, role in people.items() if who != person]
        assert leaves_admin(people, person, None) == ("admin" in others)
        assert leaves_admin(people, person, "admin")


def test_only_administrators_look_after_people():
    for role in ("orders", "catalogue", "finance", "viewer", "", "owner"):
        assert not may(role, "people")
    assert all(may("admin", capability) for capability in CAPABILITIES)
