"""The response figure, and what is taken out of a customer's report."""

import doctest
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools import redaction
from s2b2b_supplier.tools.redaction import GAP, redact
from s2b2b_supplier.tools.response import Handled, response

hours = st.floats(0, 500).map(lambda value: round(value, 2))
handled = st.builds(Handled, answer=st.none() | hours, closing=st.none() | hours, waited=hours)
names = st.lists(st.text("abcdefgh", min_size=3, max_size=8), max_size=3)
HAN = "张伟李娜华联商贸收到货坏"
han_names = st.lists(st.text(HAN, min_size=2, max_size=6), max_size=3)


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
        ("on 2026-03-02 14:30, of 2026/03/02 24 boxes", None),
        ("ANN came, Annabel did not", f"{GAP} came, Annabel did not"),
    ],
)
def test_addresses_go_and_facts_stay(text, expected):
    assert redact(text, ["Ann"]) == (expected or text)


def test_examples_in_the_text_hold():
    assert not doctest.testmod(redaction).failed


@given(st.text(HAN + "abc1 ，。", max_size=60), han_names)
def test_no_name_of_han_is_left_wherever_it_stands(text, people):
    clean = redact(text, people)
    assert not any(name in clean for name in people)


@given(st.text(HAN, max_size=8), st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text(HAN))
def test_phone_number_goes_between_han(before, number, after):
    assert redact(f"{before}{number}{after}") == f"{before}{GAP}{after}"


@given(st.text(HAN, max_size=8), st.text("abcdefgh", min_size=1, max_size=8), st.text(HAN))
def test_latin_name_in_a_text_of_han_goes_as_a_whole_word_only(before, word, after):
    expected = GAP if word == "hal" else word
    assert redact(f"{before}{word}{after}", ["Hal"]) == f"{before}{expected}{after}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "张伟说华联商贸有限公司收到的货坏了，电话13800138000",
            f"{GAP}说{GAP}收到的货坏了，电话{GAP}",
        ),
        ("客户A张伟：手机+86 138 0013 8000。", f"客户A{GAP}：手机{GAP}。"),
        ("Hal说Halebop和Hal都坏了", f"{GAP}说Halebop和{GAP}都坏了"),
        ("请写信到abc@shop.cn谢谢", f"请写信到{GAP}谢谢"),
        ("信箱abc@华联.cn", GAP),
        ("见https://shop.cn/a?b=1，第二箱也坏", f"见{GAP}，第二箱也坏"),
        ("訂單P00012的24箱，ハルが受け取った", None),
        ("2026年3月2日和2026-03-02 14:30收到，批号1234567共330箱", None),
        ("单号SO20260302001，于2026/03/02", None),
    ],
)
def test_text_of_han_loses_people_and_keeps_facts(text, expected):
    assert redact(text, ["张伟", "华联商贸有限公司", "Hal"]) == (expected or text)
