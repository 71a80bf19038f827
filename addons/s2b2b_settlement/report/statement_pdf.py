"""Draws a settlement statement as a PDF with reportlab, without any other program."""

from reportlab.lib.units import mm
from reportlab.platypus import Spacer, Table

from odoo.addons.s2b2b_supplier.report.pdf_page import (
    ACCENT,
    ALERT,
    INK,
    RULE,
    SHADE,
    SOFT,
    WIDTH,
    build,
    logo,
    table,
    text,
)

LINE_WIDTHS = (22 * mm, WIDTH - 106 * mm, 26 * mm, 28 * mm, 30 * mm)


def draw_statement(statement: dict) -> bytes:
    """Return the PDF of a prepared ``statement``."""
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
    return build(
        story,
        title=f"{statement['labels']['title']} {statement['number']}",
        author=statement["company"]["name"],
        footer=f"{statement['company']['name']}  ·  {statement['number']}",
        pages=statement["labels"]["page"],
    )


def _head(statement: dict) -> Table:
    labels = statement["labels"]
    title = [
        text(labels["title"], 18, bold=True, color=ACCENT, right=True),
        text(statement["number"], 11, color=SOFT, right=True),
    ]
    if statement["is_draft"]:
        title.append(text(labels["draft"], 10, bold=True, color=ALERT, right=True))
    return table(
        [[logo(statement["company"]["name"], statement["logo"]), title]],
        (WIDTH / 2, WIDTH / 2),
        ("LINEBELOW", (0, 0), (-1, -1), 1.2, ACCENT),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    )


def _parties(statement: dict) -> Table:
    company, partner = statement["company"], statement["partner"]
    facts = table(
        [
            [text(label, 8, color=SOFT), text(value, 9, right=True)]
            for label, value in statement["facts"]
        ],
        (24 * mm, 44 * mm),
    )
    return table(
        [[_party(company), _party(partner), facts]],
        ((WIDTH - 74 * mm) / 2, (WIDTH - 74 * mm) / 2, 74 * mm),
        ("LEFTPADDING", (2, 0), (2, 0), 6 * mm),
        ("RIGHTPADDING", (0, 0), (1, 0), 3 * mm),
    )


def _party(party: dict) -> list:
    return [
        text(party["name"], 10, bold=True),
        *(text(line, 8.5, color=SOFT) for line in party["lines"]),
    ]


def _lines(statement: dict) -> list:
    labels = statement["labels"]
    head = [
        text(labels[key], 8, bold=True, color=SOFT, right=index > 1)
        for index, key in enumerate(("date", "description", "quantity", "price", "amount"))
    ]
    rows, commands = [head], [("LINEBELOW", (0, 0), (-1, 0), 0.8, SOFT)]
    for group in statement["groups"]:
        commands += _group_commands(len(rows))
        rows.append(
            [
                text(group["title"], 9.5, bold=True),
                "",
                "",
                "",
                text(group["subtotal"][1], 9.5, bold=True, right=True),
            ]
        )
        rows += [_line(line, labels) for line in group["lines"]]
        commands.append(("LINEBELOW", (0, len(rows) - 1), (-1, len(rows) - 1), 0.4, RULE))
    return [table(rows, LINE_WIDTHS, *commands, repeatRows=1)]


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
    description = [text(line["description"])]
    marks = [labels["late"]] if line["is_late"] else []
    marks += [line["status"]] if line["is_set_aside"] else []
    note = "  ·  ".join([*marks, *([line["note"]] if line["note"] else [])])
    if note:
        color = ALERT if marks else SOFT
        description.append(text(note, 7.5, color=color))
    quantity, price = line["quantity"], line["price"]
    return [
        text(line["date"], 8.5, color=SOFT),
        description,
        text(f"{quantity[1]} {line['unit']}", 8.5, right=True) if quantity else "",
        text(price[1], 8.5, right=True) if price else "",
        text(line["amount"][1], 9, right=True),
    ]


def _summary(statement: dict) -> Table:
    rows = [
        [text(label, 9, color=SOFT), text(number[1], 9, right=True)]
        for label, number in statement["totals"]
    ]
    rows.append(
        [
            text(statement["total_label"], 11, bold=True),
            text(f"{statement['total'][1]} {statement['currency']}", 11, bold=True, right=True),
        ]
    )
    box = table(
        rows,
        (44 * mm, 40 * mm),
        ("LINEABOVE", (0, -1), (-1, -1), 0.8, INK),
        ("TOPPADDING", (0, -1), (-1, -1), 4),
    )
    return table([["", box]], (WIDTH - 84 * mm, 84 * mm), ("NOSPLIT", (0, 0), (-1, -1)))


def _notes(statement: dict) -> list:
    return [item for note in statement["notes"] for item in (Spacer(1, 4 * mm), text(note, 8.5))]
