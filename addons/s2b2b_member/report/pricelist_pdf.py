"""Draws the price list of a member as a PDF with reportlab, without any other program."""

import io
from html import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    LongTable,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)

from .canvas import NumberedCanvas
from .fonts import face

INK = colors.HexColor("#1F2933")
SOFT = colors.HexColor("#6B7785")
RULE = colors.HexColor("#D5DCE3")
SHADE = colors.HexColor("#F3F6F9")
ACCENT = colors.HexColor("#0F5C8A")

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
KEYS = ("code", "name", "unit", "list_price", "price", "breaks")
WIDTHS = (22 * mm, WIDTH - 118 * mm, 16 * mm, 22 * mm, 22 * mm, 36 * mm)
RIGHT = {"list_price", "price", "breaks"}


def draw_pricelist(pricelist: dict) -> bytes:
    """Return the PDF of a prepared ``pricelist``."""
    buffer = io.BytesIO()
    title = f"{pricelist['title']}: {pricelist['subtitle']}"
    document = BaseDocTemplate(buffer, pagesize=A4, title=title, author=pricelist["company"])
    frame = Frame(MARGIN, 20 * mm, WIDTH, A4[1] - 36 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(id="page", frames=frame))
    story = [
        _text(pricelist["company"], 10, color=SOFT),
        _text(title, 17, bold=True, color=ACCENT),
        Spacer(1, 2 * mm),
        _text("   ".join(f"{label}: {value}" for label, value in pricelist["facts"]), 9),
        _text(pricelist["note"], 8.5, color=SOFT),
        Spacer(1, 5 * mm),
        _table(pricelist),
    ]
    document.build(
        story,
        canvasmaker=lambda *args, **kwargs: NumberedCanvas(
            *args, footer=title, pages=pricelist["labels"]["page"], face=face, **kwargs
        ),
    )
    return buffer.getvalue()


def _text(text: str, size: float = 8.5, *, bold=False, color=INK, right=False) -> Paragraph:
    style = ParagraphStyle(
        "text",
        fontName=face(text, bold=bold),
        fontSize=size,
        leading=size * 1.35,
        textColor=color,
        alignment=TA_RIGHT if right else 0,
        wordWrap="CJK" if any(char >= "\u2e80" for char in text) else None,
        splitLongWords=1,
    )
    return Paragraph(escape(text).replace("\n", "<br/>"), style)


def _table(pricelist: dict) -> LongTable:
    labels = pricelist["labels"]
    rows = [[_text(labels[key], 8, bold=True, color=SOFT, right=key in RIGHT) for key in KEYS]]
    commands = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, SOFT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, RULE),
    ]
    for group in pricelist["groups"]:
        commands += [
            ("SPAN", (0, len(rows)), (-1, len(rows))),
            ("BACKGROUND", (0, len(rows)), (-1, len(rows)), SHADE),
        ]
        rows.append([_text(group["name"], 9, bold=True), *[""] * (len(KEYS) - 1)])
        rows += [_line(line, pricelist["digits"]) for line in group["rows"]]
    return LongTable(rows, WIDTHS, style=TableStyle(commands), repeatRows=1, hAlign="LEFT")


def _line(line: dict, digits: int) -> list:
    breaks = "\n".join(f"{quantity:g}: {price:,.{digits}f}" for quantity, price in line["breaks"])
    return [
        _text(line["code"], 8, color=SOFT),
        _text(line["name"]),
        _text(line["unit"], 8, color=SOFT),
        _text(f"{line['list_price']:,.{digits}f}", color=SOFT, right=True),
        _text(f"{line['price']:,.{digits}f}", bold=True, right=True),
        _text(breaks, 8, right=True),
    ]
