"""What our PDF files have in common: page, colors, text and tables, drawn with reportlab."""

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
    Table,
    TableStyle,
)

from .pdf_canvas import NumberedCanvas
from .pdf_fonts import face

INK = colors.HexColor("#1F2933")
SOFT = colors.HexColor("#6B7785")
RULE = colors.HexColor("#D5DCE3")
SHADE = colors.HexColor("#F3F6F9")
ACCENT = colors.HexColor("#0F5C8A")
ALERT = colors.HexColor("#B4530A")
GOOD = colors.HexColor("#2E7D4F")

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN


def build(story: list[Flowable], *, title: str, author: str, footer: str, pages: str) -> bytes:
    """Return the document of a ``story`` with a footer and page numbers on each page."""
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, title=title, author=author)
    frame = Frame(MARGIN, 20 * mm, WIDTH, A4[1] - 36 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(id="page", frames=frame))
    document.build(
        story,
        canvasmaker=lambda *args, **kwargs: NumberedCanvas(
            *args, footer=footer, pages=pages, face=face, **kwargs
        ),
    )
    return buffer.getvalue()


def text(content: str, size: float = 9, *, bold=False, color=INK, right=False) -> Paragraph:
    """Return a paragraph in the font that has its characters."""
    style = ParagraphStyle(
        "text",
        fontName=face(content, bold=bold),
        fontSize=size,
        leading=size * 1.35,
        textColor=color,
        alignment=TA_RIGHT if right else 0,
        wordWrap="CJK" if any(char >= "\u2e80" for char in content) else None,
        splitLongWords=1,
    )
    return Paragraph(escape(content).replace("\n", "<br/>"), style)


def table(rows: list, widths: tuple, *commands: tuple, **options) -> Table:
    """Return a table without lines or padding at the sides; ``commands`` add to its style."""
    plain = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    return Table(rows, widths, style=TableStyle([*plain, *commands]), hAlign="LEFT", **options)


def logo(company: str, image: bytes) -> Flowable:
    """Return the logo of the company, or its name where there is none that can be read."""
    name = text(company, 13, bold=True)
    try:
        width, height = ImageReader(io.BytesIO(image)).getSize()
    except OSError:
        return name
    scale = min(52 * mm / width, 17 * mm / height)
    return Image(io.BytesIO(image), width * scale, height * scale, hAlign="LEFT")
