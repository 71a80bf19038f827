from odoo import models


class S2b2bClaim(models.Model):
    _inherit = "s2b2b.claim"

    def _get_customers(self):
        """Who has ordered the goods, pays and gets them, also where they pass our warehouse."""
        purchases = self._get_claimed_orders()
        orders = purchases._get_sale_orders() | purchases.member_order_id
        customers = orders.partner_id | orders.partner_invoice_id | orders.partner_shipping_id
        return super()._get_customers() | customers
