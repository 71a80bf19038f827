"""Rows of past sales: every row is a sale, a credit note, or skipped with its reason."""

import gzip
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_member.tools.retail import (
    COLUMNS,
    REASONS,
    Line,
    Skipped,
    group_documents,
    read_lines,
)
from s2b2b_member.tools.retail_file import UnreadableFile, check_file, read_file

HEADER = ",".join(COLUMNS)
GOOD = "536365,85123a,WHITE  HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom"


def read(*rows, header=HEADER):
    return list(read_lines((f"{row}\n" for row in (header, *rows)), "sales.csv"))


def changed(**values):
    cells = dict(zip(COLUMNS, GOOD.split(","), strict=True)) | values
    return ",".join(cells[column] for column in COLUMNS)


def test_row_of_a_sale_is_read():
    (line,) = read(GOOD)
    assert (line.code, line.name, line.quantity, line.price) == (
        "85123A",
        "WHITE HOLDER",
        6,
        Decimal("2.55"),
    )
    assert (line.customer, line.credit, line.number) == ("17850", False, 2)


def test_negative_quantity_on_a_credit_note_is_taken_back():
    (line,) = read(changed(InvoiceNo="C536379", Quantity="-6"))
    assert line.credit
    assert line.quantity == 6


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("no_customer", {"CustomerID": ""}),
        ("customer", {"CustomerID": "17850-1"}),
        ("zero_price", {"UnitPrice": "0.0"}),
        ("negative_price", {"UnitPrice": "-1"}),
        ("fine_price", {"UnitPrice": "0.001"}),
        ("price", {"UnitPrice": "nan"}),
        ("price", {"UnitPrice": "1e300"}),
        ("service", {"StockCode": "POST"}),
        ("service", {"StockCode": "m"}),
        ("product", {"StockCode": " "}),
        ("adjustment", {"InvoiceNo": "A563185"}),
        ("invoice", {"InvoiceNo": "n/a"}),
        ("negative", {"Quantity": "-6"}),
        ("positive", {"InvoiceNo": "C536379"}),
        ("zero_quantity", {"Quantity": "0"}),
        ("quantity", {"Quantity": "1.5"}),
        ("quantity", {"Quantity": "99999999999"}),
        ("date", {"InvoiceDate": "yesterday"}),
    ],
)
def test_row_that_is_no_sale_is_skipped_with_its_reason(code, values):
    (row,) = read(changed(**values))
    assert isinstance(row, Skipped)
    assert row.reason.code == code
    assert row.number == 2


def test_row_with_too_few_columns_is_skipped_and_the_next_is_read():
    short, good = read("536365,85123A", GOOD)
    assert short.reason == "The row has 2 columns instead of 8."
    assert isinstance(good, Line)


def test_file_without_a_column_says_which():
    (row,) = read(GOOD, header=HEADER.replace("UnitPrice", "Amount"))
    assert row.reason == "The file has no column UnitPrice."


def test_columns_may_stand_in_another_order_and_others_are_passed_over():
    header = "Note," + ",".join(reversed(COLUMNS))
    (line,) = read("x," + ",".join(reversed(GOOD.split(","))), header=header)
    assert line.quantity == 6


def test_header_in_the_middle_of_joined_files_is_no_row():
    assert len(read(GOOD, HEADER, GOOD)) == 2


@given(st.lists(st.lists(st.text(max_size=12), max_size=10), max_size=8))
def test_no_text_stops_the_reading(cells):
    rows = [",".join(row).replace("\n", " ").replace("\r", " ") for row in cells]
    for row in read(*rows):
        assert isinstance(row, Line) or row.reason.code in REASONS


def test_lines_of_one_number_make_one_document_though_others_stand_between():
    lines = read(GOOD, changed(InvoiceNo="536366"), GOOD)
    documents = {document.invoice: document for document in group_documents(lines)}
    assert len(documents["536365"].lines) == 2
    assert len(documents["536366"].lines) == 1


@given(st.lists(st.integers(536365, 536370), max_size=40), st.integers(1, 10))
def test_grouping_loses_and_doubles_nothing(numbers, window):
    lines = read(*(changed(InvoiceNo=str(number)) for number in numbers))
    grouped = [line for document in group_documents(lines, window) for line in document.lines]
    assert sorted(grouped, key=lambda line: line.number) == lines


def test_memory_is_bounded_by_the_window():
    lines = read(*(changed(InvoiceNo=str(536365 + number)) for number in range(100)))
    taken = []
    documents = group_documents((taken.append(line) or line for line in lines), window=10)
    next(documents)
    assert len(taken) <= 12


def test_reason_of_every_code_is_worded():
    assert all(text.endswith(".") for text in REASONS.values())


def write(path, *rows, end="\n", encoding="utf-8"):
    path.write_bytes(("\n".join((HEADER, *rows)) + end).encode(encoding))
    return path


def test_file_is_read_through_before_it_is_used(tmp_path):
    checked = check_file(write(tmp_path / "a.csv", GOOD, changed(CustomerID="")))
    assert (checked.rows, checked.lines) == (2, 1)
    assert checked.first == checked.last
    assert len(list(read_file(checked))) == 2


def test_gzip_and_old_encodings_are_read(tmp_path):
    plain = write(tmp_path / "a.csv", changed(Description="PÂTÉ £1"), encoding="cp1252")
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, packed):
        (line,) = read_file(check_file(path))
        assert line.name == "PÂTÉ £1"


def test_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    path = write(tmp_path / "a.csv", GOOD, encoding="utf-8-sig")
    assert check_file(path).lines == 1


def test_truncated_gzip_is_refused(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}\n{GOOD}\n".encode() * 50)[:-20])
    with pytest.raises(UnreadableFile, match="damaged or cut off"):
        check_file(path)


def test_file_that_ends_within_a_row_is_refused(tmp_path):
    path = write(tmp_path / "a.csv", GOOD, "536366,8512", end="")
    with pytest.raises(UnreadableFile, match="ends in the middle of row 3"):
        check_file(path)


def test_last_row_without_line_end_is_read(tmp_path):
    assert check_file(write(tmp_path / "a.csv", GOOD, end="")).lines == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no column InvoiceNo"),
        (HEADER.encode() + b"\n", "no rows"),
        (b"PK\x03\x04sheet", "spreadsheet or an archive"),
        (b"\x89PNG\r\n\0\0", "not a text file"),
        (b"Name,Price\nTea,1\n", "no column InvoiceNo"),
    ],
)
def test_other_files_are_refused_with_a_message(tmp_path, content, message):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=message):
        check_file(path)


def test_missing_file_and_folder_are_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="no such file"):
        check_file(tmp_path / "none.csv")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        check_file(tmp_path)
