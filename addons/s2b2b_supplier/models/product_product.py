from odoo import fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _prepare_sellers(self, params=False):
        """Where the company buys by grade, the better graded come first; else as in core."""
        sellers = super()._prepare_sellers(params)
        if not self.env.company.supplier_exposure_by_grade:
            return sellers
        return sellers.sorted(lambda seller: seller._exposure_key())

    def _get_filtered_sellers(
        self, partner_id=False, quantity=0.0, date=None, uom_id=False, params=False
    ):
        """Where nobody is named, who is announced to be closed today is asked last: not at all
        while somebody else can deliver."""
        sellers = super()._get_filtered_sellers(
            partner_id=partner_id, quantity=quantity, date=date, uom_id=uom_id, params=params
        )
        if partner_id or len(sellers) < 2 or self.env.company.supplier_gate_policy == "off":
            return sellers
        today = fields.Date.context_today(self)
        # sudo: closed days are the supplier's own; they only order the offers
        closed = sellers.sudo().filtered(lambda s: s.partner_id._supplier_is_closed(today))
        return (sellers - closed) or sellers
