from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _prepare_sellers(self, params=False):
        """Where the company buys by grade, the better graded come first; else as in core."""
        sellers = super()._prepare_sellers(params)
        if not self.env.company.supplier_exposure_by_grade:
            return sellers
        return sellers.sorted(lambda seller: seller._exposure_key())
