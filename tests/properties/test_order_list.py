"""A pasted order list: nothing of it is lost, and every line keeps its number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_order.tools.order_list import Row, read_table, read_text
from s2b2b_supplier.tools.table import decode


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("85123A;12", [Row(1, "85123A", "12")]),
        ("85123A\t12", [Row(1, "85123A", "12")]),
        ("85123A, 12", [Row(1, "85123A", "12")]),
        ("85123A 12", [Row(1, "85123A", "12")]),
        ("85123A;1,000", [Row(1, "85123A", "1,000")]),
        ("85123A,1,000", [Row(1, "85123A", "1")]),
        ("'85123A';ten", [Row(1, "'85123A'", "ten")]),
        ('"85;123";4', [Row(1, "85;123", "4")]),
        ("85123A", [Row(1, "85123A", "")]),
        (";7", [Row(1, "", "7")]),
        ("\n\n85123A;12\n", [Row(3, "85123A", "12")]),
        ("８５１２３Ａ；１２", [Row(1, "85123A", "12")]),
        ("a;1\r\nb;2", [Row(1, "a", "1"), Row(2, "b", "2")]),
        ("article;quantity\nb;2", [Row(2, "b", "2")]),
        ("lamp;quantity\nb;2", [Row(1, "lamp", "quantity"), Row(2, "b", "2")]),
        ("货号,数量\nb,2", [Row(2, "b", "2")]),
        ("Qty;Name;SKU\n3;Lamp;b", [Row(2, "b", "3")]),
        ("", []),
        ("  \n\t\n", []),
    ],
)
def test_pasted_text_is_read(text, rows):
    assert read_text(text) == rows


def test_numbers_of_a_spreadsheet_are_read_as_they_are_shown():
    table = [["SKU", "Qty"], [85123.0, 12.0], [None, None], ["b", 1.5]]
    assert read_table(table) == [Row(2, "85123", "12"), Row(4, "b", "1.5")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_file_of_any_program_is_decoded(encoding):
    assert read_text(decode("灯;2".encode(encoding))) == [Row(1, "灯", "2")]


def test_file_that_is_no_text_is_refused():
    with pytest.raises(ValueError):
        decode(b"PK\x03\x04\x00\x00")


@given(st.lists(st.tuples(st.from_regex(r"[A-Z0-9]{2,8}", fullmatch=True), st.integers(1, 999))))
def test_every_line_comes_out_once_with_its_number(pairs):
    text = "\n".join(f"{article};{quantity}" for article, quantity in pairs)
    expected = [Row(n, article, str(q)) for n, (article, q) in enumerate(pairs, start=1)]
    assert read_text(text) == expected


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    lines = text.splitlines()
    for row in read_text(text):
        assert 1 <= row.line <= len(lines)
