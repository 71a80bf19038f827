from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.market import Offer, compared, market_prices
from ..tools.scoring import Measure


class S2b2bKpi(models.Model):
    """The measure of prices: what was paid, against the median of comparable offers."""

    _inherit = "s2b2b.kpi"

    key = fields.Selection(selection_add=[("price", "Price")], ondelete={"price": "cascade"})

    def _measure_price(self, evaluation):
        """What was paid over the same quantities at the median price; a sample is an order line.

        The card keeps it in whole percents (times its order lines, by which it weighs in the mean
        of all): the supplier reads it, and is not to find out the median.
        """
        prices = self._find_market_prices(evaluation)
        totals = defaultdict(lambda: [0.0, 0.0, 0])
        for product_id, partner_id, paid, quantity, count in evaluation.sums.bought:
            if product_id in prices and paid:
                total = totals[partner_id]
                total[0] += paid
                total[1] += quantity * prices[product_id]
                total[2] += count
        key = self.key
        return {
            partner_id: Measure(
                key,
                numerator=compared(paid, market) * count,
                denominator=count,
                sample=count,
            )
            for partner_id, (paid, market, count) in totals.items()
        }

    def _find_market_prices(self, evaluation):
        """{product id: median price of its unit}, in the company's currency, of a period."""
        return market_prices(evaluation.sums.bought, self._gather_offers(evaluation))

    def _gather_offers(self, evaluation):
        """The vendor prices that are valid in the period, for the products bought in it."""
        rates = self._gather_rates(evaluation)
        return [
            Offer(product, supplier, price / rates[currency], min_quantity)
            for product, supplier, currency, price, min_quantity, start, end in evaluation.run.once(
                "offers", self._read_offers
            )
            if currency in rates
            and (start is None or start <= evaluation.date_to)
            and (end is None or end >= evaluation.date_from)
        ]

    def _read_offers(self, run):
        """Rows of the vendor prices for what was bought in any period: (product id, supplier id,
        currency id, price and least quantity in the product's unit, first and last day)."""
        bought = {row[0] for sums in run.sums for row in sums.bought}
        return self.env.execute_query(
            SQL(
                """
                SELECT product.id, partner.commercial_partner_id, offer.currency_id,
                       offer.price::float * (1 - COALESCE(offer.discount, 0)::float / 100)
                           * own_unit.factor::float / unit.factor::float,
                       offer.min_qty::float * unit.factor::float / own_unit.factor::float,
                       offer.date_start, offer.date_end
                  FROM product_supplierinfo offer
                  JOIN product_template template ON template.id = offer.product_tmpl_id
                  JOIN product_product product ON product.product_tmpl_id = template.id
                   AND (offer.product_id IS NULL OR offer.product_id = product.id)
                  JOIN res_partner partner ON partner.id = offer.partner_id
                  JOIN uom_uom own_unit ON own_unit.id = template.uom_id
                  JOIN uom_uom unit ON unit.id = offer.product_uom_id
                 WHERE product.id = ANY(%s) AND partner.active
                   AND (offer.company_id IS NULL OR offer.company_id = %s)
                """,
                list(bought),
                run.company.id,
            )
        )

    def _gather_rates(self, evaluation):
        """{currency id: what one unit of the company's currency is worth} at the period's end."""
        own = evaluation.company.currency_id
        currencies = self.env["res.currency"].search(Domain.TRUE) | own
        rates = currencies._get_rates(evaluation.company, evaluation.date_to)
        return {currency: rate / rates[own.id] for currency, rate in rates.items()}

    def _evidence_price(self, line):
        """The lines with their price; those without a median were not compared."""
        action = self._delivery_evidence(line, Domain("paid", ">", 0))
        view = self.env.ref("s2b2b_supplier.s2b2b_delivery_line_view_list_price")
        card = line.scorecard_id
        context = {"score_from": str(card.date_from), "score_to": str(card.date_to)}
        return {**action, "view_mode": "list", "views": [(view.id, "list")], "context": context}
