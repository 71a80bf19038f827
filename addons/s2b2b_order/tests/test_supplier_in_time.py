from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestSupplierInTime(OrderCommon):
    """Scores of what goes straight to the member: ``s2b2b.delivery.line`` by the day it left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls._offer(cls.cheap, cls.lamp, 8.0)
        cls.now = fields.Datetime.now()

    def setUp(self):
        super().setUp()
        self.purchase = self._purchase(self._sale((self.lamp, 10)), self.cheap)
        self.purchase._supplier_accept()
        self.line = self.purchase.order_line

    def _row(self):
        self.env.flush_all()
        rows = self.env["s2b2b.delivery.line"]
        rows.invalidate_model()
        return rows.search([("purchase_line_id", "=", self.line.id)])

    def test_goods_count_from_the_day_they_were_shipped(self):
        self.assertEqual(self._row().received_qty, 0)
        self.purchase._supplier_ship({self.line: 4}, "DHL", "A", date=self.now)
        row = self._row()
        self.assertEqual((row.received_qty, row.arrival_date), (4, self.now.date()))

    def test_day_of_arrival_does_not_make_them_late(self):
        shipped = self.now - timedelta(days=2)
        self.purchase._supplier_ship(None, "DHL", "A", date=shipped)
        self.purchase._supplier_deliver(date=self.now)
        row = self._row()
        self.assertEqual((row.received_qty, row.arrival_date), (10, shipped.date()))

    def test_parcel_that_was_cancelled_does_not_count(self):
        self.purchase._supplier_ship(None, "DHL", "A", date=self.now).action_cancel()
        self.assertEqual(self._row().received_qty, 0)

    def test_goods_that_arrived_without_a_parcel_count_by_their_arrival(self):
        self.purchase._supplier_ship({self.line: 4}, "DHL", "A", date=self.now)
        self.purchase._supplier_deliver()
        self.assertEqual(self._row().received_qty, 10)
