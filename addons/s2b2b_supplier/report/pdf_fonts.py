"""Fonts of our PDF files: embedded, so that it looks the same everywhere, in Chinese as well."""

import functools
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parents[1] / "static/fonts"
REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"
FILES = {REGULAR: "NotoSansSC-Regular-subset.ttf", BOLD: "NotoSansSC-Bold-subset.ttf"}


@functools.cache
def register_fonts() -> dict[str, frozenset[int]]:
    """Make the fonts known to reportlab; return the code points that each of them has."""
    covered = {}
    for name, file in FILES.items():
        font = TTFont(name, str(FOLDER / file))
        pdfmetrics.registerFont(font)
        covered[name] = frozenset(font.face.charToGlyph)
    return covered


def face(text: str, *, bold: bool = False) -> str:
    """Return the font for ``text``: bold has few Chinese characters, regular takes over then."""
    covered = register_fonts()
    if bold and all(ord(char) in covered[BOLD] for char in text):
        return BOLD
    return REGULAR
