from odoo import api, fields, models
from odoo.fields import Domain


class SettlementAccess(models.AbstractModel):
    """Statements and their lines are for those who look after the money of the partner."""

    _name = "s2b2b.settlement.access"
    _description = "Access to Settlements by Role"

    is_open_to_user = fields.Boolean(
        string="Open to the User",
        compute="_compute_is_open_to_user",
        search="_search_is_open_to_user",
        compute_sudo=True,
        help="Whether the user's role in its own company lets it see this document.",
    )

    @api.depends_context("uid")
    @api.depends("side")
    def _compute_is_open_to_user(self):
        closed = self._get_closed_sides()
        for record in self:
            record.is_open_to_user = record.side not in closed

    @api.model
    def _search_is_open_to_user(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("side", "not in", self._get_closed_sides())

    @api.model
    def _get_closed_sides(self):
        """The sides whose statements the user's role in its own company keeps from it."""
        person = self.env.user.partner_id
        if not self.env.user.share:
            return []
        may = {"member": person._may_see_money(), "supplier": person._may_see_supplier_money()}
        return [side for side, is_open in may.items() if not is_open]
