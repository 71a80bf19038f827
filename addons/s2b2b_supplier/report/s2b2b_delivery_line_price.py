from odoo import api, fields, models
from odoo.tools import date_utils


class S2b2bDeliveryLine(models.Model):
    """What a line cost against the median of its period (``score_from``, ``score_to``)."""

    _inherit = "s2b2b.delivery.line"

    price = fields.Float(
        string="Price Paid", digits="Product Price", compute="_compute_price", aggregator=None
    )
    median_price = fields.Float(
        string="Median Offer",
        digits="Product Price",
        compute="_compute_median_price",
        aggregator=None,
        help="For one unit, untaxed, in the company's currency; empty: fewer than four suppliers "
        "have a price.",
    )
    market = fields.Monetary(
        string="At the Median",
        compute="_compute_median_price",
        help="The same quantity at the median price; as it was paid where there is no median.",
    )

    @api.depends("paid", "bought_qty")
    def _compute_price(self):
        for line in self:
            line.price = line.paid / line.bought_qty if line.bought_qty else 0

    @api.depends("paid", "bought_qty", "product_id")
    @api.depends_context("score_from", "score_to")
    def _compute_median_price(self):
        for company, lines in self.grouped("company_id").items():
            prices = lines._find_market_prices(company)
            for line in lines:
                line.median_price = prices.get(line.product_id.id, 0)
                line.market = line.median_price * line.bought_qty or line.paid

    def _find_market_prices(self, company):
        # sudo: medians tell nothing of a single order, and need those of all suppliers
        suppliers = self.sudo().partner_id
        cards = suppliers.env["s2b2b.scorecard"].with_company(company)
        evaluation = cards._open_evaluations(suppliers, [self._get_period()])[0]
        return suppliers.env["s2b2b.kpi"]._find_market_prices(evaluation)

    def _get_period(self):
        """The period that is looked at: by default the months of these lines."""
        days = self.mapped("first_promised_date")
        first = fields.Date.to_date(self.env.context.get("score_from"))
        last = fields.Date.to_date(self.env.context.get("score_to"))
        return (
            first or date_utils.start_of(min(days), "month"),
            last or date_utils.end_of(max(days), "month"),
        )
