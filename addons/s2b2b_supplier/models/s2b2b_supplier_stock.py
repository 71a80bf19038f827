from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class S2b2bSupplierStock(models.Model):
    """What a supplier says it has of a product, and what of it our orders have left free."""

    _name = "s2b2b.supplier.stock"
    _description = "Supplier Stock"
    _order = "partner_id, product_id, id"
    _rec_name = "product_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('type', '=', 'consu')]",
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    available_qty = fields.Float(string="Available", digits="Product Unit", required=True)
    available_qty_date = fields.Datetime(
        string="As Of",
        compute="_compute_available_qty_date",
        store=True,
        readonly=False,
        precompute=True,
        help="The moment of the supplier's figure; orders since then are taken off.",
    )
    available_basis = fields.Selection(
        [("on_hand", "On Hand"), ("free", "Free")],
        string="Basis",
        default="free",
        required=True,
        help="Free: the supplier has already taken off what was ordered before its figure.",
    )
    daily_capacity = fields.Float(
        digits="Product Unit", help="What it can make or ship a day; 0: not known."
    )
    free_qty = fields.Float(
        string="Free", compute="_compute_free_qty", digits="Product Unit", compute_sudo=True
    )
    age_days = fields.Integer(string="Age", compute="_compute_age", help="Days since the figure.")
    is_stale = fields.Boolean(
        compute="_compute_age",
        help="Older than the company lets a figure count: shown, but not promised.",
    )
    taken_count = fields.Integer(
        readonly=True, help="Rises with every allocation, so that two at once cannot both pass."
    )

    _supplier_product_unique = models.Constraint(
        "UNIQUE(partner_id, company_id, product_id)",
        "There is a row for this supplier and product already.",
    )
    _quantities_positive = models.Constraint(
        "CHECK(available_qty >= 0 AND daily_capacity >= 0)",
        "Stock and capacity cannot be negative.",
    )

    @api.depends("available_qty")
    def _compute_available_qty_date(self):
        self.available_qty_date = fields.Datetime.now()

    @api.depends("available_qty", "available_qty_date", "available_basis")
    def _compute_free_qty(self):
        taken = self._taken_quantities()
        for stock in self:
            left = stock.available_qty - taken.get(stock.id, 0)
            stock.free_qty = max(0, stock.uom_id.round(left) if stock.uom_id else left)

    @api.depends("available_qty_date", "company_id.available_max_age")
    def _compute_age(self):
        now = fields.Datetime.now()
        for stock in self:
            age = now - (stock.available_qty_date or now)
            stock.age_days = age.days
            stock.is_stale = age > timedelta(days=stock.company_id.available_max_age)

    @api.model
    def _report(self, partner_id, product_id, company_id, vals):
        """Takes over what a supplier reports; the figure is of now, also where it is the same."""
        key = {"partner_id": partner_id, "product_id": product_id, "company_id": company_id}
        stock = self.search([(name, "=", value) for name, value in key.items()])
        if "available_qty" in vals:
            vals = {"available_qty_date": fields.Datetime.now(), **vals}
        if stock:
            stock.write(vals)
        else:
            stock = self.create({**key, **vals})
        return stock

    @api.model
    def _report_all(self, supplier, company, reports):
        """Takes over the reports of ``tools.catalogue_world``, at most one a product.

        The same number of queries for any number of them; two at once do not stumble over a row
        that is new to both.
        """
        by_product = {report.product[1]: report for report in reports}
        self._insert_missing(supplier, company, list(by_product))
        stocks = self.search(
            [
                ("partner_id", "=", supplier.id),
                ("company_id", "=", company.id),
                ("product_id", "in", list(by_product)),
            ]
        )
        now = fields.Datetime.now()
        for stock in stocks:
            stock.write(self._prepare_report_vals(by_product[stock.product_id.id], now))
        self.flush_model()

    @api.model
    def _prepare_report_vals(self, report, now):
        vals = {}
        if report.quantity is not None:
            vals["available_qty"] = float(report.quantity)
            vals["available_qty_date"] = report.as_of or now
        if report.basis:
            vals["available_basis"] = report.basis
        if report.capacity is not None:
            vals["daily_capacity"] = float(report.capacity)
        return vals

    @api.model
    def _insert_missing(self, supplier, company, product_ids):
        """Rows without stock for the products that have none yet."""
        self.flush_model()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO s2b2b_supplier_stock
                       (partner_id, company_id, product_id, available_qty, available_basis,
                        available_qty_date, create_uid, create_date, write_uid, write_date)
                SELECT %(partner)s, %(company)s, product, 0, 'free', now() AT TIME ZONE 'UTC',
                       %(user)s, now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC'
                  FROM unnest(%(products)s) AS product
           ON CONFLICT (partner_id, company_id, product_id) DO NOTHING
             RETURNING id
                """,
                partner=supplier.id,
                company=company.id,
                user=self.env.uid,
                products=product_ids,
            )
        )

    @api.model
    def _get_free(self, suppliers, products, company):
        """{(partner id, product id): (free quantity or None, moment of the figure)}.

        In the product's unit. A pair that is missing was never reported; None with a moment: the
        figure is too old to be promised, its age may be shown.
        """
        stocks = self.search(
            [
                ("partner_id", "in", suppliers.commercial_partner_id.ids),
                ("product_id", "in", products.ids),
                ("company_id", "=", company.id),
            ]
        )
        stocks.invalidate_recordset(["free_qty", "age_days", "is_stale"])
        return {
            (stock.partner_id.id, stock.product_id.id): (
                None if stock.is_stale else stock.free_qty,
                stock.available_qty_date,
            )
            for stock in stocks
        }

    @api.model
    def _take(self, quantities, company):
        """Shortages of ``{(partner id, product id): quantity}``, in the same form; {}: enough.

        The rows are updated before anything is summed: of two transactions that want the same
        stock the second waits, fails to serialize, is replayed and sees the orders of the first.
        The caller writes its orders in the same transaction; they are what takes the stock.
        Pairs without a figure, or with one too old to be promised, have no limit here.
        """
        pairs = sorted(quantities)
        if not pairs:
            return {}
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE s2b2b_supplier_stock
                   SET taken_count = COALESCE(taken_count, 0) + 1
                 WHERE id IN (
                        SELECT id FROM s2b2b_supplier_stock
                         WHERE company_id = %s AND (partner_id, product_id) IN %s
                      ORDER BY id FOR UPDATE)
             RETURNING id
                """,
                company.id,
                tuple(pairs),
            )
        )
        stocks = self.browse(row[0] for row in rows)
        stocks.invalidate_recordset()
        missing = {}
        for stock in stocks.filtered(lambda stock: not stock.is_stale):
            pair = (stock.partner_id.id, stock.product_id.id)
            short = quantities[pair] - stock.free_qty
            if stock.uom_id.compare(short, 0) > 0:
                missing[pair] = short
        return missing

    def _taken_quantities(self):
        """{stock id: what our orders have taken of it}, in one query for the batch.

        Orders since the figure take their whole quantity. Orders before it are taken off already
        where the supplier reports what is free; else what had not arrived by then is taken.
        """
        if not self.ids:
            return {}
        for model in ("purchase.order", "purchase.order.line", "stock.move"):
            self.env[model].flush_model()
        self.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT stock.id, SUM(CASE
                         WHEN COALESCE(po.date_approve, po.date_order) >= stock.available_qty_date
                              OR po.date_approve IS NULL
                         THEN pol.product_uom_qty
                         WHEN stock.available_basis = 'free' THEN 0
                         ELSE GREATEST(pol.product_uom_qty - COALESCE(arrived.qty, 0), 0) END)
                  FROM s2b2b_supplier_stock stock
                  JOIN res_partner partner ON partner.commercial_partner_id = stock.partner_id
                  JOIN purchase_order po ON po.partner_id = partner.id
                                        AND po.company_id = stock.company_id
                  JOIN purchase_order_line pol ON pol.order_id = po.id
                                              AND pol.product_id = stock.product_id
             LEFT JOIN LATERAL (
                        SELECT SUM(move.quantity * unit.factor / own_unit.factor) AS qty
                          FROM stock_move move
                          JOIN stock_location target ON target.id = move.location_dest_id
                                                    AND target.usage <> 'supplier'
                          JOIN uom_uom unit ON unit.id = move.product_uom
                          JOIN product_product product ON product.id = move.product_id
                          JOIN product_template template ON template.id = product.product_tmpl_id
                          JOIN uom_uom own_unit ON own_unit.id = template.uom_id
                         WHERE move.purchase_line_id = pol.id AND move.state = 'done'
                           AND move.date <= stock.available_qty_date
                       ) arrived ON TRUE
                 WHERE stock.id = ANY(%s) AND (%s)
              GROUP BY stock.id
                """,
                self.ids,
                self._committed_sql(),
            )
        )
        return dict(rows)

    @api.model
    def _committed_sql(self):
        """Which orders (``po``) and lines (``pol``) take stock; the order module adds its own."""
        return SQL("po.state IN ('to approve', 'purchase')")
