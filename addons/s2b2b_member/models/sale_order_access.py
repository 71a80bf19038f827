from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    product_refusal = fields.Char(compute="_compute_product_refusal", groups="base.group_user")

    @api.depends("order_line.product_id", "partner_id", "state")
    def _compute_product_refusal(self):
        """The products of a quotation that its customer may not buy today, and why."""
        self.product_refusal = False
        for order in self.filtered(lambda order: order.state in ("draft", "sent")):
            products = order.order_line.product_id
            refusals = products._origin._get_refusals(order.partner_id._origin)
            order.product_refusal = " ".join(f"{p.name}: {why}" for p, why in refusals.items())

    def _confirmation_error_message(self):
        return super()._confirmation_error_message() or self.product_refusal

    def _add_partnership(self):
        """A product that sells a tier gives it, whoever confirms the order."""
        # sudo: who may make such products decided on the tier, not who sells them
        return super(SaleOrder, self.sudo())._add_partnership()
