from collections import defaultdict

from odoo import api, fields, models

BATCH = "s2b2b_price_batch"


class PriceBatch:
    """The rules of price lists for the products of one call, searched once for all of them."""

    def __init__(self, product_ids):
        self.product_ids = frozenset(product_ids)
        self.found = {}


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    tier_grade_ids = fields.One2many("res.partner.grade", "default_pricelist_id", string="Tiers")

    def _get_partner_pricelist_multi_search_domain_hook(self, company_id):
        """A tier's price list is for its members, never the fallback for everybody else."""
        domain = super()._get_partner_pricelist_multi_search_domain_hook(company_id)
        given = self.env["s2b2b.tier.benefit"]._get_given().pricelists
        return [*domain, ("id", "not in", list(given))]

    def _get_applicable_rules(self, products, date, **kwargs):
        """Core searches once a line; inside a batch the rules of all its products are found once.

        What is returned for a product are the rules that core would find, in the same order; the
        categories of category rules are checked by core itself, as always.
        """
        batch = self.env.context.get(BATCH)
        if not (isinstance(batch, PriceBatch) and self and not kwargs and len(products) == 1):
            return super()._get_applicable_rules(products, date, **kwargs)
        if products._name != "product.product" or products.id not in batch.product_ids:
            return super()._get_applicable_rules(products, date, **kwargs)
        key = (self.id, date)
        if key not in batch.found:
            everything = products.browse(batch.product_ids)
            rules = super()._get_applicable_rules(everything, date, **kwargs)
            batch.found[key] = self._index_rules(rules)
        common, own = batch.found[key]
        places = common + own[products.product_tmpl_id.id]
        return self.env["product.pricelist.item"].browse(rule for _place, rule in sorted(places))

    @api.model
    def _index_rules(self, rules):
        """``rules`` with their places: those for all products, and those by product template."""
        common, own = [], defaultdict(list)
        for place, rule in enumerate(rules):
            template = rule.product_tmpl_id or rule.product_id.product_tmpl_id
            (own[template.id] if template else common).append((place, rule.id))
        return common, own
