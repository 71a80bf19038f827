from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# Quantities are sums of converted floats: what is missing below this is nothing.
EPSILON = 0.00001

# Apart (OFFSET 0), so that each factor is converted once and not for every line.
UNITS = SQL("SELECT id, factor::float AS factor FROM uom_uom OFFSET 0")

# What was promised; lines confirmed before that was kept promise what they order.
PROMISED = SQL("COALESCE(pol.first_promised_qty, pol.product_uom_qty)")


class S2b2bDeliveryLine(models.Model):
    """How a purchase line was delivered against its first promise; the source of the scores.

    One row for each confirmed line of goods, and for each that was cancelled when its day was over.
    Received and returned quantities count by the day the goods arrived, in the company's time zone
    and the product's unit, against the quantity first promised; no line is more than wholly
    delivered, nor are more goods faulty than came.
    """

    _name = "s2b2b.delivery.line"
    _description = "Supplier Delivery"
    _auto = False
    _order = "first_promised_date desc, id desc"
    _rec_name = "order_id"
    _depends = {
        "purchase.order": ["currency_rate", "partner_id", "promise_cancelled_date", "state"],
        "purchase.order.line": [
            "company_id",
            "display_type",
            "first_promised_date",
            "first_promised_qty",
            "order_id",
            "price_subtotal",
            "product_id",
            "product_uom_qty",
            "score_exclusion_id",
        ],
        "res.company": ["supplier_under_tolerance"],
        "res.partner": ["commercial_partner_id", "tz"],
        "stock.move": [
            "date",
            "location_dest_id",
            "product_uom",
            "purchase_line_id",
            "quantity",
            "supplier_rejected_qty",
            "supplier_scrap_line_id",
        ],
        "stock.picking": ["supplier_arrival_date"],
    }

    order_id = fields.Many2one("purchase.order", readonly=True)
    purchase_line_id = fields.Many2one("purchase.order.line", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    first_promised_date = fields.Date(string="First Promise", readonly=True)
    arrival_date = fields.Date(string="Last Arrival", readonly=True)
    ordered_qty = fields.Float(
        string="Promised Quantity",
        digits="Product Unit",
        readonly=True,
        help="What was ordered when the order was confirmed.",
    )
    bought_qty = fields.Float(string="Ordered", digits="Product Unit", readonly=True)
    cancelled_date = fields.Date(
        string="Cancelled On", readonly=True, help="When its promised day was over already."
    )
    received_qty = fields.Float(string="Received", digits="Product Unit", readonly=True)
    on_time_qty = fields.Float(string="Received in Time", digits="Product Unit", readonly=True)
    returned_qty = fields.Float(string="Returned", digits="Product Unit", readonly=True)
    faulty_qty = fields.Float(
        string="Faulty",
        digits="Product Unit",
        readonly=True,
        help="Rejected on arrival, returned, scrapped from the receipt, or claimed. Pieces that "
        "were rejected or claimed and then went back count once.",
    )
    exclusion_id = fields.Many2one("s2b2b.scorecard.exclusion", string="Excluded By", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    paid = fields.Monetary(readonly=True, help="Untaxed, in the company's currency.")
    days_late = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Of the last arrival, or until today; early: negative.",
    )
    on_time = fields.Float(digits=(16, 4), readonly=True, aggregator="avg")
    in_full = fields.Float(digits=(16, 4), readonly=True, aggregator="avg")
    otif = fields.Float(string="On Time In Full", digits=(16, 4), readonly=True, aggregator="avg")
    is_received = fields.Integer(string="Lines Received", readonly=True)
    is_due = fields.Boolean(
        string="Decided",
        readonly=True,
        help="The promised day is over, or everything has come by it: the line counts.",
    )

    @api.model
    def _evaluated_domain(self, suppliers, company, date_from, date_to):
        """The lines that count for these suppliers in a period; excused ones are left out."""
        excused = self.env["s2b2b.scorecard"]._get_excused_lines(suppliers, date_from, date_to)
        period = self._period_domain(suppliers, company, date_from, date_to)
        domain = period & Domain("exclusion_id", "=", False)
        return domain & Domain("id", "not in", excused.ids) if excused else domain

    @api.model
    def _period_domain(self, suppliers, company, date_from, date_to):
        """The lines that are due, whether they count or not."""
        return (
            Domain("partner_id", "in", suppliers.ids)
            & Domain("company_id", "=", company.id)
            & Domain("first_promised_date", ">=", date_from)
            & Domain("first_promised_date", "<=", date_to)
            & Domain("is_due", "=", True)
        )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT line.*,
                   CASE WHEN line.on_time_qty >= line.due_qty THEN 1
                        ELSE line.on_time_qty / line.ordered_qty END AS on_time,
                   (line.received_qty >= line.due_qty)::int::float AS in_full,
                   (line.on_time_qty >= line.due_qty)::int::float AS otif,
                   (line.received_qty > 0)::int AS is_received,
                   COALESCE(line.arrival_date, line.cancelled_date, %(today)s)
                       - line.first_promised_date AS days_late,
                   (line.first_promised_date < %(today)s
                    OR line.on_time_qty >= line.due_qty) AS is_due
              FROM (%(lines)s) AS line
            """,
            today=fields.Date.context_today(self),
            lines=self._lines_sql(),
        )

    def _lines_sql(self):
        """One row a purchase line with its quantities.

        What an order cancelled in time had promised does not count: the buyer's change of mind. Nor
        does what a supplier refused, or accepted in part: it was never confirmed, nor promised.
        """
        return SQL(
            """
            SELECT pol.id, pol.id AS purchase_line_id, pol.order_id, pol.company_id,
                   pol.product_id, pol.first_promised_date, pol.score_exclusion_id AS exclusion_id,
                   partner.commercial_partner_id AS partner_id,
                   %(promised)s AS ordered_qty, terms.*,
                   %(quantities)s
              FROM purchase_order_line pol
              JOIN purchase_order po ON po.id = pol.order_id
              JOIN res_partner partner ON partner.id = po.partner_id
              JOIN res_company company ON company.id = pol.company_id
              JOIN res_partner owner ON owner.id = company.partner_id
              JOIN product_product product ON product.id = pol.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN (%(units)s) AS own_unit ON own_unit.id = template.uom_id
        CROSS JOIN LATERAL (%(terms)s) AS terms
         LEFT JOIN LATERAL (%(arrivals)s) AS arrival ON arrival.purchase_line_id = pol.id
         LEFT JOIN (
                    SELECT purchase_line_id, SUM(scrapped) AS scrapped, SUM(claimed) AS claimed
                      FROM (%(faults)s) AS each_fault
                  GROUP BY purchase_line_id
                   ) AS fault ON fault.purchase_line_id = pol.id
             WHERE (po.state = 'purchase'
                    OR po.promise_cancelled_date > pol.first_promised_date)
               AND template.type = 'consu'
               AND pol.first_promised_date IS NOT NULL
               AND %(promised)s > 0
          GROUP BY pol.id, partner.commercial_partner_id,
                   terms.bought_qty, terms.due_qty, terms.cancelled_date, terms.paid
            """,
            promised=PROMISED,
            terms=self._terms_sql(),
            quantities=self._quantities_sql(),
            units=UNITS,
            arrivals=self._apart_sql(self._arrivals_sql()),
            faults=self._faults_sql(),
        )

    def _terms_sql(self):
        """What was ordered, and for how much: grouped by, so that no more of the order is sorted.

        What was paid is a measure here and no booking: sums of floats fit into memory where exact
        ones are sorted on disk.
        """
        return SQL(
            """
            SELECT CASE po.state WHEN 'purchase' THEN pol.product_uom_qty ELSE 0 END AS bought_qty,
                   %(promised)s - %(epsilon)s - %(promised)s
                       * COALESCE(company.supplier_under_tolerance, 0)::float / 100 AS due_qty,
                   CASE WHEN po.state <> 'purchase' THEN po.promise_cancelled_date END
                       AS cancelled_date,
                   CASE po.state WHEN 'purchase'
                        THEN pol.price_subtotal::float / NULLIF(po.currency_rate, 0)::float END
                       AS paid
            """,
            promised=PROMISED,
            epsilon=EPSILON,
        )

    def _quantities_sql(self):
        """What came, by when, and what of it was bad: sums over the arrivals of a line."""
        return SQL(
            """
            MAX(%(day)s) FILTER (WHERE NOT is_return) AS arrival_date,
            COALESCE(SUM(%(qty)s) FILTER (WHERE NOT is_return), 0) AS received_qty,
            COALESCE(SUM(%(qty)s) FILTER (
                WHERE NOT is_return AND %(day)s <= pol.first_promised_date), 0) AS on_time_qty,
            COALESCE(SUM(%(qty)s) FILTER (WHERE is_return), 0) AS returned_qty,
            LEAST(COALESCE(SUM(%(qty)s) FILTER (WHERE NOT is_return), 0),
                  GREATEST(SUM(arrival.rejected * arrival.factor / own_unit.factor),
                           COALESCE(SUM(%(qty)s) FILTER (WHERE is_return), 0)
                               + COALESCE(MAX(fault.scrapped), 0),
                           MAX(fault.claimed))) AS faulty_qty
            """,
            qty=SQL("arrival.qty * arrival.factor / own_unit.factor"),
            day=SQL(
                "COALESCE(arrival.day, (arrival.moved_at AT TIME ZONE 'UTC'"
                " AT TIME ZONE COALESCE(owner.tz, 'UTC'))::date)"
            ),
        )

    def _apart_sql(self, arrivals):
        """The arrivals with their factor, kept apart so that each figure is converted once.

        Looked up line by line, because the planner does not know how few lines are asked for; read
        as a whole where nearly all of them are (``every_line``).
        """
        if self.env.context.get("every_line"):
            return SQL(
                """
                SELECT moved.*, unit.factor
                  FROM (%s) AS moved JOIN (%s) AS unit ON unit.id = moved.unit_id OFFSET 0
                """,
                arrivals,
                UNITS,
            )
        return SQL(
            """
            SELECT moved.*,
                   CASE moved.unit_id WHEN own_unit.id THEN own_unit.factor
                        ELSE (SELECT factor::float FROM uom_uom WHERE id = moved.unit_id)
                        END AS factor
              FROM (%s) AS moved WHERE moved.purchase_line_id = pol.id OFFSET 0
            """,
            arrivals,
        )

    def _arrivals_sql(self):
        """Rows of what came and what went back, each in its own unit.

        (purchase_line_id, day, moved_at, qty, unit_id, is_return, rejected): ``moved_at`` counts
        where no ``day`` was noted. The order module replaces the rows of drop-shipments by those
        of its shipments.
        """
        return SQL(
            """
            SELECT move.purchase_line_id, picking.supplier_arrival_date AS day,
                   move.date AS moved_at, move.quantity::float AS qty,
                   move.product_uom AS unit_id,
                   move.location_dest_id IN (SELECT id FROM stock_location WHERE usage = 'supplier')
                       AS is_return,
                   move.supplier_rejected_qty::float AS rejected
              FROM stock_move move
         LEFT JOIN stock_picking picking ON picking.id = move.picking_id
             WHERE move.state = 'done' AND move.purchase_line_id IS NOT NULL
            """
        )

    def _faults_sql(self):
        """Rows (purchase_line_id, scrapped, claimed) of faults that were found after the receipt.

        Whoever knows of others (claims) adds rows by UNION ALL, in the product's unit.
        """
        return SQL(
            """
            SELECT move.supplier_scrap_line_id AS purchase_line_id,
                   move.quantity * unit.factor / own_unit.factor AS scrapped,
                   NULL::float AS claimed
              FROM stock_move move
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own_unit ON own_unit.id = template.uom_id
             WHERE move.state = 'done' AND move.supplier_scrap_line_id IS NOT NULL
            """
        )
