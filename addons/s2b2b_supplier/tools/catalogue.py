"""A supplier's offers as it sends them, row by row: read and checked, not yet compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from .offers import parse
from .table import Row

COLUMNS: dict[str, tuple[str, str]] = {
    "offer": ("Offer no.", "报价编号"),
    "supplier_code": ("Your code", "贵方货号"),
    "barcode": ("Barcode", "条码"),
    "our_code": ("Our code", "平台货号"),
    "name": ("Product", "产品"),
    "min_qty": ("Minimum quantity", "最低数量"),
    "price": ("Price", "价格"),
    "currency": ("Currency", "币种"),
    "unit": ("Unit", "单位"),
    "delay": ("Lead time (days)", "交货周期（天）"),
    "available_qty": ("Stock", "库存"),
    "basis": ("Stock basis", "库存口径"),
    "as_of": ("Stock as of (UTC)", "库存时间（UTC）"),
    "daily_capacity": ("Capacity a day", "日产能"),
}
"""Columns of the file with their headings in English and Chinese, in the order of the template."""

_ALIASES: dict[str, tuple[str, ...]] = {
    "supplier_code": ("code", "sku", "article", "supplier code", "货号", "供应商货号"),
    "barcode": ("ean", "gtin", "upc", "商品条码"),
    "our_code": ("internal reference", "buyer code", "default code"),
    "min_qty": ("moq", "min qty", "minimum", "quantity", "起订量"),
    "price": ("unit price", "单价"),
    "unit": ("uom", "unit of measure", "计量单位"),
    "delay": ("lead time", "lead days", "days", "交期"),
    "available_qty": ("available", "free stock", "stock quantity", "可供数量"),
    "daily_capacity": ("capacity", "产能"),
    "as_of": ("stock as of", "stock date"),
}
HEADINGS: dict[str, tuple[str, ...]] = {
    name: (name, *titles, *_ALIASES.get(name, ())) for name, titles in COLUMNS.items()
}
MOST_TEXT = 128
BASES: dict[str, str] = {
    "free": "free",
    "on_hand": "on_hand",
    "on hand": "on_hand",
    "可用": "free",
    "在库": "on_hand",
}


@dataclass(frozen=True)
class Line:
    """A row that can be read; None and empty text: not given, what is there stays."""

    row: int
    offer: int | None = None
    like: int | None = None
    """An offer of the product of which this is a new price break."""
    supplier_code: str = ""
    barcode: str = ""
    our_code: str = ""
    currency: str = ""
    unit: str = ""
    basis: str = ""
    as_of: datetime | None = None
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    """``price, min_qty, delay, available_qty, daily_capacity`` as far as they are given."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: ``column`` is empty where it is the row as a whole.

    ``code`` is ``number | range | long | basis | date | no_product`` here and more where rows
    are compared; ``value`` is what stands in the cell.
    """

    row: int
    column: str
    code: str
    value: str = ""


def read_lines(rows: Iterable[Row]) -> tuple[list[Line], list[Fault]]:
    """The lines of rows that can be read, and what is wrong with the others, in their order.

    >>> read_lines([Row(2, {"supplier_code": "A", "price": "1,5"}), Row(3, {"price": "x"})])[1]
    [Fault(row=3, column='price', code='number', value='x'), Fault(row=3, column='', \
code='no_product', value='')]
    """
    lines: list[Line] = []
    faults: list[Fault] = []
    for row in rows:
        wrong = _faults(row)
        if wrong:
            faults += wrong
        else:
            lines.append(_line(row))
    return lines, faults


def _faults(row: Row) -> list[Fault]:
    cells = row.cells
    _figures, errors = parse(cells)
    wrong = [
        Fault(row.number, name, code, cells[name][:MOST_TEXT]) for name, code in errors.items()
    ]
    wrong += [
        Fault(row.number, name, "long", text[:20])
        for name, text in cells.items()
        if len(text) > MOST_TEXT and name not in errors and name != "name"
    ]
    if cells.get("offer") and not _whole(cells["offer"]):
        wrong.append(Fault(row.number, "offer", "number", cells["offer"][:MOST_TEXT]))
    if cells.get("basis") and cells["basis"].lower() not in BASES:
        wrong.append(Fault(row.number, "basis", "basis", cells["basis"][:MOST_TEXT]))
    if cells.get("as_of") and not moment(cells["as_of"]):
        wrong.append(Fault(row.number, "as_of", "date", cells["as_of"][:MOST_TEXT]))
    if not any(cells.get(name) for name in ("offer", "supplier_code", "barcode", "our_code")):
        wrong.append(Fault(row.number, "", "no_product"))
    return wrong


def _line(row: Row) -> Line:
    cells = row.cells
    return Line(
        row=row.number,
        offer=_whole(cells.get("offer", "")),
        supplier_code=cells.get("supplier_code", ""),
        barcode=cells.get("barcode", ""),
        our_code=cells.get("our_code", ""),
        currency=cells.get("currency", "").upper(),
        unit=cells.get("unit", ""),
        basis=BASES.get(cells.get("basis", "").lower(), ""),
        as_of=moment(cells.get("as_of", "")),
        figures=parse(cells)[0],
    )


def _whole(text: str) -> int | None:
    """A record number: nine digits are more than any offer has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def moment(text: str) -> datetime | None:
    """A moment in ISO form as naive UTC, or None; without an offset it is taken as UTC.

    >>> moment("2026-03-01T10:00:00+02:00")
    datetime.datetime(2026, 3, 1, 8, 0)
    """
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    try:
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    except OverflowError:
        return None
