from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


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

    def _get_product_catalog_domain(self):
        """The catalogue of an order shows what its customer may buy."""
        domain = super()._get_product_catalog_domain()
        if not self.partner_id:
            return domain
        return Domain(domain) & self.env["product.product"]._get_access_domain(self.partner_id)

    def _check_step_into_sale(self):
        """Not only the button: whatever takes an order into ``sale`` asks for every product."""
        for order in self:
            order._check_products(order.order_line.product_id)
        return super()._check_step_into_sale()

    def _check_products(self, products):
        """Refuses products that the customer of this order may not buy today."""
        self.ensure_one()
        refusals = products._get_refusals(self.partner_id)
        if refusals:
            texts = [f"{product.name}: {why}" for product, why in refusals.items()]
            raise UserError("\n".join(texts))

    def _add_partnership(self):
        """A product that sells a tier gives it, whoever confirms the order."""
        # sudo: who may make such products decided on the tier, not who sells them
        return super(SaleOrder, self.sudo())._add_partnership()
