from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..report.pricelist_pdf import draw_pricelist
from ..report.pricelist_xlsx import write_pricelist

MOST = 20_000
SHOWN_BREAKS = 4


class S2b2bMemberPricelist(models.AbstractModel):
    """The prices of one member, to be taken along as a file.

    Callers have checked that the member is the user's own; what is returned holds no costs.
    """

    _name = "s2b2b.member.pricelist"
    _description = "Price List of a Member"

    @api.model
    def _get_pdf(self, member):
        return draw_pricelist(self._prepare_pricelist(member))

    @api.model
    def _get_xlsx(self, member):
        return write_pricelist(self._prepare_pricelist(member))

    @api.model
    def _prepare_pricelist(self, member):
        """What the files show: ``title``, ``facts``, ``labels``, and ``rows`` by category."""
        company = self.env.company
        pricelist = member.property_product_pricelist
        currency = pricelist.currency_id or company.currency_id
        today = fields.Date.context_today(self)
        return {
            "company": company.name,
            "title": self.env._("Price list"),
            "subtitle": member.name,
            "facts": [
                (self.env._("Tier"), member.grade_id.name or "–"),
                (self.env._("Date"), format_date(self.env, today)),
                (self.env._("Currency"), currency.name),
            ],
            "note": self.env._("Prices without tax, as of the date above."),
            "labels": {
                "code": self.env._("Article"),
                "name": self.env._("Name"),
                "unit": self.env._("Unit"),
                "list_price": self.env._("List price"),
                "price": self.env._("Your price"),
                "breaks": self.env._("From quantity"),
                "page": self.env._("Page {page} of {pages}"),
            },
            "digits": currency.decimal_places,
            "groups": self._prepare_groups(self._find_products(member), pricelist, currency),
        }

    @api.model
    def _find_products(self, member):
        """The goods that the company sells to this member today, in the order of the list."""
        products = self.env["product.product"].with_context(display_default_code=False)
        return products.search(
            Domain("sale_ok", "=", True)
            & Domain("company_id", "in", [False, self.env.company.id])
            & Domain("type", "!=", "combo")
            & Domain("list_price", ">", 0)
            & products._get_access_domain(member),
            order="categ_id, default_code, id",
            limit=MOST,
        )

    @api.model
    def _prepare_groups(self, products, pricelist, currency):
        if not products:
            return []
        prices = pricelist._get_products_price(products, 1.0)
        lists = products._price_compute("list_price", currency=currency)
        breaks = self._get_breaks(products, pricelist, currency, prices)
        return [
            {
                "name": category.display_name,
                "rows": [
                    {
                        "code": product.default_code or product.barcode or "",
                        "name": product.display_name,
                        "unit": product.uom_id.name,
                        "list_price": lists[product.id],
                        "price": prices[product.id],
                        "breaks": breaks[product.id][:SHOWN_BREAKS],
                    }
                    for product in some
                ],
            }
            for category, some in products.grouped("categ_id").items()
        ]

    @api.model
    def _get_breaks(self, products, pricelist, currency, prices):
        """``{product id: [(from quantity, price)]}`` where a unit costs less than before."""
        rules = self.env["product.pricelist.item"].search(
            [("pricelist_id", "=", pricelist.id), ("min_quantity", ">", 1)]
        )
        breaks, best = defaultdict(list), dict(prices)
        for quantity in sorted(set(rules.mapped("min_quantity"))):
            for key, price in pricelist._get_products_price(products, quantity).items():
                if currency.compare_amounts(price, best[key]) < 0:
                    breaks[key].append((quantity, price))
                    best[key] = price
        return breaks
