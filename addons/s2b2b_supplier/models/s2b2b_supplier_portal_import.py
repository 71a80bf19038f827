from io import BytesIO

import xlsxwriter

from odoo import api, models
from odoo.tools import format_datetime

from ..tools.catalogue import COLUMNS
from ..tools.table import write_csv

HISTORY = 10
FIGURES = ("min_qty", "price", "delay", "available_qty", "daily_capacity")


class S2b2bSupplierPortalImport(models.AbstractModel):
    """The pages around files: template, export, upload with its report."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _find_import(self, supplier, import_id):
        """The supplier's own upload of that number, or nothing."""
        return self.env["s2b2b.offer.import"].search(
            [
                ("id", "=", import_id),
                ("partner_id", "=", supplier.id),
                ("company_id", "=", self.env.company.id),
            ]
        )

    @api.model
    def _get_imports(self, supplier):
        uploads = self.env["s2b2b.offer.import"].search(
            [("partner_id", "=", supplier.id), ("company_id", "=", self.env.company.id)],
            limit=HISTORY,
        )
        return [self._prepare_import(upload) for upload in uploads]

    @api.model
    def _prepare_import(self, upload):
        counts = ("row", "new", "change", "stock", "waiting", "unchanged", "fault")
        return {
            "id": upload.id,
            "name": upload.name,
            "day": format_datetime(self.env, upload.create_date, dt_format="short"),
            "done": upload.state == "done",
            **{name: upload[f"{name}_count"] for name in counts},
        }

    @api.model
    def _get_import(self, upload):
        """An upload with its errors as sentences."""
        return {
            **self._prepare_import(upload),
            "faults": [self._prepare_fault(*fault) for fault in upload.faults or []],
        }

    @api.model
    def _prepare_fault(self, row, column, code, value):
        return {
            "row": row,
            "column": self._heading(column) if column else "",
            "field": column,
            "code": code,
            "value": value,
            "text": self._fault_text(code),
        }

    @api.model
    def _heading(self, column):
        english, chinese = COLUMNS[column]
        return chinese if (self.env.lang or "").startswith("zh") else english

    @api.model
    def _fault_text(self, code):
        """The sentence for each code of ``tools.catalogue``, of its plan and of the API."""
        return {
            "no_object": self.env._("A line is an object with fields."),
            "field": self.env._("There is no such field here."),
            "type": self.env._("Write text or a number."),
            "number": self.env._("This is not a number."),
            "range": self.env._("This figure is out of range."),
            "long": self.env._("This text is too long."),
            "basis": self.env._("Write “free” or “on hand”."),
            "date": self.env._("Write the moment as 2026-01-31 15:00."),
            "no_product": self.env._("The row says of no product: give a code or a barcode."),
            "unknown_offer": self.env._("You have no offer with this number."),
            "unknown": self.env._("We do not know this product. You can propose it."),
            "ambiguous": self.env._("Several products are called so. Give your offer number."),
            "required": self.env._("This is needed here."),
            "currency": self.env._("We do not use this currency."),
            "unit": self.env._("The product is not counted in this unit."),
            "which": self.env._("You have several prices for it: the minimum says which."),
            "duplicate": self.env._("There is another row or offer for the same quantity."),
            "variants": self.env._("The offer is for several variants: there is no one stock."),
            "stock_differs": self.env._("Another row has a different stock for this product."),
            "future": self.env._("This moment has not come yet."),
            "outdated": self.env._("We have a newer figure of stock already."),
        }[code]

    @api.model
    def _export_rows(self, supplier, empty=False):
        """The supplier's catalogue as a table with headings; ``empty``: only an example."""
        yield [self._heading(column) for column in COLUMNS]
        if empty:
            example = {"supplier_code": "ABC-1", "barcode": "4006381333931", "min_qty": 10}
            example |= {"price": 12.5, "currency": self.env.company.currency_id.name, "delay": 3}
            example |= {"available_qty": 100, "basis": "free", "daily_capacity": 20}
            yield [example.get(column, "") for column in COLUMNS]
            return
        offers = self.env["product.supplierinfo"].search(
            self._offers_domain(supplier), order="product_tmpl_id, product_id, min_qty, id"
        )
        stocks = offers._find_supplier_stocks()
        stocks_shown = set()
        for offer in offers:
            key = offer._supplier_stock_key()
            stock = stocks.get(key) if key not in stocks_shown else None
            stocks_shown.add(key)
            values = self._prepare_export_row(offer, stock)
            yield [values[column] for column in COLUMNS]

    @api.model
    def _prepare_export_row(self, offer, stock):
        product = offer.product_id or offer.product_tmpl_id
        moment = stock and stock.available_qty_date
        return {
            "offer": offer.id,
            "supplier_code": offer.product_code or "",
            "barcode": product.barcode or "",
            "our_code": product.default_code or "",
            "name": product.name,
            "min_qty": offer.min_qty,
            "price": offer.price,
            "currency": offer.currency_id.name,
            "unit": offer.product_uom_id.name,
            "delay": offer.delay,
            "available_qty": stock.available_qty if stock else "",
            "basis": stock.available_basis if stock else "",
            "as_of": moment.isoformat(" ", "seconds") if moment else "",
            "daily_capacity": stock.daily_capacity if stock else "",
        }

    @api.model
    def _write_table(self, rows, kind):
        """A table as the bytes of a CSV or XLSX file in which no text is a formula."""
        return write_csv(rows) if kind == "csv" else self._write_workbook(rows)

    @api.model
    def _write_workbook(self, rows):
        buffer = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(buffer, options) as book:
            sheet = book.add_worksheet()
            head = book.add_format({"bold": True, "bg_color": "#EEF2F6", "bottom": 1})
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row, head if index == 0 else None)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(COLUMNS), 16)
        return buffer.getvalue()
