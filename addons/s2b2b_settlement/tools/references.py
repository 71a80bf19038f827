"""References as payers write them: normalised, found again in free text, compared."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

MAX_WORDS = 8
"""Most pieces that one reference is written in: ``+++020/3430/57642+++`` has three."""

MAX_BEARERS = 500
"""Most items that may bear one reference; beyond, it is a common word and names nothing."""

_WORD = re.compile(r"[A-Z0-9]+|[^\W_A-Z0-9]+")
_CREDITOR = re.compile(r"(RF\d\d)0+(?=.)")
_SIGNIFICANT = 6


def words(text: str | None) -> list[str]:
    """Return the pieces of ``text`` in capitals, Latin ones apart from those of other scripts.

    >>> words("货款INV/2026-0007，谢谢")
    ['货款', 'INV', '2026', '0007', '谢谢']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text or "").upper())


def canonical(joined: str) -> str:
    """Return the one spelling of a reference that is written without separators.

    Banks fill up creditor references (ISO 11649) and long numbers with zeros.

    >>> canonical("RF18000000000539007547034"), canonical("00000000002023000098")
    ('RF18539007547034', '2023000098')
    """
    if joined.startswith("RF"):
        return _CREDITOR.sub(r"\1", joined)
    if joined.startswith("0") and joined.isdecimal():
        significant = joined.lstrip("0")
        return significant if len(significant) >= _SIGNIFICANT else joined
    return joined


def normalise(text: str | None) -> str:
    """Return the canonical spelling of a whole field, ``""`` when it holds nothing.

    >>> normalise(" inv/2026-0007 ")
    'INV20260007'
    """
    return canonical("".join(words(text)))


def is_document(name: str | None) -> bool:
    """Tell whether a name is a document's: a single word with at least three digits."""
    return bool(name) and len(name.split()) == 1 and sum(map(str.isdigit, name)) >= 3


def number_of(reference: str | None) -> str:
    """Return the digits of a reference, which payers quote alone; ``""`` if too few.

    >>> number_of("INV/2026/0007"), number_of("INV/7"), number_of("20260007")
    ('20260007', '', '')
    """
    pieces = words(reference)
    digits = "".join(re.findall(r"\d+", "".join(pieces)))
    return canonical(digits) if len(digits) >= 4 and digits != "".join(pieces) else ""


class ReferenceIndex:
    """Who bears which reference, and which of them a text names."""

    limit = MAX_BEARERS

    def __init__(self, references: Iterable[tuple[int, str]]) -> None:
        """Index pairs of bearer and canonical reference; empty references bear nothing."""
        bearers: defaultdict[str, set[int]] = defaultdict(set)
        for bearer, reference in references:
            if reference:
                bearers[reference].add(bearer)
        self._bearers: Mapping[str, set[int]] = bearers
        self._longest = max(map(len, bearers), default=0) + 20

    def bearers(self, reference: str) -> set[int]:
        """Return who bears a canonical reference; nobody if it is too common to name anything."""
        bearers = self._bearers[reference]
        return bearers if len(bearers) <= MAX_BEARERS else set()

    def is_common(self, reference: str) -> bool:
        """Tell whether so many bear it that it names nothing."""
        return len(self._bearers[reference]) > MAX_BEARERS

    def named_in(self, text: str | None, *, structured: bool) -> set[str]:
        """Return the references that ``text`` names, the longest where they lie in one another.

        A whole text may be any reference; within a text only pieces with a digit count, and
        short numbers only in a ``structured`` field.
        """
        pieces = words(text)
        whole = canonical("".join(pieces))
        if whole in self._bearers:
            return {whole}
        return self._scan(pieces, structured)

    def _scan(self, pieces: list[str], structured: bool) -> set[str]:
        found = set()
        start = 0
        while start < len(pieces):
            end, reference = self._longest_from(pieces, start, structured)
            if reference:
                found.add(reference)
            start = end
        return found

    def _longest_from(self, pieces: list[str], start: int, structured: bool) -> tuple[int, str]:
        joined, best = "", (start + 1, "")
        for end, piece in enumerate(pieces[start : start + MAX_WORDS], start + 1):
            joined += piece
            if len(joined) > self._longest:
                break
            reference = canonical(joined)
            if reference in self._bearers and _may_name(joined, structured):
                best = end, reference
        return best


def _may_name(joined: str, structured: bool) -> bool:
    if joined.isdecimal():
        return len(joined) >= (2 if structured else 4)
    return len(joined) >= 2 and any(map(str.isdigit, joined))


def is_near(one: str, other: str) -> bool:
    """Tell whether two canonical references are the same but for a slip of the pen.

    Two places differ at most (two digits swapped), or one is a part of the other.

    >>> is_near("INV20260012", "INV20260021"), is_near("20260012", "INV20260012")
    (True, True)
    >>> is_near("INV20260012", "INV20251112")
    False
    """
    if min(len(one), len(other)) < 5:
        return False
    if len(one) != len(other):
        return one in other or other in one
    return sum(left != right for left, right in zip(one, other, strict=True)) <= 2
