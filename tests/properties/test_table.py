"""Tables from any spreadsheet: read in any order, written so that nothing is a formula."""

import csv
import doctest
import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools import table
from s2b2b_supplier.tools.catalogue import HEADINGS, Line, read_lines
from s2b2b_supplier.tools.table import guarded, plain, read_csv, read_rows, write_csv


def test_examples_in_the_docstrings_hold():
    assert not doctest.testmod(table).failed


def test_headings_are_found_in_both_languages_and_in_any_order():
    for text in ("Price;Supplier code;Other\n9;A1;x", "单价,供应商货号\n9,A1", "price\tsku\n9\tA1"):
        rows, columns = read_rows(read_csv(text), HEADINGS, 10)
        assert columns == {"price", "supplier_code"}
        assert read_lines(rows)[0] == [Line(2, supplier_code="A1", figures={"price": Decimal(9)})]


def test_reading_stops_beyond_the_most_rows():
    assert len(read_rows(read_csv("price\n" + "1\n" * 50), HEADINGS, 10)[0]) == 11


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_value_error(content):
    try:
        rows, _columns = read_rows(read_csv(table.decode(content)), HEADINGS, 5)
    except ValueError:
        return
    lines, faults = read_lines(rows)
    assert {r.number for r in rows} == {x.row for x in [*lines, *faults]}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
def test_text_in_our_files_is_never_a_formula_and_comes_back_as_it_was(text):
    cell = next(csv.reader(io.StringIO(write_csv([["x", text]]).decode("utf-8-sig"), newline="")))[
        1
    ]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    if text.strip() == text and not text.startswith("'"):
        assert plain(guarded(text)) == text
