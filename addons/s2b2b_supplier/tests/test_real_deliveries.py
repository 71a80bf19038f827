from collections import Counter, defaultdict
from datetime import date, timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import SupplierCommon
from .real_data import purchases, shipments

KNOWN_ON = date(2011, 4, 30)
FILE_ENDS = date(2012, 12, 31)
VENDORS = 61
BATCH = 100


@tagged("post_install", "-at_install")
class TestRealDeliveries(SupplierCommon):
    """Real lines become orders and receipts; the scores equal what is counted from the file.

    The counting below is on purpose not the product's: it reads the rows, never the database.
    """

    def setUp(self):
        super().setUp()
        self.env["s2b2b.kpi"].search([]).write({"minimum_sample": 1, "shrink": False})
        self.vendors, self.products = {}, {}

    def test_on_time_rates_of_every_vendor_equal_those_of_the_file(self):
        rows = shipments(FILE_ENDS)
        self.assertGreaterEqual(len({row.vendor for row in rows}), VENDORS)
        self._compare_with_file(rows)

    def test_on_time_rates_count_what_was_never_delivered_as_the_file_does(self):
        rows = shipments(KNOWN_ON)
        missing = [row for row in rows if row.arrived is None]
        self.assertGreater(len({row.vendor for row in missing}), 1, "some were never delivered")
        self._compare_with_file(rows)

    def _compare_with_file(self, rows):
        lines = Counter(row.vendor for row in rows)
        punctual = Counter(r.vendor for r in rows if r.arrived and r.arrived <= r.promised)
        delivered = Counter(row.vendor for row in rows if row.arrived)
        self._load(rows)
        figures = self._figures(rows)
        self._assert_figures(figures, "on_time", punctual, lines)
        self._assert_figures(figures, "otif", punctual, lines)
        self._assert_figures(figures, "in_full", delivered, lines)

    def test_rejects_and_shortages_of_vendors_equal_those_of_the_file(self):
        rows = purchases()
        self.assertTrue(any(row.rejected for row in rows), "some were rejected")
        lines, full, received, rejected = Counter(), Counter(), Counter(), Counter()
        for row in rows:
            lines[row.vendor] += 1
            full[row.vendor] += row.received >= row.ordered
            received[row.vendor] += row.received
            rejected[row.vendor] += row.rejected
        self._load(rows)
        figures = self._figures(rows)
        self._assert_figures(figures, "in_full", full, lines)
        self._assert_figures(figures, "quality", rejected, received)

    def _assert_figures(self, figures, key, numerators, denominators):
        for vendor, denominator in denominators.items():
            with self.subTest(vendor=vendor, key=key):
                numerator, found = figures[vendor][key]
                self.assertAlmostEqual(found, denominator, 4)
                self.assertAlmostEqual(numerator, numerators[vendor], 4)

    def _figures(self, rows):
        """{vendor: {key: (numerator, denominator)}} of a card over all of the time."""
        days = [row.promised for row in rows]
        suppliers = self.partner_model.union(*self.vendors.values())
        cards = self.env["s2b2b.scorecard"]._evaluate(suppliers, min(days), max(days))
        return {
            card.partner_id.name: {
                line.kpi_key: (line.numerator, line.denominator) for line in card.line_ids
            }
            for card in cards
        }

    def _load(self, rows):
        """Rows of one vendor, order and pair of days are one purchase order with one receipt."""
        groups = defaultdict(list)
        for row in rows:
            groups[row.vendor, row.order, row.promised, row.arrived].append(row)
        groups = list(groups.values())
        for start in range(0, len(groups), BATCH):
            self._buy(groups[start : start + BATCH])

    def _buy(self, groups):
        orders = self.env["purchase.order"].create([self._prepare_order(own) for own in groups])
        orders.button_confirm()
        for order, own in zip(orders, groups, strict=True):
            self._take_in(order, own)
        self.env.flush_all()
        self.env.invalidate_all()

    def _prepare_order(self, rows):
        noon = fields.Datetime.to_datetime(rows[0].promised) + timedelta(hours=12)
        return {
            "partner_id": self._vendor(rows[0].vendor).id,
            "order_line": [
                Command.create(
                    {
                        "product_id": self._article(row.product).id,
                        "product_qty": row.ordered,
                        "price_unit": 1.0,
                        "date_planned": noon,
                    }
                )
                for row in rows
            ],
        }

    def _take_in(self, order, rows):
        if not rows[0].arrived:
            return
        for line, row in zip(order.order_line, rows, strict=True):
            line.move_ids.write({"quantity": row.received, "picked": bool(row.received)})
            line.move_ids.supplier_rejected_qty = row.rejected
        order.picking_ids.supplier_arrival_date = rows[0].arrived
        order.picking_ids.move_ids.filtered("picked")._action_done(cancel_backorder=True)

    def _vendor(self, name):
        if name not in self.vendors:
            self.vendors[name] = self._supplier(name)
        return self.vendors[name]

    def _article(self, name):
        if name not in self.products:
            self.products[name] = self._product(name)
        return self.products[name]
