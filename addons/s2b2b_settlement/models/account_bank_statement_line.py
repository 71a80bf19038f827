from odoo import fields, models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    s2b2b_import_key = fields.Char(
        "Import Key",
        readonly=True,
        copy=False,
        help="The same whenever the same movement is read again, from whichever file.",
    )
    s2b2b_references = fields.Char(
        "Bank References",
        readonly=True,
        copy=False,
        help="What the payer quotes in the structured fields of the bank file.",
    )
    s2b2b_charges = fields.Monetary(
        "Bank Charges", readonly=True, copy=False, help="What the bank kept of the amount."
    )

    _s2b2b_import_key_uniq = models.UniqueIndex(
        "(journal_id, s2b2b_import_key) WHERE s2b2b_import_key IS NOT NULL",
        "This bank movement has been imported already.",
    )

    def _get_booked_charges(self):
        """Return what the bank kept, where the company books it: in its own currency, and where
        there is an account for it."""
        self.ensure_one()
        company = self.company_id
        if self.foreign_currency_id or self.currency_id != company.currency_id:
            return 0.0
        return self.s2b2b_charges if company.bank_charge_account_id else 0.0

    def _get_suspense_lines(self):
        """Return the journal items that wait for what these transactions are about."""
        lines = self.env["account.move.line"]
        return lines.concat(*(line._seek_for_lines()[1] for line in self))
