from base64 import b64decode, b64encode
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.catalogue import HEADINGS, read_lines
from ..tools.table import decode, read_csv, read_rows
from ..tools.uploads import safe_name

MOST_ROWS = 10_000
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 20 * MOST_BYTES
KEPT_FAULTS = 1000
KEPT_DAYS = 90


class S2b2bOfferImport(models.Model):
    """A file of offers and stock that a supplier has uploaded: first checked, then taken over."""

    _name = "s2b2b.offer.import"
    _description = "Uploaded Offers"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="File", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    contact_id = fields.Many2one(
        "res.partner", string="Uploaded by", readonly=True, ondelete="set null"
    )
    content = fields.Binary(attachment=True, readonly=True)
    digest = fields.Char(readonly=True, index=True)
    state = fields.Selection(
        [("checked", "Checked"), ("done", "Taken Over")],
        default="checked",
        required=True,
        readonly=True,
    )
    done_on = fields.Datetime(string="Taken Over on", readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    new_count = fields.Integer(string="New", readonly=True)
    change_count = fields.Integer(string="Changed", readonly=True)
    stock_count = fields.Integer(string="Stock", readonly=True)
    waiting_count = fields.Integer(string="To Approve", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    fault_count = fields.Integer(string="Errors", readonly=True)
    faults = fields.Json(readonly=True, help="Row, column, code and value of each error.")

    @api.model
    def _check_file(self, supplier, contact, name, content):
        """Stores a file with what it would do; ``UserError`` where it is no such file."""
        lines, faults = self._read_file(content)
        upload = self.create(
            {
                "name": safe_name(name) or "catalogue",
                "partner_id": supplier.id,
                "company_id": self.env.company.id,
                "contact_id": contact.id,
                "digest": sha256(content).hexdigest(),
            }
        )
        upload._plan_file(lines, faults)
        upload.content = b64encode(content)
        return upload

    def _take_over(self):
        """Does what the file says, as things stand now; rows with errors are left out."""
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        if self.state == "done":
            raise UserError(self.env._("This file was taken over already."))
        lines, faults = self._read_file(b64decode(self.content or b""))
        pages = self.env["s2b2b.supplier.portal"]
        pages._apply_plan(self.partner_id, self._plan_file(lines, faults), self.contact_id)
        self.write({"state": "done", "done_on": fields.Datetime.now()})
        if self.new_count or self.change_count:
            self._log_on_supplier()

    def _plan_file(self, lines, faults):
        plan = self.env["s2b2b.supplier.portal"]._plan_lines(
            self.partner_id, lines, repeated=self._is_repeated()
        )
        faults = sorted([*faults, *plan.faults], key=lambda fault: fault.row)
        now = [change for change in plan.changes if not change.waits]
        self.write(
            {
                "row_count": len({fault.row for fault in faults} | {line.row for line in lines}),
                "new_count": sum(change.offer is None for change in now),
                "change_count": sum(change.offer is not None for change in now),
                "stock_count": len(plan.reports),
                "waiting_count": len(plan.changes) - len(now),
                "unchanged_count": plan.unchanged,
                "fault_count": len({fault.row for fault in faults}),
                "faults": [[f.row, f.column, f.code, f.value] for f in faults[:KEPT_FAULTS]],
            }
        )
        return plan

    def _is_repeated(self):
        """Whether the supplier has had these very bytes taken over within the last day."""
        return bool(
            self.search_count(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("digest", "=", self.digest),
                    ("state", "=", "done"),
                    ("done_on", ">", fields.Datetime.now() - timedelta(days=1)),
                ],
                limit=1,
            )
        )

    def _log_on_supplier(self):
        self.partner_id._message_log(
            body=self.env._(
                "%(contact)s uploaded %(file)s: %(new)s new offers, %(changed)s changed.",
                contact=self.contact_id.name,
                file=self.name,
                new=self.new_count,
                changed=self.change_count,
            )
        )

    @api.model
    def _read_file(self, content):
        """(lines, faults) of a CSV or XLSX file; ``UserError`` where it cannot be one."""
        if len(content) > MOST_BYTES:
            raise UserError(self.env._("The file is too large: at most 5 MB."))
        try:
            rows, columns = read_rows(self._read_table(content), HEADINGS, MOST_ROWS)
        except (ValueError, UnicodeError) as error:
            raise self._kind_error() from error
        if not columns & {"offer", "supplier_code", "barcode", "our_code"}:
            raise UserError(
                self.env._("The first line has to name the columns, as the template does.")
            )
        if len(rows) > MOST_ROWS:
            raise UserError(self.env._("The file has more than %s rows.", MOST_ROWS))
        return read_lines(rows)

    @api.model
    def _read_table(self, content):
        if self.env["s2b2b.workbook"]._is_workbook(content):
            return self._read_workbook(content)
        return read_csv(decode(content))

    @api.model
    def _read_workbook(self, content):
        try:
            table = self.env["s2b2b.workbook"]._read_sheet(
                content, MOST_UNPACKED, MOST_ROWS + 10, len(HEADINGS) + 20
            )
        except OverflowError as error:
            raise UserError(self.env._("The file is too large: at most 5 MB.")) from error
        if table is None:
            raise self._kind_error()
        return table

    @api.model
    def _kind_error(self):
        return UserError(self.env._("This file cannot be read. Upload a CSV or XLSX file."))

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("create_date", "<", limit)], limit=1000).unlink()
