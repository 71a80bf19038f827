"""An order list as people paste or upload it: an article and a quantity a line."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["MOST_LINES", "Row", "read_table", "read_text"]

MOST_LINES = 1000
"""Lines that one list may have."""

_SEPARATORS = ("\t", ";", ",")
_ARTICLE_WORDS = frozenset(
    [
        "article",
        "articles",
        "artikel",
        "code",
        "sku",
        "item",
        "product",
        "reference",
        "ref",
        "barcode",
        "ean",
        "gtin",
        "stockcode",
        "编号",
        "货号",
        "商品编号",
        "商品",
        "产品",
        "条码",
        "代码",
    ]
)
_QUANTITY_WORDS = frozenset(
    ["quantity", "qty", "amount", "count", "menge", "anzahl", "数量", "件数"]
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: its number as the author counts, and its two cells as they stand."""

    line: int
    article: str
    quantity: str


def read_text(text: str) -> list[Row]:
    """Return the rows of a pasted list; empty lines and a line of headings are left out.

    Cells are separated by a tab, a semicolon or a comma (the first of these that a line has),
    else by the last space.

    >>> read_text("85123A; 12\\n22423 3")
    [Row(line=1, article='85123A', quantity='12'), Row(line=2, article='22423', quantity='3')]
    """
    return read_table(_split(line) for line in text.splitlines())


def read_table(table: Iterable[Sequence[object]]) -> list[Row]:
    """Return the rows of a table whose headings, where it has them, name the two columns.

    Without headings the first column is the article and the second one the quantity.
    """
    rows: list[Row] = []
    columns = (0, 1)
    seen = False
    for number, cells in enumerate(table, start=1):
        texts = [_clean(cell) for cell in cells]
        if not any(texts):
            continue
        headings = None if seen else _find_columns(texts)
        seen = True
        if headings:
            columns = headings
            continue
        article, quantity = (texts[c] if c < len(texts) else "" for c in columns)
        rows.append(Row(number, article, quantity))
    return rows


def _split(line: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", line)
    for separator in _SEPARATORS:
        if separator in plain:
            return next(csv.reader([plain.replace("\x00", "")], delimiter=separator), [])
    return re.split(r"\s+(?=\S+\s*$)", plain.strip(), maxsplit=1)


def _clean(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _find_columns(texts: list[str]) -> tuple[int, int] | None:
    """Return the columns that a line of headings names, None where it is no such line."""
    words = [text.lower().strip("# .:") for text in texts]
    article = next((c for c, word in enumerate(words) if word in _ARTICLE_WORDS), None)
    quantity = next((c for c, word in enumerate(words) if word in _QUANTITY_WORDS), None)
    return (article, quantity) if article is not None and quantity is not None else None
