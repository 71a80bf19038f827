"""Writes a settlement statement as an XLSX workbook."""

import io

import xlsxwriter

COLUMNS = (
    ("order", 18),
    ("date", 12),
    ("kind", 14),
    ("description", 46),
    ("quantity", 11),
    ("unit", 10),
    ("price", 12),
    ("amount", 14),
    ("status", 12),
    ("note", 46),
)


def write_statement(statement: dict) -> bytes:
    """Return the workbook of a prepared ``statement``.

    All text is written as text: what begins with ``=``, ``+``, ``-`` or ``@`` is no formula.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet("Statement")
    styles = {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "head": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F6"}),
        "bold": workbook.add_format({"bold": True}),
        "number": workbook.add_format({"num_format": "#,##0.00"}),
        "total": workbook.add_format({"bold": True, "num_format": "#,##0.00", "top": 1}),
    }
    row = _write_head(sheet, statement, styles)
    row = _write_lines(sheet, statement, styles, row)
    _write_totals(sheet, statement, styles, row + 1)
    workbook.close()
    return buffer.getvalue()


def _write_head(sheet, statement: dict, styles: dict) -> int:
    labels = statement["labels"]
    sheet.write_string(0, 0, f"{labels['title']} {statement['number']}", styles["title"])
    sheet.write_string(1, 0, statement["company"]["name"])
    sheet.write_string(2, 0, statement["partner"]["name"])
    for index, (label, value) in enumerate(statement["facts"]):
        sheet.write_string(3 + index, 0, label, styles["bold"])
        sheet.write_string(3 + index, 1, value)
    row = 4 + len(statement["facts"])
    for column, (key, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, labels[key], styles["head"])
    sheet.freeze_panes(row + 1, 0)
    return row + 1


def _write_lines(sheet, statement: dict, styles: dict, row: int) -> int:
    for group in statement["groups"]:
        for line in group["lines"]:
            values = {**line, "order": group["title"]}
            for column, (key, _width) in enumerate(COLUMNS):
                _write_cell(sheet, row, column, values[key], styles["number"])
            row += 1
    return row


def _write_cell(sheet, row: int, column: int, value, style) -> None:
    """Write text as text, and the number of a (number, text) pair as a number."""
    if isinstance(value, tuple):
        sheet.write_number(row, column, value[0], style)
    elif value:
        sheet.write_string(row, column, value)


def _write_totals(sheet, statement: dict, styles: dict, row: int) -> None:
    amount = [key for key, _width in COLUMNS].index("amount")
    for label, number in statement["totals"]:
        sheet.write_string(row, 3, label)
        sheet.write_number(row, amount, number[0], styles["number"])
        row += 1
    label = f"{statement['total_label']} ({statement['currency']})"
    sheet.write_string(row, 3, label, styles["bold"])
    sheet.write_number(row, amount, statement["total"][0], styles["total"])
