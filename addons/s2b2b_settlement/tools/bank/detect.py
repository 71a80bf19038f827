"""Which format a bank file has, told from its content."""

import re

from . import camt
from .errors import BankFileError
from .statement import Statement, check_balance, with_import_keys
from .xml_tree import name_of, parse

MAX_BYTES = 32 * 1024 * 1024
"""Largest file that is read."""

_XML_STARTS = (b"<", b"\xff\xfe<", b"\xfe\xff\x00<", b"<\x00", b"\x00<")
_TAGGED = re.compile(rb"\A(?:<\?[^>]*>\s*)*<(?:!doctype\s+)?(ofx|html)\b", re.I)
_SIGNS = (
    ("OFX", re.compile(rb"\AOFXHEADER", re.I)),
    ("MT940", re.compile(rb"^:(20|25|60[FM]|61):", re.M)),
    ("PDF", re.compile(rb"\A%PDF")),
    ("ZIP", re.compile(rb"\APK\x03\x04")),
    ("CSV", re.compile(rb"\A[^\x00\r\n]*[,;\t]")),
)


def read(name: str, content: bytes) -> list[Statement]:
    """Return the statements of the bank file ``content``, whatever its ``name``.

    Every statement adds up and every line has its import key. Raises :class:`BankFileError` with
    the place at fault for anything else, ``name`` in the reason's params.
    """
    if not content.strip():
        raise BankFileError("empty", name=name)
    if len(content) > MAX_BYTES:
        raise BankFileError("too_large", name=name, size=len(content), limit=MAX_BYTES)
    statements = camt.statements(_camt_root(name, content))
    if not statements:
        raise BankFileError("no_statement", name=name)
    for statement in statements:
        check_balance(statement)
    return with_import_keys(statements)


def _camt_root(name: str, content: bytes) -> camt.Element:
    if sign := _sign(content):
        code = "unsupported" if sign != "unknown" else "unknown"
        raise BankFileError(code, name=name, format=sign)
    root = parse(content)
    for element in root.iter():
        namespace, local = name_of(element)
        if local == "Document":
            if camt.is_statement(namespace):
                return element
            raise BankFileError("unsupported", name=name, format=namespace.split(":")[-1])
    raise BankFileError("unsupported", name=name, format=f"XML, {name_of(root)[1]}")


def _sign(content: bytes) -> str | None:
    """Return the name of a format that is not XML, or of one that only looks like it."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(_XML_STARTS):
        tagged = _TAGGED.match(head)
        return tagged and tagged[1].decode().upper()
    return next((sign for sign, pattern in _SIGNS if pattern.search(head)), "unknown")
