from odoo import fields, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    settlement_line_ids = fields.One2many(
        "s2b2b.settlement.line", "purchase_id", "Settlement Lines", groups="base.group_user"
    )
    settlement_count = fields.Integer(compute="_compute_settlement_count", groups="base.group_user")
    amount_commission = fields.Monetary(
        "Commission", compute="_compute_amount_commission", groups="base.group_user"
    )

    def _compute_settlement_count(self):
        for order in self:
            order.settlement_count = len(order.settlement_line_ids.settlement_id)

    def _compute_amount_commission(self):
        for order in self:
            order.amount_commission = sum(order.order_line.commission_line_ids.mapped("amount"))

    def action_view_settlements(self):
        return self.settlement_line_ids.settlement_id._get_records_action(
            name=self.env._("Settlements")
        )

    def button_approve(self, force=False):
        """Accepting an order, in whatever way, ends here: its commission is frozen."""
        res = super().button_approve(force=force)
        confirmed = self.filtered(lambda order: order.state == "purchase")
        # sudo: commission follows the acceptance, also that of a supplier or of a buyer
        self.env["s2b2b.commission.line"].sudo()._freeze(confirmed.order_line)
        return res
