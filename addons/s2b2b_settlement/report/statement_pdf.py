"""Draws a settlement statement as a PDF with reportlab, without any other program."""

import io
from html import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from odoo.addons.s2b2b_member.report.canvas import NumberedCanvas
from odoo.addons.s2b2b_member.report.fonts import face

INK = colors.HexColor("#1F2933")
SOFT = colors.HexColor("#6B7785")
RULE = colors.HexColor("#D5DCE3")
SHADE = colors.HexColor("#F3F6F9")
ACCENT = colors.HexColor("#0F5C8A")
ALERT = colors.HexColor("#B4530A")

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
LINE_WIDTHS = (22 * mm, WIDTH - 106 * mm, 26 * mm, 28 * mm, 30 * mm)


def draw_statement(statement: dict) -> bytes:
    """Return the PDF of a prepared ``statement``."""
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        title=f"{statement['labels']['title']} {statement['number']}",
        author=statement["company"]["name"],
    )
    frame = Frame(MARGIN, 20 * mm, WIDTH, A4[1] - 36 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(id="page", frames=frame))
    story = [
        _head(statement),
        Spacer(1, 7 * mm),
        _parties(statement),
        Spacer(1, 6 * mm),
        *_lines(statement),
        Spacer(1, 6 * mm),
        _summary(statement),
        *_notes(statement),
    ]
    footer = f"{statement['company']['name']}  ·  {statement['number']}"
    pages = statement["labels"]["page"]
    document.build(
        story,
        canvasmaker=lambda *args, **kwargs: NumberedCanvas(
            *args, footer=footer, pages=pages, face=face, **kwargs
        ),
    )
    return buffer.getvalue()


def _text(text: str, size: float = 9, *, bold=False, color=INK, right=False) -> Paragraph:
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


def _table(rows: list, widths: tuple, *commands: tuple, **options) -> Table:
    plain = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    return Table(rows, widths, style=TableStyle([*plain, *commands]), hAlign="LEFT", **options)


def _head(statement: dict) -> Table:
    labels = statement["labels"]
    title = [
        _text(labels["title"], 18, bold=True, color=ACCENT, right=True),
        _text(statement["number"], 11, color=SOFT, right=True),
    ]
    if statement["is_draft"]:
        title.append(_text(labels["draft"], 10, bold=True, color=ALERT, right=True))
    return _table(
        [[_logo(statement), title]],
        (WIDTH / 2, WIDTH / 2),
        ("LINEBELOW", (0, 0), (-1, -1), 1.2, ACCENT),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    )


def _logo(statement: dict) -> Flowable:
    """Return the logo of the company, or its name where there is none that can be read."""
    name = _text(statement["company"]["name"], 13, bold=True)
    try:
        width, height = ImageReader(io.BytesIO(statement["logo"])).getSize()
    except OSError:
        return name
    scale = min(52 * mm / width, 17 * mm / height)
    return Image(io.BytesIO(statement["logo"]), width * scale, height * scale, hAlign="LEFT")


def _parties(statement: dict) -> Table:
    company, partner = statement["company"], statement["partner"]
    facts = _table(
        [
            [_text(label, 8, color=SOFT), _text(value, 9, right=True)]
            for label, value in statement["facts"]
        ],
        (24 * mm, 44 * mm),
    )
    return _table(
        [[_party(company), _party(partner), facts]],
        ((WIDTH - 74 * mm) / 2, (WIDTH - 74 * mm) / 2, 74 * mm),
        ("LEFTPADDING", (2, 0), (2, 0), 6 * mm),
        ("RIGHTPADDING", (0, 0), (1, 0), 3 * mm),
    )


def _party(party: dict) -> list:
    return [
        _text(party["name"], 10, bold=True),
        *(_text(line, 8.5, color=SOFT) for line in party["lines"]),
    ]


def _lines(statement: dict) -> list:
    labels = statement["labels"]
    head = [
        _text(labels[key], 8, bold=True, color=SOFT, right=index > 1)
        for index, key in enumerate(("date", "description", "quantity", "price", "amount"))
    ]
    rows, commands = [head], [("LINEBELOW", (0, 0), (-1, 0), 0.8, SOFT)]
    for group in statement["groups"]:
        commands += _group_commands(len(rows))
        rows.append(
            [
                _text(group["title"], 9.5, bold=True),
                "",
                "",
                "",
                _text(group["subtotal"][1], 9.5, bold=True, right=True),
            ]
        )
        rows += [_line(line, labels) for line in group["lines"]]
        commands.append(("LINEBELOW", (0, len(rows) - 1), (-1, len(rows) - 1), 0.4, RULE))
    return [_table(rows, LINE_WIDTHS, *commands, repeatRows=1)]


def _group_commands(row: int) -> list[tuple]:
    return [
        ("SPAN", (0, row), (3, row)),
        ("BACKGROUND", (0, row), (-1, row), SHADE),
        ("LEFTPADDING", (0, row), (0, row), 3),
        ("RIGHTPADDING", (-1, row), (-1, row), 3),
        ("TOPPADDING", (0, row), (-1, row), 3),
        ("BOTTOMPADDING", (0, row), (-1, row), 3),
        ("NOSPLIT", (0, row), (-1, row + 1)),
    ]


def _line(line: dict, labels: dict) -> list:
    description = [_text(line["description"])]
    marks = [labels["late"]] if line["is_late"] else []
    marks += [line["status"]] if line["is_set_aside"] else []
    note = "  ·  ".join([*marks, *([line["note"]] if line["note"] else [])])
    if note:
        color = ALERT if marks else SOFT
        description.append(_text(note, 7.5, color=color))
    quantity, price = line["quantity"], line["price"]
    return [
        _text(line["date"], 8.5, color=SOFT),
        description,
        _text(f"{quantity[1]} {line['unit']}", 8.5, right=True) if quantity else "",
        _text(price[1], 8.5, right=True) if price else "",
        _text(line["amount"][1], 9, right=True),
    ]


def _summary(statement: dict) -> Table:
    rows = [
        [_text(label, 9, color=SOFT), _text(number[1], 9, right=True)]
        for label, number in statement["totals"]
    ]
    rows.append(
        [
            _text(statement["total_label"], 11, bold=True),
            _text(f"{statement['total'][1]} {statement['currency']}", 11, bold=True, right=True),
        ]
    )
    box = _table(
        rows,
        (44 * mm, 40 * mm),
        ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK),
        ("TOPPADDING", (0, -1), (-1, -1), 4),
    )
    return _table([["", box]], (WIDTH - 84 * mm, 84 * mm), ("NOSPLIT", (0, 0), (-1, -1)))


def _notes(statement: dict) -> list:
    return [item for note in statement["notes"] for item in (Spacer(1, 4 * mm), _text(note, 8.5))]
