from odoo import api, models
from odoo.fields import Domain


class SettlementAccess(models.AbstractModel):
    """Statements and their lines are for those who look after the money of the partner."""

    _name = "s2b2b.settlement.access"
    _description = "Access to Settlements by Role"
    _inherit = ["s2b2b.role.access"]

    @api.depends("side")
    def _compute_is_open_to_user(self):
        return super()._compute_is_open_to_user()

    @api.model
    def _get_closed_domain(self):
        return Domain("side", "in", self._get_closed_sides())

    @api.model
    def _get_closed_sides(self):
        """The sides whose statements the user's role in its own company keeps from it."""
        person = self.env.user.partner_id
        if not self.env.user.share:
            return []
        may = {"member": person._may_see_money(), "supplier": person._may_see_supplier_money()}
        return [side for side, is_open in may.items() if not is_open]
