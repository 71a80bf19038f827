from odoo import api, models


class S2b2bScorecard(models.Model):
    _inherit = "s2b2b.scorecard"

    @api.model
    def _get_counted_days(self, purchase_lines):
        """Answers count by the day they were due."""
        orders = purchase_lines.order_id.filtered("accept_deadline")
        due = [order._get_day(order.accept_deadline) for order in orders]
        return super()._get_counted_days(purchase_lines) + due
