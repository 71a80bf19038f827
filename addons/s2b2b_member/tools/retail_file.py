"""Files of order lines: opened, decompressed, and read through once before anything is loaded.

A file that cannot be read to its end is refused as a whole: half of a history is worse than none.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from .retail import COLUMNS, Line, Skipped, read_lines

__all__ = ["Checked", "UnreadableFile", "check_file", "read_file"]

GZIP = b"\x1f\x8b"
ARCHIVE = b"PK"
ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")


class UnreadableFile(Exception):
    """The file cannot be used; its text says which one, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read to its end.

    ``rows`` counts what :func:`read_file` will yield, ``lines`` what of it can be loaded; ``first``
    and ``last`` are the moments of the oldest and the newest of those.
    """

    path: Path
    encoding: str
    rows: int
    lines: int
    first: datetime | None
    last: datetime | None


def check_file(path: Path) -> Checked:
    """Read ``path`` through and tell what is in it.

    :raises UnreadableFile: if it cannot be opened, is truncated, is no CSV file (plain or gzip), or
        lacks a column
    """
    try:
        encoding = _find_encoding(path)
        return _count(path, encoding)
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: there is no such file.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnreadableFile(f"{path} is damaged or cut off; get it again.") from None
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from None


def read_file(checked: Checked) -> Iterator[Line | Skipped]:
    """Yield the rows of a file that :func:`check_file` has read, in constant memory."""
    with _open(checked.path) as binary:
        yield from read_lines(_decode(binary, checked.encoding), checked.path.name)


def _open(path: Path) -> BinaryIO:
    """Open the content of ``path``, decompressed."""
    with path.open("rb") as file:
        start = file.read(2)
    if start == ARCHIVE:
        raise UnreadableFile(
            f"{path} is a spreadsheet or an archive; save its sheet as a CSV file."
        )
    return gzip.open(path) if start == GZIP else path.open("rb")


def _decode(binary: BinaryIO, encoding: str) -> Iterator[str]:
    """Yield the lines of text; line ends stay, so that quoted fields keep theirs."""
    return (line.decode(encoding) for line in _strip_mark(binary, encoding))


def _strip_mark(binary: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield the lines of bytes, without a byte order mark before the first."""
    mark = b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b""
    first = next(iter(binary), b"")
    yield first.removeprefix(mark)
    yield from binary


def _find_encoding(path: Path) -> str:
    """Return the first of :data:`ENCODINGS` that can decode all of ``path``; the last one can."""
    for encoding in ENCODINGS:
        try:
            with _open(path) as binary:
                for line in binary:
                    if b"\0" in line:
                        raise UnreadableFile(f"{path} is not a text file.")
                    line.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise AssertionError("latin-1 decodes everything")


def _count(path: Path, encoding: str) -> Checked:
    rows = lines = 0
    first = last = None
    final = None
    for row in read_file(Checked(path, encoding, 0, 0, None, None)):
        rows += 1
        final = row
        if isinstance(row, Line):
            lines += 1
            first = min(first or row.moment, row.moment)
            last = max(last or row.moment, row.moment)
        elif row.reason.code == "header":
            raise UnreadableFile(f"{path}: {row.reason} It needs {', '.join(COLUMNS)}.")
    if not rows:
        raise UnreadableFile(f"{path} has no rows.")
    if _is_cut(path, final):
        raise UnreadableFile(f"{path} ends in the middle of row {final.number}; get it again.")
    return Checked(path, encoding, rows, lines, first, last)


def _is_cut(path: Path, final: Line | Skipped) -> bool:
    """Return whether the last row lacks columns and its line has no end."""
    if isinstance(final, Line) or final.reason.code not in ("columns", "unreadable"):
        return False
    with _open(path) as binary:
        end = b""
        while chunk := binary.read(1 << 20):
            end = chunk[-1:]
    return end != b"\n"
