from odoo import fields, models
from odoo.exceptions import AccessError


class S2b2bGateOverride(models.TransientModel):
    """Asks a manager why an order may go to an unfit supplier."""

    _name = "s2b2b.gate.override"
    _description = "Override of the Supplier Gate"

    order_id = fields.Many2one("purchase.order", required=True, ondelete="cascade")
    gate_message = fields.Char(related="order_id.gate_message")
    reason = fields.Char(required=True)

    def action_apply(self):
        if not self.env.user.has_group("s2b2b_supplier.group_manager"):
            raise AccessError(self.env._("Only supplier managers override the supplier gate."))
        for wizard in self:
            wizard.order_id._override_gate(wizard.reason)
