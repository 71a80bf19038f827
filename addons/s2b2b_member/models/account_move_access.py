from odoo import api, fields, models
from odoo.fields import Domain

CUSTOMER_DOCUMENTS = ("out_invoice", "out_refund", "out_receipt")


class AccountMove(models.Model):
    """Of a member's people those see its invoices who look after its money."""

    _inherit = "account.move"

    is_open_to_user = fields.Boolean(
        string="Open to the User",
        compute="_compute_is_open_to_user",
        search="_search_is_open_to_user",
        compute_sudo=True,
        help="Whether the user's role in its own company lets it see this document.",
    )

    @api.depends_context("uid")
    @api.depends("move_type", "commercial_partner_id")
    def _compute_is_open_to_user(self):
        closed = self.filtered_domain(self._get_closed_domain())
        closed.is_open_to_user = False
        (self - closed).is_open_to_user = True

    @api.model
    def _search_is_open_to_user(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return ~self._get_closed_domain()

    def _filter_open_to(self, user):
        """Those of these documents that the role of ``user`` lets it see, as they came in."""
        return self.filtered(lambda move: move.with_user(user).is_open_to_user)

    @api.model
    def _get_closed_domain(self):
        """Documents of the user's own company that its role there keeps from it."""
        person = self.env.user.partner_id
        if not self.env.user.share or person._may_see_money():
            return Domain.FALSE
        own = Domain("commercial_partner_id", "=", person.commercial_partner_id.id)
        return own & Domain("move_type", "in", CUSTOMER_DOCUMENTS)
