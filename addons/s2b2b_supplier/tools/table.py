"""Tables as people upload and download them: text that is only text, headings in any order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

_DELIMITERS = (";", "\t", ",")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """A row of a table: its number as the author counts, and its cells by column."""

    number: int
    cells: Mapping[str, str]


def decode(content: bytes) -> str:
    """The text of a file, whatever spreadsheet has written it.

    :raise ValueError: where it is no text

    >>> decode("货号;价格".encode("gb18030"))
    '货号;价格'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16")
    else:
        text = _decode_bytes(content)
    if "\x00" in text:
        raise ValueError("binary")
    return text


def _decode_bytes(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def read_csv(text: str) -> Iterator[list[str]]:
    """The cells of each line; the separator is what the first line has most of.

    :raise ValueError: where quotes are left open in a way that no cell can be that long

    >>> list(read_csv('code;price\\n"A;1";2,50'))
    [['code', 'price'], ['A;1', '2,50']]
    """
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise ValueError(str(error)) from error


def read_rows(
    table: Iterable[Sequence[object]], headings: Mapping[str, Sequence[str]], most: int
) -> tuple[list[Row], frozenset[str]]:
    """The rows under the line of headings, and the columns found; empty rows are left out.

    ``headings`` gives for each column the words it may be headed with; what is headed otherwise
    is not read. Without any known heading there are no columns. Reading ends one row beyond
    ``most``, so that the caller can tell that there are too many.

    >>> read_rows([["Price", "x"], ["", ""], [2.0, 9]], {"price": ["price"]}, 10)
    ([Row(number=3, cells={'price': '2'})], frozenset({'price'}))
    """
    known = {_word(word): column for column, words in headings.items() for word in words}
    columns: dict[int, str] = {}
    rows: list[Row] = []
    for number, cells in enumerate(table, start=1):
        texts = [plain(cell) for cell in cells]
        if not any(texts):
            continue
        if not columns:
            columns = _columns(texts, known)
            if not columns:
                break
            continue
        rows.append(Row(number, {n: texts[i] for i, n in columns.items() if i < len(texts)}))
        if len(rows) > most:
            break
    return rows, frozenset(columns.values())


def _columns(texts: list[str], known: Mapping[str, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for index, text in enumerate(texts):
        column = known.get(_word(text))
        if column and column not in found.values():
            found[index] = column
    return found


def _word(text: str) -> str:
    return " ".join(text.replace("_", " ").lower().strip(" *:").split())


def plain(cell: object) -> str:
    """A cell as text: whole floats without a point, days as ISO, our own guard taken off.

    >>> plain(3.0), plain("'=1+1"), plain(None)
    ('3', '=1+1', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    text = str(cell).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def guarded(value: object) -> object:
    """A value for a cell of a CSV file: text that a spreadsheet would compute gets an apostrophe.

    Numbers and days are no text and stay what they are.

    >>> guarded("=1+1"), guarded(-2), guarded("-2")
    ("'=1+1", -2, "'-2")
    """
    if value is None or value is False:
        return ""
    if isinstance(value, (int, float, Decimal, date)):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) else text


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file that spreadsheets of all languages open: UTF-8 with a mark, guarded cells.

    >>> write_csv([["code"], ["=A1"]])
    b"\\xef\\xbb\\xbfcode\\r\\n'=A1\\r\\n"
    """
    text = io.StringIO()
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
