"""Laws of the public application form of members."""

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_member.tools.application import (
    LENGTHS,
    REQUIRED,
    check,
    clean,
    record_number,
    tax_number_keys,
)

GOOD = {
    "company_name": "Kendal Gifts",
    "country_id": "231",
    "vat": "GB980780684",
    "contact_name": "Ann",
    "email": "ann@kendal.example.com",
    "trade": "Gift shop",
}


@given(st.dictionaries(st.sampled_from([*LENGTHS, "country_id", "other"]), st.text()))
def test_clean_values_are_trimmed_known_and_clean_again(form):
    values = clean(form)
    assert set(values) == {*LENGTHS, "country_id"}
    assert clean(values) == values
    assert not any("\x00" in value for value in values.values())


@given(st.sampled_from(REQUIRED))
def test_each_required_field_is_missed(name):
    assert not check(GOOD)
    assert check({**GOOD, name: ""}) == {name: "missing"}


@given(st.sampled_from(sorted(LENGTHS)), st.integers(1, 50))
def test_what_is_too_long_is_said(name, more):
    assert check({**GOOD, name: "x" * (LENGTHS[name] + more)})[name] == "long"


@given(st.text())
def test_number_of_a_record_is_a_number_or_nothing(text):
    number = record_number(text)
    assert number == 0 or int(text) == number


@given(st.text(alphabet="0123456789", min_size=5, max_size=12), st.sampled_from(["GB", "DE"]))
def test_same_tax_number_is_recognized_however_it_is_written(digits, code):
    spaced = f"{code.lower()} {digits[:2]}-{digits[2:]}"
    assert tax_number_keys(spaced, code) & tax_number_keys(digits, code)


def test_number_without_a_character_has_no_keys():
    assert tax_number_keys(" -/ ", "GB") == frozenset()
