from odoo import api, models
from odoo.tools import SQL


class SupplierStock(models.Model):
    _inherit = "s2b2b.supplier.stock"

    @api.model
    def _committed_sql(self):
        """What an allocation has placed takes stock at once, also while it waits for an answer."""
        return SQL(
            "%s OR (po.member_order_id IS NOT NULL AND po.state IN ('draft', 'sent'))",
            super()._committed_sql(),
        )
