from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    tier_price_ladder = fields.Html(
        string="Member Prices",
        compute="_compute_tier_price_ladder",
        sanitize=False,
        groups="sales_team.group_sale_salesman,s2b2b_member.group_user",
    )

    @api.depends("list_price")
    @api.depends_context("company", "lang")
    def _compute_tier_price_ladder(self):
        """What one unit costs a member of each tier, today."""
        self.tier_price_ladder = False
        products = self.filtered("id")
        # Tiers are for whoever sells; the rights on them are those of member staff.
        grades = self.env["res.partner.grade"]._get_ladder_grades()
        prices = {
            grade: grade.default_pricelist_id._get_products_price(products, 1.0)
            for grade in grades
            if grade.default_pricelist_id
        }
        if not prices:
            return
        for product in products:
            rungs = [product._prepare_rung(grade, prices.get(grade, {})) for grade in grades]
            product.tier_price_ladder = self.env["ir.qweb"]._render(
                "s2b2b_member.product_tier_ladder", {"rungs": rungs}
            )

    def _prepare_rung(self, grade, prices):
        """The tier's price of this product and how far it is below the sales price."""
        currency = grade.default_pricelist_id.currency_id or self.currency_id
        full = self.currency_id._convert(
            self.list_price, currency, self.env.company, fields.Date.context_today(self)
        )
        price = prices.get(self.id, full)
        percent = 100 * (full - price) / full if full else 0
        return {
            "name": grade.name,
            "price": currency.format(price),
            "percent": round(percent, 1) if percent > 0.05 else 0,
        }
