"""Reads the order lines of UCI "Online Retail": what is a sale, what a credit note, what neither.

The file has one row a line: InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice,
CustomerID, Country. Nothing in it may stop the reading: a row that cannot be used comes out as
:class:`Skipped`, with its place and the reason.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from .reason import Reason

__all__ = ["COLUMNS", "REASONS", "Document", "Line", "Skipped", "group_documents", "read_lines"]

COLUMNS = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
    "Country",
)
"""The columns a file must have, in any order; others are passed over."""

REASONS = {
    "header": "The file has no column {column}.",
    "columns": "The row has {found} columns instead of {expected}.",
    "unreadable": "The row cannot be read: {error}.",
    "invoice": "{value!r} is not an invoice number.",
    "adjustment": "An adjustment of bad debt, not a sale.",
    "no_customer": "No customer.",
    "customer": "{value!r} is not a customer number.",
    "service": "{value!r} is a service or a fee, not goods.",
    "product": "No stock code.",
    "quantity": "{value!r} is not a whole quantity.",
    "zero_quantity": "The quantity is zero.",
    "negative": "A negative quantity on an invoice that is no credit note.",
    "positive": "A positive quantity on a credit note.",
    "price": "{value!r} is not a price.",
    "zero_price": "The price is zero.",
    "negative_price": "The price is negative.",
    "fine_price": "The price {value!r} is finer than a cent.",
    "date": "{value!r} is not a date.",
}
"""Why a row is skipped: English text by code."""

SERVICES = frozenset(
    ("POST", "DOT", "C2", "M", "D", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK", "ADJUST")
)
INVOICE = re.compile(r"(?P<kind>[AC]?)(?P<number>\d{4,10})")
CUSTOMER = re.compile(r"(\d{1,10})(?:\.0)?")
DATES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M")
MAX_QUANTITY = 10**7
MAX_PRICE = Decimal(10**7)
WINDOW = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One line sold or, on a credit note, taken back; quantity and price are always positive."""

    invoice: str
    credit: bool
    code: str
    name: str
    quantity: int
    price: Decimal
    moment: datetime
    customer: str
    country: str
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not loaded: where it stands, why, and what it says."""

    file: str
    number: int
    reason: Reason
    row: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice or a credit note with all its lines."""

    invoice: str
    credit: bool
    customer: str
    country: str
    moment: datetime
    lines: tuple[Line, ...]


class _Refused(Exception):
    """The row cannot be used; ``args[0]`` is the reason."""


def read_lines(text: Iterable[str], file: str) -> Iterator[Line | Skipped]:
    """Yield each row of ``text``, the lines of the csv file named ``file``, as what it is.

    A file without the columns comes out as one skipped row. Rows are numbered as the lines of the
    file are, the header being 1.
    """
    reader = csv.reader(text)
    header = _next_row(reader)
    if isinstance(header, Reason):
        yield Skipped(file, 1, header, ())
        return
    names = [name.strip().removeprefix("\ufeff") for name in header or ()]
    lacking = [column for column in COLUMNS if column not in names]
    if lacking:
        yield Skipped(file, 1, _reason("header", column=lacking[0]), tuple(names))
        return
    places = [names.index(column) for column in COLUMNS]
    while (row := _next_row(reader)) is not None:
        if isinstance(row, Reason):
            yield Skipped(file, reader.line_num, row, ())
        elif row and row != header:
            yield _read_row(row, len(names), places, file, reader.line_num)


def group_documents(lines: Iterable[Line], window: int = WINDOW) -> Iterator[Document]:
    """Yield the documents that ``lines`` make up, in the order in which they end.

    The lines of a document may be parted by up to ``window`` others, so that memory stays constant
    however long the file is; what comes later is a document of the same number again.
    """
    waiting: dict[tuple[str, str], list[Line]] = {}
    last: dict[tuple[str, str], int] = {}
    for position, line in enumerate(lines):
        key = (line.invoice, line.customer)
        waiting.setdefault(key, []).append(line)
        last.pop(key, None)
        last[key] = position
        while last[oldest := next(iter(last))] < position - window:
            del last[oldest]
            yield _document(waiting.pop(oldest))
    for key in last:
        yield _document(waiting.pop(key))


def _next_row(reader: Iterator[list[str]]) -> list[str] | Reason | None:
    """Return the next row, a reason if it cannot be read, or None at the end."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return _reason("unreadable", error=str(error))


def _read_row(
    row: list[str], width: int, places: Sequence[int], file: str, number: int
) -> Line | Skipped:
    try:
        if len(row) != width:
            raise _refused("columns", found=len(row), expected=width)
        values = [row[place].strip() for place in places]
        return Line(*_read_values(values), file=file, number=number)
    except _Refused as refused:
        return Skipped(file, number, refused.args[0], tuple(row))


def _read_values(values: Sequence[str]) -> tuple:
    """Return the fields of a line; what kind of row it is comes before whether it is readable."""
    invoice, code, name, quantity, moment, price, customer, country = values
    credit = _read_invoice(invoice)
    customer = _read_customer(customer)
    code = code.upper()
    if code in SERVICES:
        raise _refused("service", value=code)
    if not code:
        raise _refused("product")
    return (
        invoice,
        credit,
        code,
        " ".join(name.split()),
        _read_quantity(quantity, credit),
        _read_price(price),
        _read_moment(moment),
        customer,
        country,
    )


def _read_invoice(value: str) -> bool:
    """Return whether the invoice is a credit note."""
    match = INVOICE.fullmatch(value.upper())
    if not match:
        raise _refused("invoice", value=value)
    if match["kind"] == "A":
        raise _refused("adjustment")
    return match["kind"] == "C"


def _read_customer(value: str) -> str:
    if not value:
        raise _refused("no_customer")
    match = CUSTOMER.fullmatch(value)
    if not match:
        raise _refused("customer", value=value)
    return match[1]


def _read_quantity(value: str, credit: bool) -> int:
    try:
        quantity = int(value)
    except ValueError:
        raise _refused("quantity", value=value) from None
    if quantity == 0:
        raise _refused("zero_quantity")
    if (quantity < 0) != credit:
        raise _refused("positive" if credit else "negative")
    if abs(quantity) > MAX_QUANTITY:
        raise _refused("quantity", value=value)
    return abs(quantity)


def _read_price(value: str) -> Decimal:
    try:
        price = Decimal(value)
    except InvalidOperation:
        raise _refused("price", value=value) from None
    if not price.is_finite() or abs(price) > MAX_PRICE:
        raise _refused("price", value=value)
    if price <= 0:
        raise _refused("negative_price" if price else "zero_price")
    if price != price.quantize(Decimal("0.01")):
        raise _refused("fine_price", value=value)
    return price


def _read_moment(value: str) -> datetime:
    for pattern in DATES:
        try:
            return datetime.strptime(value, pattern)
        except ValueError:
            continue
    raise _refused("date", value=value)


def _document(lines: list[Line]) -> Document:
    first = lines[0]
    return Document(
        first.invoice, first.credit, first.customer, first.country, first.moment, tuple(lines)
    )


def _reason(code: str, **params: object) -> Reason:
    return Reason(code, REASONS[code], **params)


def _refused(code: str, **params: object) -> _Refused:
    return _Refused(_reason(code, **params))
