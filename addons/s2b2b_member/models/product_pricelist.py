from odoo import fields, models


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    tier_grade_ids = fields.One2many("res.partner.grade", "default_pricelist_id", string="Tiers")

    def _get_partner_pricelist_multi_search_domain_hook(self, company_id):
        """A tier's price list is for its members, never the fallback for everybody else."""
        domain = super()._get_partner_pricelist_multi_search_domain_hook(company_id)
        given = self.env["s2b2b.tier.benefit"]._get_given().pricelists
        return [*domain, ("id", "not in", list(given))]
