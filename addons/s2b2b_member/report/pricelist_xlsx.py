"""Writes the price list of a member as an XLSX workbook."""

import io

import xlsxwriter

COLUMNS = (("code", 16), ("name", 52), ("unit", 10), ("list_price", 13), ("price", 13))
BREAK_WIDTH = 12


def write_pricelist(pricelist: dict) -> bytes:
    """Return the workbook of a prepared ``pricelist``.

    All text is written as text: what begins with ``=``, ``+``, ``-`` or ``@`` is no formula.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet(pricelist["title"][:31])
    money = "#,##0" + ("." + "0" * pricelist["digits"] if pricelist["digits"] else "")
    styles = {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "head": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F6"}),
        "group": workbook.add_format({"bold": True}),
        "money": workbook.add_format({"num_format": money}),
    }
    row = _write_head(sheet, pricelist, styles)
    for group in pricelist["groups"]:
        sheet.write_string(row, 0, group["name"], styles["group"])
        for line in group["rows"]:
            row += 1
            _write_line(sheet, row, line, styles)
        row += 1
    workbook.close()
    return buffer.getvalue()


def _write_head(sheet, pricelist: dict, styles: dict) -> int:
    sheet.write_string(0, 0, f"{pricelist['title']}: {pricelist['subtitle']}", styles["title"])
    sheet.write_string(1, 0, pricelist["company"])
    for row, (label, value) in enumerate(pricelist["facts"], 2):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value)
    row = 3 + len(pricelist["facts"])
    for column, (key, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, pricelist["labels"][key], styles["head"])
    most = max((len(r["breaks"]) for g in pricelist["groups"] for r in g["rows"]), default=0)
    for number in range(most):
        column = len(COLUMNS) + 2 * number
        sheet.set_column(column, column + 1, BREAK_WIDTH)
        sheet.write_string(row, column, pricelist["labels"]["breaks"], styles["head"])
        sheet.write_string(row, column + 1, pricelist["labels"]["price"], styles["head"])
    sheet.freeze_panes(row + 1, 0)
    return row + 1


def _write_line(sheet, row: int, line: dict, styles: dict) -> None:
    for column, key in enumerate(("code", "name", "unit")):
        sheet.write_string(row, column, line[key])
    sheet.write_number(row, 3, line["list_price"], styles["money"])
    sheet.write_number(row, 4, line["price"], styles["money"])
    for number, (quantity, price) in enumerate(line["breaks"]):
        sheet.write_number(row, len(COLUMNS) + 2 * number, quantity)
        sheet.write_number(row, len(COLUMNS) + 2 * number + 1, price, styles["money"])
