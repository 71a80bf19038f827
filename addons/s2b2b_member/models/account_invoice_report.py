from odoo import api, fields, models
from odoo.tools import SQL


class AccountInvoiceReport(models.Model):
    """Invoices by the tier that the customer has now."""

    _inherit = "account.invoice.report"

    member_grade_id = fields.Many2one("res.partner.grade", string="Member Tier", readonly=True)

    @api.model
    def _select(self):
        return SQL(
            "%s, CASE WHEN commercial_partner.is_member THEN commercial_partner.grade_id END"
            " AS member_grade_id",
            super()._select(),
        )
