"""Is a proposed product known? The same GTIN in any form, the same code, or a near name."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools import similarity
from s2b2b_supplier.tools.similarity import Known, gtin_forms, likeness, match, words

JAM = Known("jam", "Orange Marmalade 340 g", "012345678905", frozenset({"A1"}))
TEA = Known("tea", "Green Tea", "4006381333931")


def test_examples_in_the_docstrings_hold():
    assert not doctest.testmod(similarity).failed


@pytest.mark.parametrize(
    "barcode", ["012345678905", "12345678905", "0012345678905", "0-12345 678905"]
)
def test_a_gtin_is_the_same_however_it_is_written(barcode):
    assert match("Something else", barcode, "", [TEA, JAM]).keys == ("jam",)


def test_the_gtin_comes_before_the_code_and_the_code_before_the_name():
    assert match("Green Tea", "012345678905", "A1", [TEA, JAM]).kind == "barcode"
    assert match("Green Tea", "", "A1", [TEA, JAM]) == similarity.Match("code", ("jam",))
    assert match("Green Tea", "", "", [TEA, JAM]) == similarity.Match("near", ("tea",))


def test_what_is_like_nothing_is_unknown():
    assert match("Copper wire", "", "", [TEA, JAM]).kind == "none"
    assert match("", "", "", [Known("x", "", "")]).kind != "barcode"


def test_word_order_spacing_and_accents_do_not_matter():
    assert likeness("Crème fraîche 200g", "200 g creme fraiche") == 1


def test_chinese_names_are_compared():
    assert words("乌龙茶 500克")
    assert match("乌龙茶 500克", "", "", [Known("a", "乌龙茶 500 克"), TEA]).keys == ("a",)


@given(st.text(max_size=20))
def test_any_text_has_forms_of_the_lengths_of_a_gtin_or_none(text):
    assert all(len(form) in (8, 12, 13, 14) for form in gtin_forms(text))


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_between_nothing_and_the_same(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
