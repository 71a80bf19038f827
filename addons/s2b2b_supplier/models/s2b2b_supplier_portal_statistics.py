from decimal import Decimal

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.tools import SQL, babel_locale_parse, format_date, get_lang

from ..tools.statistics import KINDS, Fact, bars, last_months, summarize

PERIODS = (3, 6, 12, 24)
CHART = (400, 150)
MOST_PRODUCTS = 100


class S2b2bSupplierPortalStatistics(models.AbstractModel):
    """What we have ordered from a supplier, received and sent back, by month and product."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _read_period(self, text):
        """The months that a page asks for; what is no choice is a year."""
        return int(text) if text.isdecimal() and int(text) in PERIODS else 12

    @api.model
    def _get_statistics(self, supplier, months, currency_name=""):
        """Sums, chart and products of the last months in one of the order currencies."""
        days = last_months(fields.Date.context_today(self), months)
        rows = self._get_statistic_rows(supplier, days[0])
        currency = self._choose_currency(rows, currency_name)
        facts = [Fact(*row[:5]) for row in rows if row[5] == currency.id]
        summary = summarize(facts, days)
        products = self.env["product.product"].browse(list(summary.products)[:MOST_PRODUCTS])
        found = self.env["res.currency"].browse({row[5] for row in rows})
        return {
            "months": months,
            "periods": PERIODS,
            "currency": currency.name,
            "currencies": found.mapped("name"),
            "totals": {kind: currency.format(float(summary.totals[kind])) for kind in KINDS},
            "chart": self._prepare_chart(summary, currency),
            "by_month": [
                {
                    "month": self._month(day),
                    **{kind: currency.format(float(sums[kind])) for kind in KINDS},
                }
                for day, sums in reversed(summary.months.items())
                if any(sums.values())
            ],
            "products": [
                self._prepare_product_sums(product, summary.products[product.id], currency)
                for product in products
            ],
        }

    @api.model
    def _choose_currency(self, rows, name):
        currencies = self.env["res.currency"].browse({row[5] for row in rows})
        if asked := currencies.filtered(lambda currency: currency.name == name):
            return asked
        ordered = {}
        for row in rows:
            ordered[row[5]] = ordered.get(row[5], 0) + row[4]
        most = max(ordered, key=lambda key: (ordered[key], key), default=None)
        return self.env["res.currency"].browse(most) if most else self.env.company.currency_id

    @api.model
    def _prepare_chart(self, summary, currency):
        days = list(summary.months)
        series = [[float(summary.months[day][kind]) for day in days] for kind in KINDS]
        step = max(1, len(days) // 12)
        return {
            "width": CHART[0],
            "height": CHART[1],
            "bars": [
                {
                    "kind": KINDS[bar.series],
                    "x": bar.x,
                    "y": bar.y,
                    "width": bar.width,
                    "height": bar.height,
                    "title": f"{self._month(days[bar.place])}: "
                    f"{currency.format(series[bar.series][bar.place])}",
                }
                for bar in bars(series, *CHART)
            ],
            "labels": [
                {
                    "x": round((place + 0.5) * CHART[0] / len(days), 1),
                    "text": format_date(self.env, day, date_format="MMM"),
                }
                for place, day in enumerate(days)
                if place % step == 0
            ],
        }

    @api.model
    def _month(self, day):
        """The month with its year, as the language writes it."""
        return format_skeleton("yMMM", day, locale=babel_locale_parse(get_lang(self.env).code))

    @api.model
    def _prepare_product_sums(self, product, sums, currency):
        return {
            "name": product.display_name,
            "unit": product.uom_id.name,
            **{
                kind: {
                    "quantity": f"{float(sums[kind][0]):.12g}",
                    "amount": currency.format(float(sums[kind][1])),
                    "any": bool(sums[kind][0]),
                }
                for kind in KINDS
            },
        }

    @api.model
    def _statistics_table(self, supplier, months):
        """The figures for a file: a row a month, product and currency."""
        days = last_months(fields.Date.context_today(self), months)
        yield [
            self.env._("Month"),
            self.env._("Product"),
            self.env._("Unit"),
            self.env._("Currency"),
            self.env._("Ordered Quantity"),
            self.env._("Ordered Amount"),
            self.env._("Received Quantity"),
            self.env._("Received Amount"),
            self.env._("Returned Quantity"),
            self.env._("Returned Amount"),
        ]
        sums = {}
        for month, product_id, kind, quantity, amount, currency_id in self._get_statistic_rows(
            supplier, days[0]
        ):
            sums.setdefault((month, product_id, currency_id), {})[kind] = (quantity, amount)
        products = self.env["product.product"].browse({key[1] for key in sums})
        by_id = {product.id: product for product in products}
        names = {c.id: c.name for c in self.env["res.currency"].browse({key[2] for key in sums})}
        for month, product_id, currency_id in sorted(sums):
            found = sums[month, product_id, currency_id]
            product = by_id[product_id]
            figures = [figure for kind in KINDS for figure in found.get(kind, (0, 0))]
            yield [
                month.strftime("%Y-%m"),
                product.display_name,
                product.uom_id.name,
                names[currency_id],
                *(round(figure, 4) for figure in figures),
            ]

    @api.model
    def _get_statistic_rows(self, supplier, since):
        """[(month, product id, kind, quantity, amount, currency id)] of confirmed orders.

        Quantities in the product's unit, amounts untaxed at the price of the order line.
        """
        for model in ("purchase.order", "purchase.order.line", "stock.move"):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                # as text: the cursor would turn the sums into floats
                "SELECT month, product_id, kind, SUM(quantity)::text, SUM(amount)::text,"
                " currency_id"
                " FROM (%s UNION ALL %s) AS fact WHERE month >= %s"
                " GROUP BY month, product_id, kind, currency_id",
                self._ordered_sql(supplier),
                self._moved_sql(supplier),
                since,
            )
        )
        return [
            (*key, Decimal(quantity), Decimal(amount or 0), currency_id)
            for *key, quantity, amount, currency_id in rows
        ]

    @api.model
    def _day_sql(self, column):
        """The day of a moment in the time zone of the company."""
        zone = self.env.company.partner_id.tz or "UTC"
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", column, zone)

    @api.model
    def _ordered_sql(self, supplier):
        return SQL(
            """
            SELECT date_trunc('month', %s)::date AS month, pol.product_id, 'ordered' AS kind,
                   pol.product_uom_qty::numeric AS quantity, pol.price_subtotal AS amount,
                   po.currency_id
              FROM purchase_order po
              JOIN res_partner partner ON partner.id = po.partner_id
                                      AND partner.commercial_partner_id = %s
              JOIN purchase_order_line pol ON pol.order_id = po.id AND pol.product_id IS NOT NULL
             WHERE po.state = 'purchase' AND po.company_id = %s
            """,
            self._day_sql(SQL("COALESCE(po.date_approve, po.date_order)")),
            supplier.id,
            self.env.company.id,
        )

    @api.model
    def _moved_sql(self, supplier):
        """Goods that came from the supplier, by the day of arrival, and those that went back."""
        return SQL(
            """
            SELECT date_trunc('month', COALESCE(picking.supplier_arrival_date, %s))::date AS month,
                   pol.product_id,
                   CASE WHEN target.usage = 'supplier' THEN 'returned' ELSE 'received' END AS kind,
                   (move.quantity * unit.factor / own.factor)::numeric AS quantity,
                   (move.quantity * unit.factor / line_unit.factor
                       * pol.price_subtotal / NULLIF(pol.product_qty, 0))::numeric AS amount,
                   po.currency_id
              FROM purchase_order po
              JOIN res_partner partner ON partner.id = po.partner_id
                                      AND partner.commercial_partner_id = %s
              JOIN purchase_order_line pol ON pol.order_id = po.id
              JOIN stock_move move ON move.purchase_line_id = pol.id AND move.state = 'done'
              JOIN stock_location source ON source.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
         LEFT JOIN stock_picking picking ON picking.id = move.picking_id
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN uom_uom line_unit ON line_unit.id = pol.product_uom_id
              JOIN product_product product ON product.id = pol.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own ON own.id = template.uom_id
             WHERE po.company_id = %s AND (source.usage = 'supplier') <> (target.usage = 'supplier')
            """,
            self._day_sql(SQL("move.date")),
            supplier.id,
            self.env.company.id,
        )
