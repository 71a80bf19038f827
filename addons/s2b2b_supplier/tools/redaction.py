"""Takes out of a text by whom it was written: what one side of the platform may tell the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

GAP = "…"
# Han and kana stand without spaces: next to them a word may begin and end anywhere.
_SOLID = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
_SOLID += "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_WIDE_SIGNS = "\u3000-\u3004\u3008-\u3020\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_SPACED = rf"[^\W{_SOLID}]"
_NO_WORD_BEFORE, _NO_WORD_AFTER = rf"(?<!{_SPACED})", rf"(?!{_SPACED})"
_MAIL = re.compile(rf"(?:{_SPACED}|[.+-])+@(?:{_SPACED}|-)+(?:\.(?:{_SPACED}|-)+)+")
# What the pattern above has left: an address that itself has Han in it.
_SOLID_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(rf"(?:https?://|www\.)[^\s{_SOLID}{_WIDE_SIGNS}]+", re.IGNORECASE)
# A phone number is eight digits or more: order numbers, quantities and dates are left in.
_PHONE = re.compile(rf"{_NO_WORD_BEFORE}(?<!-)\+?\(?\d[\d\s()./-]{{6,}}\d{_NO_WORD_AFTER}(?!-)")
# A date may have its hour, or a quantity, behind it.
_DATE = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}(?:\s+\d{1,5})?|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


def redact(text: str, names: Iterable[str] = ()) -> str:
    """``text`` without these names (longest first), mail addresses, links and phone numbers.

    >>> redact("Ann Hale of Hale Ltd: box 12 broken, ann@hale.example, +44 20 7946 0018",
    ...        ["Hale Ltd", "Ann Hale"])
    '… of …: box 12 broken, …, …'
    >>> redact("张伟说华联商贸的12箱货坏了，电话13800138000", ["张伟", "华联商贸"])
    '…说…的12箱货坏了，电话…'
    """
    for pattern in (_MAIL, _SOLID_MAIL, _LINK):
        text = pattern.sub(GAP, text)
    for name in sorted({n.strip() for n in names if n and len(n.strip()) > 1}, key=_longest):
        text = re.sub(_whole(name), GAP, text, flags=re.IGNORECASE)
    return _PHONE.sub(_gap_of_phone, text)


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def _whole(name: str) -> str:
    """The pattern of ``name`` where it is no part of a longer word."""
    before = _NO_WORD_BEFORE if re.match(_SPACED, name[0]) else ""
    after = _NO_WORD_AFTER if re.match(_SPACED, name[-1]) else ""
    return f"{before}{re.escape(name)}{after}"


def _gap_of_phone(match: re.Match[str]) -> str:
    found = match.group()
    if _DATE.fullmatch(found) or sum(c.isdigit() for c in found) < 8:
        return found
    return GAP
