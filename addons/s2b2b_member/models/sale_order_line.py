from odoo import api, models


class SaleOrderLine(models.Model):
    """Rewards that are added to or taken off an order that holds cost points at once."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered("points_cost")._follow_points()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"points_cost", "coupon_id"} & vals.keys():
            self._follow_points()
        return result

    def _follow_points(self):
        self.filtered(lambda line: line.state == "sale").order_id._follow_points()
