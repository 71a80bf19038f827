"""Which documents follow from how a claim is resolved, whatever the figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.claims import (
    DECIDED,
    ERRORS,
    Credit,
    Documents,
    Left,
    Settled,
    Terms,
    left_to_settle,
    next_state,
    plan_documents,
)

RESOLUTIONS = ("replace", "return_refund", "refund", "price_cut", "reject")
STATES = ("open", "answered", "escalated", "resolved", "refused")
VERBS = ("answer", "escalate", "resolve", "refuse")
amounts = st.decimals(0, 10**6, places=2)
terms = st.builds(
    Terms,
    resolution=st.sampled_from(RESOLUTIONS),
    quantity=amounts,
    price=amounts,
    amount=amounts,
    returnable=st.none() | amounts,
    return_goods=st.booleans(),
    freight=amounts,
    freight_bearer=st.sampled_from(("supplier", "platform")),
)


def planned(given_terms):
    try:
        return plan_documents(given_terms)
    except ValueError as error:
        assert error.args[0].code in ERRORS
        return None


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", sorted(DECIDED))
def test_decided_claims_move_no_more(verb, state):
    assert next_state(verb, state) is None


def test_only_answered_or_escalated_claims_are_decided():
    allowed = {state for state in STATES if next_state("resolve", state)}
    assert allowed == {state for state in STATES if next_state("refuse", state)}
    assert allowed == {"answered", "escalated"}


@given(terms)
def test_a_rejected_claim_costs_nobody_anything(case):
    if case.resolution == "reject":
        assert planned(case) == Documents()


@given(terms)
def test_never_more_goes_back_than_is_left(case):
    documents = planned(case)
    if documents and documents.returned:
        assert documents.returned == case.quantity <= case.returnable
        assert case.resolution == "return_refund" or case.return_goods


@given(terms)
def test_goods_are_either_replaced_or_credited(case):
    documents = planned(case)
    if documents:
        credited = [credit for credit in documents.credits if credit.key != "freight"]
        assert not (documents.replaced and credited)
        assert len(credited) == (case.resolution in ("return_refund", "refund", "price_cut"))


@given(terms)
def test_freight_is_credited_once_and_only_where_the_supplier_bears_it(case):
    documents = planned(case)
    if documents and case.resolution != "reject":
        freight = [credit for credit in documents.credits if credit.key == "freight"]
        due = case.freight > 0 and case.freight_bearer == "supplier"
        assert freight == [Credit("freight", Decimal(1), case.freight)] * due


@pytest.mark.parametrize(
    ("code", "case"),
    [
        ("no_receipt", Terms("return_refund", Decimal(2), Decimal(3))),
        ("no_receipt", Terms("return_refund", Decimal(2), Decimal(3), returnable=Decimal(1))),
        ("no_product", Terms("replace")),
        ("no_amount", Terms("price_cut")),
        ("no_credit", Terms("refund", Decimal(2))),
        ("negative", Terms("refund", Decimal(-2), Decimal(3))),
    ],
)
def test_what_is_missing_is_named(code, case):
    with pytest.raises(ValueError) as refusal:
        plan_documents(case)
    assert refusal.value.args[0].code == code


@given(amounts, amounts, st.lists(st.builds(Settled, quantity=amounts, amount=amounts)), amounts)
def test_nothing_of_a_line_is_settled_twice(received, price, settled, elsewhere):
    left = left_to_settle(received, price, settled, elsewhere)
    assert 0 <= left.quantity <= received
    taken = elsewhere + sum(other.quantity for other in settled)
    assert left.quantity in (0, received - taken)
    assert 0 <= left.value <= left.quantity * price


@given(terms, amounts, amounts, amounts)
def test_nobody_gets_more_than_was_claimed_or_is_left(case, claimed, quantity, value):
    case = replace(case, claimed=claimed, claimed_amount=claimed, left=Left(quantity, value))
    documents = planned(case)
    if documents:
        assert documents.replaced <= min(claimed, quantity)
        goods = [credit for credit in documents.credits if credit.key != "freight"]
        assert sum(credit.quantity * credit.price for credit in goods) <= value
        for credit in goods:
            assert credit.quantity <= min(claimed, quantity) or credit.price <= claimed


@pytest.mark.parametrize(
    ("code", "case"),
    [
        ("above_claim", Terms("refund", Decimal(3), Decimal(1), claimed=Decimal(2))),
        ("above_claim", Terms("replace", Decimal(3), claimed=Decimal(2))),
        ("above_left", Terms("refund", Decimal(3), Decimal(1), left=Left(Decimal(2), Decimal(9)))),
        ("above_amount", Terms("price_cut", amount=Decimal(3), claimed_amount=Decimal(2))),
        ("above_value", Terms("price_cut", amount=Decimal(3), left=Left(Decimal(9), Decimal(2)))),
        ("above_value", Terms("refund", Decimal(1), Decimal(3), left=Left(Decimal(9), Decimal(2)))),
    ],
)
def test_limit_that_is_passed_is_named(code, case):
    with pytest.raises(ValueError) as refusal:
        plan_documents(case)
    assert refusal.value.args[0].code == code
