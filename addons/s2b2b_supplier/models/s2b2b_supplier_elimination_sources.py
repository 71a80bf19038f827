from odoo import fields, models
from odoo.fields import Domain


class S2b2bSupplierElimination(models.Model):
    """What products are left with once the supplier is gone."""

    _inherit = "s2b2b.supplier.elimination"

    def _find_single_sourced(self, offers):
        """Products of these offers that nobody else may supply to a company that gets them.

        A second source is an offer of today, to that company, of a supplier that is fit for the
        product, whatever the company's gate does. Offers without a company are for all that have
        begun.
        """
        others = self._find_second_sources(offers.product_tmpl_id).grouped("product_tmpl_id")
        begun = self.env["res.company"].search([("s2b2b_start_date", "!=", False)])
        everywhere = begun | self.env.company
        return offers.product_tmpl_id.filtered(
            lambda product: any(
                not self._has_second_source(product, company, others.get(product))
                for company in self._find_buying_companies(product, offers, everywhere)
            )
        )

    def _find_buying_companies(self, product, offers, everywhere):
        own = offers.filtered(lambda offer: offer.product_tmpl_id == product)
        shared = any(not offer.company_id for offer in own)
        return product.company_id or (own.company_id | everywhere if shared else own.company_id)

    def _find_second_sources(self, products):
        """Offers of others that hold today; fitness is looked at for each company."""
        today = fields.Date.context_today(self)
        return self.env["product.supplierinfo"].search(
            Domain("product_tmpl_id", "in", products.ids)
            & Domain("partner_id", "not any", [("id", "child_of", self.partner_id.ids)])
            & Domain("partner_id.active", "=", True)
            & (Domain("date_start", "=", False) | Domain("date_start", "<=", today))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )

    def _has_second_source(self, product, company, offers):
        if not offers:
            return False
        there = offers.filtered(lambda offer: offer.company_id in (company.browse(), company))
        found = there.partner_id._supplier_find_unfit(company, product.product_variant_ids)
        return not all(found.values())
