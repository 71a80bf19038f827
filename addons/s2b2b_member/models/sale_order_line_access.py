from odoo import api, models


class SaleOrderLine(models.Model):
    """What is added to an order that holds is asked for as at its confirmation."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_customer_may_buy()
        return lines

    def write(self, vals):
        former = {line: line.product_id for line in self} if vals.get("product_id") else {}
        result = super().write(vals)
        changed = [line.id for line, product in former.items() if line.product_id != product]
        self.browse(changed)._check_customer_may_buy()
        return result

    def _check_customer_may_buy(self):
        for order, lines in self.grouped("order_id").items():
            if order.state == "sale":
                order._check_products(lines.product_id)
