from odoo import models


class ProductCategory(models.Model):
    _inherit = "product.category"

    def _supplier_path(self):
        """The ids from the root down to this category: being qualified for one means all below."""
        return tuple(int(part) for part in (self.parent_path or "").split("/") if part)
