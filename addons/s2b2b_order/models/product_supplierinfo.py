from odoo import fields, models


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    def _get_unit_price(self, product):
        """Return what ``product``'s unit costs after the discount, in the seller's currency."""
        self.ensure_one()
        net = self.price * (1 - self.discount / 100)
        return self.product_uom_id._compute_price(net, product.uom_id)

    def _get_landed_price(self, product, company):
        """Return what ``product``'s unit costs ``company``: in its currency, without the tax that
        the price includes."""
        price = self._get_unit_price(product)
        taxes = product.supplier_taxes_id.filtered(
            lambda tax: tax.price_include and tax.company_id == company
        )
        if taxes:
            price = taxes.compute_all(
                price, currency=self.currency_id, product=product, rounding_method="round_globally"
            )["total_excluded"]
        return self.currency_id._convert(
            price, company.currency_id, company, fields.Date.context_today(self), round=False
        )
