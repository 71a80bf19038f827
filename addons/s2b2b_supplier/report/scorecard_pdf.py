"""Draws a supplier's scorecard as a PDF with reportlab, without any other program."""

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, String
from reportlab.lib.units import mm
from reportlab.platypus import Spacer, Table

from .pdf_fonts import face
from .pdf_page import ACCENT, ALERT, GOOD, INK, RULE, SHADE, SOFT, WIDTH, build, logo, table, text

MEASURE_WIDTHS = (34 * mm, 34 * mm, WIDTH - 104 * mm, 18 * mm, 18 * mm)
LINE_WIDTHS = (26 * mm, WIDTH - 130 * mm, 26 * mm, 26 * mm, 28 * mm, 24 * mm)
CHART_HEIGHT = 42 * mm


def draw_scorecard(card: dict) -> bytes:
    """Return the PDF of a prepared scorecard ``card``: plain texts in the reader's language."""
    labels = card["labels"]
    story = [
        _head(card),
        Spacer(1, 6 * mm),
        _summary(card),
        Spacer(1, 5 * mm),
        _measures(card),
        Spacer(1, 6 * mm),
        text(labels["trend"], 11, bold=True),
        _chart(card["trend"]),
        Spacer(1, 4 * mm),
        text(labels["evidence"], 11, bold=True),
        Spacer(1, 1.5 * mm),
        _evidence(card),
        *([Spacer(1, 2 * mm), text(card["more"], 8, color=SOFT)] if card["more"] else []),
    ]
    return build(
        story,
        title=f"{labels['title']} {card['partner']} {card['period']}",
        author=card["company"],
        footer=f"{card['company']}  ·  {card['partner']}  ·  {card['period']}",
        pages=labels["page"],
    )


def _head(card: dict) -> Table:
    title = [
        text(card["labels"]["title"], 18, bold=True, color=ACCENT, right=True),
        text(card["period"], 11, color=SOFT, right=True),
    ]
    return table(
        [[logo(card["company"], card["logo"]), title]],
        (WIDTH / 2, WIDTH / 2),
        ("LINEBELOW", (0, 0), (-1, -1), 1.2, ACCENT),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    )


def _summary(card: dict) -> Table:
    facts = [text(f"{label}: {value}", 9, color=SOFT) for label, value in card["facts"]]
    score = [
        text(card["score"], 26, bold=True, color=ACCENT, right=True),
        text(card["grade"], 11, bold=True, right=True),
    ]
    return table(
        [[[text(card["partner"], 14, bold=True), Spacer(1, 1 * mm), *facts], score]],
        (WIDTH - 60 * mm, 60 * mm),
    )


def _measures(card: dict) -> Table:
    labels = card["labels"]
    head = [
        text(labels[key], 8, bold=True, color=SOFT, right=index > 2)
        for index, key in enumerate(("measure", "figures", "judged", "weight", "score"))
    ]
    rows = [head] + [
        [
            text(line["name"], 9.5, bold=True),
            text(line["figures"], 9),
            text(line["reason"], 8.5, color=SOFT),
            text(line["weight"], 9, right=True),
            text(line["score"], 10, bold=True, right=True),
        ]
        for line in card["lines"]
    ]
    return table(
        rows,
        MEASURE_WIDTHS,
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, SOFT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
        ("TOPPADDING", (0, 1), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 3),
        repeatRows=1,
    )


def _chart(trend: list[tuple[str, float, float]]) -> Drawing:
    """Return the scores of the last periods: (label, place from 0 to 1, score from 0 to 100)."""
    drawing = Drawing(WIDTH, CHART_HEIGHT)
    left, bottom, top = 9 * mm, 7 * mm, CHART_HEIGHT - 3 * mm
    for value in (0, 25, 50, 75, 100):
        y = bottom + (top - bottom) * value / 100
        drawing.add(Line(left, y, WIDTH, y, strokeColor=RULE, strokeWidth=0.5))
        drawing.add(_label(str(value), left - 2 * mm, y - 2, "end"))
    spots = [
        (left + 4 + place * (WIDTH - left - 8), bottom + (top - bottom) * score / 100)
        for _name, place, score in trend
    ]
    if len(spots) > 1:
        line = [number for spot in spots for number in spot]
        drawing.add(PolyLine(line, strokeColor=ACCENT, strokeWidth=1.6))
    for (x, y), (label, _place, score) in zip(spots, trend, strict=True):
        anchor = "middle" if left + 20 < x < WIDTH - 20 else "start" if x < WIDTH / 2 else "end"
        drawing.add(Circle(x, y, 2.2, fillColor=ACCENT, strokeColor=None))
        drawing.add(_label(f"{score:.1f}", x, y + 4, anchor, INK))
        drawing.add(_label(label, x, 1 * mm, anchor))
    return drawing


def _label(content: str, x: float, y: float, anchor: str, color=SOFT) -> String:
    return String(
        x, y, content, fontName=face(content), fontSize=7, fillColor=color, textAnchor=anchor
    )


def _evidence(card: dict) -> Table:
    labels = card["labels"]
    keys = ("order", "product", "promise", "arrival", "quantity", "result")
    rows = [
        [text(labels[key], 8, bold=True, color=SOFT, right=key == "quantity") for key in keys]
    ] + [
        [
            text(line["order"], 8.5),
            text(line["product"], 8.5),
            text(line["promise"], 8.5),
            text(line["arrival"], 8.5),
            text(line["quantity"], 8.5, right=True),
            text(line["result"], 8.5, color=GOOD if line["good"] else ALERT),
        ]
        for line in card["deliveries"]
    ]
    return table(
        rows,
        LINE_WIDTHS,
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3 * mm),
        repeatRows=1,
    )
