from odoo import api, models


class SaleOrderLine(models.Model):
    """Rewards that are added to or taken off an order that holds cost points at once."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._get_points_orders()._follow_points()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"points_cost", "coupon_id"} & vals.keys():
            self._get_points_orders()._follow_points()
        return result

    def unlink(self):
        orders = self._get_points_orders()
        result = super().unlink()
        orders._follow_points()
        return result

    def _get_points_orders(self):
        spending = self.filtered(lambda line: line.points_cost and line.state == "sale")
        return spending.order_id
