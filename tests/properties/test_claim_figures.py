"""The response figure, and what is taken out of a customer's report."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.redaction import GAP, redact
from s2b2b_supplier.tools.response import Handled, response

hours = st.floats(0, 500).map(lambda value: round(value, 2))
handled = st.builds(Handled, answer=st.none() | hours, closing=st.none() | hours, waited=hours)
names = st.lists(st.text("abcdefgh", min_size=3, max_size=8), max_size=3)


@given(st.lists(handled, min_size=1, max_size=12))
def test_figure_lies_between_the_two_medians(claims):
    found = response(claims)
    answers = median(c.waited if c.answer is None else c.answer for c in claims)
    closings = [c.closing for c in claims if c.closing is not None]
    bounds = sorted([answers, median(closings) if closings else answers])
    value = found.numerator / found.denominator
    assert bounds[0] - 1e-6 <= value <= bounds[1] + 1e-6
    assert found.sample == len(claims)


@given(st.lists(handled, min_size=1, max_size=8))
def test_order_of_claims_does_not_matter(claims):
    assert response(claims) == response(claims[::-1])


def test_without_claims_there_is_no_figure():
    assert response([]) is None


@given(st.text("abcdefgh .,", max_size=60), names)
def test_no_name_is_left(text, people):
    clean = redact(text, people)
    words = clean.replace(".", " ").replace(",", " ").split()
    assert not set(words) & set(people)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to jo.doe+x@shop.co.uk now", f"write to {GAP} now"),
        ("call 020 7946 0018 or +49 (30) 901820", f"call {GAP} or {GAP}"),
        ("see https://shop.example/a?b=1", f"see {GAP}"),
        ("order P00012 of 2026-03-02, 24 boxes of 12 x 330", None),
        ("on 02.03.2026 at 14:30, batch 1234567", None),
        ("ANN came, Annabel did not", f"{GAP} came, Annabel did not"),
    ],
)
def test_addresses_go_and_facts_stay(text, expected):
    assert redact(text, ["Ann"]) == (expected or text)
