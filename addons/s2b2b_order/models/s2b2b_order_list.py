import binascii
from base64 import b64decode

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.s2b2b_supplier.tools.table import decode

from ..tools.order_list import MOST_LINES, read_table, read_text

MOST_BYTES = 1024 * 1024
MOST_UNPACKED = 20 * MOST_BYTES


class OrderList(models.AbstractModel):
    """A list of articles and quantities that a member pastes or uploads."""

    _name = "s2b2b.order.list"
    _description = "Pasted Order List"

    @api.model
    def _read(self, text="", file=None):
        """Return ([(product, quantity as given)], [problem]) of a pasted text and of a file.

        A problem has ``line``, ``article``, ``quantity`` and ``reason``: no line is lost.

        :param file: {"name": ..., "content": base64}
        """
        rows = self._read_text(text or "") + (self._read_file(file) if file else [])
        if len(rows) > MOST_LINES:
            raise UserError(
                self.env._(
                    "The list has %(count)s lines; %(most)s at a time are possible.",
                    count=len(rows),
                    most=MOST_LINES,
                )
            )
        known = self.env["s2b2b.catalogue"]._find_articles({row.article for row in rows})
        found, problems = [], []
        for row in rows:
            products = known[row.article]
            if len(products) == 1:
                found.append((products, row.quantity))
            else:
                problems.append(self._prepare_problem(row, products))
        return found, problems

    def _prepare_problem(self, row, products):
        if not row.article:
            reason = self.env._("There is no article number.")
        elif products:
            reason = self.env._("%(count)s articles have this number.", count=len(products))
        else:
            reason = self.env._("We do not have this article.")
        return {
            "line": row.line,
            "article": row.article,
            "quantity": row.quantity,
            "reason": reason,
        }

    def _read_text(self, text):
        if len(text) > MOST_BYTES:
            raise self._get_size_error()
        return read_text(text)

    def _read_file(self, file):
        content = self._decode_upload(file)
        if self.env["s2b2b.workbook"]._is_workbook(content):
            return read_table(self._unpack_workbook(content))
        try:
            return read_text(decode(content))
        except (ValueError, UnicodeError) as error:
            raise self._get_kind_error() from error

    def _decode_upload(self, file):
        try:
            encoded = file["content"]
            if len(encoded) > MOST_BYTES * 4 // 3 + 4:
                raise self._get_size_error()
            return b64decode(encoded, validate=True)
        except (KeyError, TypeError, binascii.Error) as error:
            raise self._get_kind_error() from error

    def _unpack_workbook(self, content):
        """Return the cells of the first sheet; a file that is far larger unpacked is refused."""
        try:
            table = self.env["s2b2b.workbook"]._read_sheet(
                content, MOST_UNPACKED, MOST_LINES + 2, 20
            )
        except OverflowError as error:
            raise self._get_size_error() from error
        if table is None:
            raise self._get_kind_error()
        return table

    def _get_size_error(self):
        return UserError(self.env._("The list is too large: at most 1 MB."))

    def _get_kind_error(self):
        return UserError(
            self.env._("This file cannot be read. Upload a CSV or XLSX file, or paste the list.")
        )
