from odoo import api, models
from odoo.fields import Domain

CUSTOMER_DOCUMENTS = ("out_invoice", "out_refund", "out_receipt")


class AccountMove(models.Model):
    """Of a member's people those see its invoices who look after its money."""

    _name = "account.move"
    _inherit = ["account.move", "s2b2b.role.access"]

    @api.depends("move_type", "commercial_partner_id")
    def _compute_is_open_to_user(self):
        return super()._compute_is_open_to_user()

    def _filter_open_to(self, user):
        """Those of these documents that the role of ``user`` lets it see, as they came in."""
        return self.filtered(lambda move: move.with_user(user).is_open_to_user)

    @api.model
    def _get_closed_domain(self):
        closed = super()._get_closed_domain()
        person = self.env.user.partner_id
        if not self.env.user.share or person._may_see_money():
            return closed
        own = Domain("commercial_partner_id", "=", person.commercial_partner_id.id)
        return closed | own & Domain("move_type", "in", CUSTOMER_DOCUMENTS)
