"""Takes out of a text by whom it was written: what one side of the platform may tell the other."""

from __future__ import annotations

import re
from collections.abc import Iterable

GAP = "…"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# A phone number is eight digits or more: order numbers, quantities and dates are left in.
_PHONE = re.compile(r"(?<![\w-])\+?\(?\d[\d\s()./-]{6,}\d(?![\w-])")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


def redact(text: str, names: Iterable[str] = ()) -> str:
    """``text`` without these names (longest first), mail addresses, links and phone numbers.

    >>> redact("Ann Hale of Hale Ltd: box 12 broken, ann@hale.example, +44 20 7946 0018",
    ...        ["Hale Ltd", "Ann Hale"])
    '… of …: box 12 broken, …, …'
    """
    for pattern in (_MAIL, _LINK):
        text = pattern.sub(GAP, text)
    for name in sorted({n.strip() for n in names if n and len(n.strip()) > 1}, key=_longest):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", GAP, text, flags=re.IGNORECASE)
    return _PHONE.sub(_gap_of_phone, text)


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def _gap_of_phone(match: re.Match[str]) -> str:
    found = match.group()
    if _DATE.fullmatch(found.strip()) or sum(c.isdigit() for c in found) < 8:
        return found
    return GAP
