from odoo import models


class SaleOrder(models.Model):
    """Promotions of a tier are for orders of its members."""

    _inherit = "sale.order"

    def _get_program_domain(self):
        return [*super()._get_program_domain(), *self._get_tier_domain("min_grade_id")]

    def _get_trigger_domain(self):
        return [*super()._get_trigger_domain(), *self._get_tier_domain("program_id.min_grade_id")]

    def _get_tier_domain(self, path):
        buyer = self.env["product.product"]._prepare_buyer(self.partner_id)
        if buyer.rank is None:
            return [(path, "=", False)]
        return ["|", (path, "=", False), (f"{path}.rank", "<=", buyer.rank)]
