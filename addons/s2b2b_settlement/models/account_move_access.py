from odoo import api, models
from odoo.fields import Domain

SUPPLIER_DOCUMENTS = ("in_invoice", "in_refund", "in_receipt")


class AccountMove(models.Model):
    """Of a supplier's people those see its bills who look after its money, as a member's do."""

    _inherit = "account.move"

    @api.model
    def _get_closed_domain(self):
        closed = super()._get_closed_domain()
        person = self.env.user.partner_id
        if not self.env.user.share or person._may_see_supplier_money():
            return closed
        own = Domain("commercial_partner_id", "=", person.commercial_partner_id.id)
        return closed | own & Domain("move_type", "in", SUPPLIER_DOCUMENTS)
