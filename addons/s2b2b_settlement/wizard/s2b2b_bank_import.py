from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

MAX_FILES = 50


class BankImport(models.TransientModel):
    """Upload of bank files, with what became of each."""

    _name = "s2b2b.bank.import"
    _description = "Import Bank Files"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Bank Journal",
        domain="[('type', 'in', ('bank', 'credit'))]",
        check_company=True,
        help="Empty: found by the account number in the file.",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Bank Files")
    state = fields.Selection([("upload", "Upload"), ("done", "Done")], default="upload")
    line_ids = fields.One2many("s2b2b.bank.import.line", "import_id", "Results", readonly=True)
    statement_ids = fields.Many2many("account.bank.statement", compute="_compute_statement_ids")

    def _compute_statement_ids(self):
        for wizard in self:
            wizard.statement_ids = wizard.line_ids.statement_ids

    def action_import(self):
        """Import each file by itself: one that is refused does not stop the others."""
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Choose a bank file first."))
        if len(self.attachment_ids) > MAX_FILES:
            raise UserError(self.env._("Choose %s files at most.", MAX_FILES))
        self.line_ids = [Command.clear()] + [
            Command.create(self._import_file(attachment)) for attachment in self.attachment_ids
        ]
        self.state = "done"
        return self._reopen()

    def action_view_statements(self):
        return self.statement_ids._get_records_action(name=self.env._("Imported Statements"))

    def action_reconcile(self):
        """Run the reconciliation over the journals that took the files."""
        self.ensure_one()
        run = self.env["s2b2b.reconcile.run"].create(
            {
                "company_id": self.company_id.id,
                "journal_ids": [Command.set(self.statement_ids.journal_id.ids)],
            }
        )
        run.action_run()
        return run._get_records_action()

    def _import_file(self, attachment):
        """Import one file; return the values of its result."""
        vals = {"name": attachment.name}
        journals = self.journal_id.with_company(self.company_id)
        try:
            made = journals._import_bank_file(attachment.name, attachment.raw or b"")
        except AccessError:
            raise
        except UserError as error:
            return {**vals, "state": "refused", "message": str(error)}
        if not made:
            message = self.env._("Nothing new: every movement of this file is already there.")
            return {**vals, "state": "known", "message": message}
        return {
            **vals,
            "state": "imported",
            "statement_ids": [Command.set(made.ids)],
            "message": self.env._(
                "%(lines)s transactions in %(statements)s.",
                lines=len(made.line_ids),
                statements=", ".join(made.mapped("name")),
            ),
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Bank Files"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class BankImportLine(models.TransientModel):
    _name = "s2b2b.bank.import.line"
    _description = "Result of a Bank File"

    import_id = fields.Many2one("s2b2b.bank.import", required=True, ondelete="cascade")
    name = fields.Char("File", readonly=True)
    state = fields.Selection(
        [("imported", "Imported"), ("known", "Known Already"), ("refused", "Refused")],
        "Result",
        readonly=True,
    )
    message = fields.Text(readonly=True)
    statement_ids = fields.Many2many("account.bank.statement", readonly=True)
