"""Whether a product that is proposed is known already: by its GTIN, its code, or nearly by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

NEAR = 0.6
MOST = 5
_LENGTHS = (8, 12, 13, 14)


@dataclass(frozen=True)
class Known:
    """A product that is there: ``codes`` are those the proposing supplier gives it."""

    key: Hashable
    name: str
    barcode: str = ""
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """``kind`` is ``barcode | code | near | none``; ``keys`` the products, the nearest first."""

    kind: str
    keys: tuple[Hashable, ...] = ()


def gtin_forms(text: str) -> tuple[str, ...]:
    """All ways in which the same GTIN is written: with leading zeros and without.

    >>> gtin_forms("0 12345 67890 5")
    ('012345678905', '0012345678905', '00012345678905')
    >>> gtin_forms("ABC")
    ()
    """
    digits = re.sub(r"[\s\-]", "", text)
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > max(_LENGTHS):
        return ()
    bare = digits.lstrip("0")
    return tuple(bare.zfill(length) for length in _LENGTHS if bare and length >= len(bare))


def words(name: str) -> tuple[str, ...]:
    """The words of a name that tell something, the longest first, without accents.

    >>> words("Crème brûlée, 6 x 100 g")
    ('brulee', 'creme', '100')
    """
    found = {word for word in re.split(r"[\W_]+", _folded(name)) if len(word) > 2 or _cjk(word)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def likeness(one: str, other: str) -> float:
    """How near two names are, from 0 to 1, whatever the order of their words.

    >>> likeness("Green Tea 500g", "500 g green tea") > likeness("Green Tea", "Green Jam")
    True
    """
    first, second = (
        " ".join(sorted(re.findall(r"\d+|[^\W\d_]+", _folded(n)))) for n in (one, other)
    )
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def match(name: str, barcode: str, code: str, products: Iterable[Known]) -> Match:
    """What a proposal may be: same GTIN, else the same code of this supplier, else near names."""
    known: Sequence[Known] = list(products)
    forms = set(gtin_forms(barcode))
    if same := [p.key for p in known if p.barcode and forms & set(gtin_forms(p.barcode))]:
        return Match("barcode", tuple(same[:MOST]))
    if code and (same := [p.key for p in known if code in p.codes]):
        return Match("code", tuple(same[:MOST]))
    rated = [(likeness(name, product.name), place, product) for place, product in enumerate(known)]
    near = sorted((r for r in rated if r[0] >= NEAR), key=lambda r: (-r[0], r[1]))
    keys = tuple(product.key for _ratio, _place, product in near[:MOST])
    return Match("near", keys) if keys else Match("none")


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def _cjk(word: str) -> bool:
    return bool(word) and any("\u3040" <= mark <= "\u9fff" for mark in word)
