import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, date_utils


class S2b2bPriceLine(models.Model):
    """What purchase lines cost, against the median of the comparable offers of their period.

    The period (of the first promise, as with deliveries) comes by the context: ``score_from`` and
    ``score_to``. For each product every supplier has one offer: what was paid to it on average in
    the period or, where nothing was bought from it, its best price that is valid in the period and
    asks for no more than the usual quantity of an order line. Products with one offer only are not
    compared. All prices are untaxed, for the product's unit, in the company's currency: orders by
    their own rate, price lists by that of the period's end.
    """

    _name = "s2b2b.price.line"
    _description = "Purchase Price against the Market"
    _auto = False
    _order = "first_promised_date desc, id desc"
    _rec_name = "order_id"
    _depends = {
        "product.supplierinfo": ["currency_id", "discount", "min_qty", "partner_id", "price"],
        "purchase.order": ["currency_rate", "partner_id", "state"],
        "purchase.order.line": [
            "first_promised_date",
            "price_subtotal",
            "product_id",
            "product_uom_qty",
            "score_exclusion_id",
        ],
    }

    order_id = fields.Many2one("purchase.order", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", readonly=True)
    first_promised_date = fields.Date(string="First Promise", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    price = fields.Float(
        string="Price Paid", digits="Product Price", readonly=True, aggregator=None
    )
    median_price = fields.Float(
        string="Median Offer", digits="Product Price", readonly=True, aggregator=None
    )
    offer_count = fields.Integer(string="Offers Compared", readonly=True, aggregator=None)
    paid = fields.Monetary(readonly=True)
    market = fields.Monetary(
        string="At the Median", readonly=True, help="The same quantity at the median price."
    )
    exclusion_id = fields.Many2one("s2b2b.scorecard.exclusion", string="Excluded By", readonly=True)

    @api.model
    def _evaluated_domain(self, suppliers, company, date_from, date_to):
        """The lines that count for these suppliers; excused ones are left out."""
        excused = self.env["s2b2b.scorecard"]._get_excused_lines(suppliers, date_from, date_to)
        domain = (
            Domain("partner_id", "in", suppliers.ids)
            & Domain("company_id", "=", company.id)
            & Domain("exclusion_id", "=", False)
        )
        return domain & Domain("id", "not in", excused.ids) if excused else domain

    @api.model
    def _in_period(self, date_from, date_to):
        return self.with_context(score_from=str(date_from), score_to=str(date_to))

    def _get_period(self):
        today = fields.Date.context_today(self)
        first = fields.Date.to_date(self.env.context.get("score_from"))
        last = fields.Date.to_date(self.env.context.get("score_to"))
        return first or date_utils.start_of(today, "month"), last or today

    @property
    def _table_query(self):
        date_from, date_to = self._get_period()
        return SQL(
            """
            WITH bought AS MATERIALIZED (%(bought)s),
                 offers AS (
                     SELECT product_id, partner_id, SUM(paid) / SUM(quantity) AS price
                       FROM bought
                   GROUP BY product_id, partner_id
                  UNION ALL
                     %(listed)s
                 ),
                 market AS (
                     SELECT product_id, COUNT(*) AS offer_count,
                            percentile_cont(0.5) WITHIN GROUP (ORDER BY price) AS median_price
                       FROM offers
                   GROUP BY product_id
                     HAVING COUNT(*) > 1
                 )
            SELECT bought.*, bought.paid / bought.quantity AS price,
                   market.median_price, market.offer_count,
                   market.median_price * bought.quantity AS market
              FROM bought
              JOIN market ON market.product_id = bought.product_id
            """,
            bought=self._bought_sql(date_from, date_to),
            listed=self._listed_sql(date_from, date_to),
        )

    def _bought_sql(self, date_from, date_to):
        """The confirmed lines of the period."""
        return SQL(
            """
            SELECT pol.id, pol.order_id, pol.company_id, pol.product_id, pol.first_promised_date,
                   partner.commercial_partner_id AS partner_id,
                   pol.score_exclusion_id AS exclusion_id,
                   pol.product_uom_qty::float AS quantity,
                   pol.price_subtotal / po.currency_rate AS paid
              FROM purchase_order_line pol
              JOIN purchase_order po ON po.id = pol.order_id
              JOIN res_partner partner ON partner.id = po.partner_id
             WHERE po.state = 'purchase' AND pol.company_id = %(company)s
               AND pol.first_promised_date BETWEEN %(date_from)s AND %(date_to)s
               AND pol.product_uom_qty > 0 AND pol.price_subtotal > 0 AND po.currency_rate > 0
            """,
            company=self.env.company.id,
            date_from=date_from,
            date_to=date_to,
        )

    def _listed_sql(self, date_from, date_to):
        """The best valid price of each supplier that sold nothing of a product in the period."""
        return SQL(
            """
            SELECT usual.product_id, partner.commercial_partner_id,
                   MIN(offer.price * (1 - COALESCE(offer.discount, 0) / 100) / rate.rate
                       * own_unit.factor / unit.factor)
              FROM (SELECT product_id, AVG(quantity) AS quantity
                      FROM bought GROUP BY product_id) AS usual
              JOIN product_product product ON product.id = usual.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN product_supplierinfo offer ON offer.product_tmpl_id = template.id
               AND (offer.product_id IS NULL OR offer.product_id = product.id)
              JOIN res_partner partner ON partner.id = offer.partner_id
              JOIN uom_uom own_unit ON own_unit.id = template.uom_id
              JOIN uom_uom unit ON unit.id = offer.product_uom_id
              JOIN jsonb_to_recordset(%(rates)s::jsonb) AS rate (currency int, rate float)
                ON rate.currency = offer.currency_id
             WHERE offer.price > 0 AND partner.active
               AND (offer.company_id IS NULL OR offer.company_id = %(company)s)
               AND (offer.date_start IS NULL OR offer.date_start <= %(date_to)s)
               AND (offer.date_end IS NULL OR offer.date_end >= %(date_from)s)
               AND offer.min_qty * unit.factor / own_unit.factor <= usual.quantity
               AND NOT EXISTS (
                       SELECT FROM bought
                        WHERE bought.product_id = usual.product_id
                          AND bought.partner_id = partner.commercial_partner_id)
          GROUP BY usual.product_id, partner.commercial_partner_id
            """,
            company=self.env.company.id,
            date_from=date_from,
            date_to=date_to,
            rates=self._rates(date_to),
        )

    def _rates(self, day):
        """As JSON: what one unit of the company's currency is worth in each other."""
        company = self.env.company
        currencies = self.env["res.currency"].search(Domain.TRUE) | company.currency_id
        rates = currencies._get_rates(company, day)
        own = rates[company.currency_id.id]
        return json.dumps(
            [{"currency": number, "rate": rate / own} for number, rate in rates.items()]
        )
