from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_release_priority(self):
        """Urgent orders have their member's credit first."""
        return int(self.is_urgent)
