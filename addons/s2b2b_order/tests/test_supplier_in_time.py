from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

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

    def test_supplier_cannot_have_shipped_before_it_accepted(self):
        user = self._portal_user(self.cheap, "in_time_portal", role="admin")
        purchase = self.purchase.with_user(user).sudo()
        with self.assertRaisesRegex(UserError, "before the order was accepted"):
            purchase._supplier_ship(None, "DHL", "A", date=self.now - timedelta(days=1))
        self.assertFalse(self.purchase.shipment_ids)
        shipment = purchase._supplier_ship(None, "DHL", "A", date=self.now - timedelta(seconds=1))
        self.assertEqual(shipment.shipped_at, self.purchase.answered_at)

    def test_phantom_parcel_counts_only_for_as_long_as_it_may_be_on_the_road(self):
        self.assertEqual(self.company.parcel_trust_days, 14)
        self.purchase._supplier_ship(None, "DHL", "A", date=self.now)
        for days, received in ((13, 10), (15, 0)):
            with self.subTest(days=days), freeze_time(self.now + timedelta(days=days)):
                self.assertEqual(self._row().received_qty, received)
        self.company.parcel_trust_days = 20
        with freeze_time(self.now + timedelta(days=15)):
            self.assertEqual(self._row().received_qty, 10)

    def test_what_has_arrived_of_old_parcels_counts_by_the_day_it_was_shipped(self):
        for tracking, quantity, days in (("A", 4, 30), ("B", 6, 20)):
            shipped = self.now - timedelta(days=days)
            self.purchase._supplier_ship({self.line: quantity}, "DHL", tracking, date=shipped)
        self.purchase._supplier_deliver({self.line: 7}, date=self.now)
        row = self._row()
        self.assertEqual(row.received_qty, 7)
        self.assertEqual(row.arrival_date, (self.now - timedelta(days=20)).date())
        self.purchase._supplier_deliver(date=self.now)
        self.assertEqual(self._row().received_qty, 10)

    def test_goods_rejected_on_arrival_count_against_the_quality(self):
        self.purchase._supplier_ship(None, "DHL", "A", date=self.now)
        self.purchase._supplier_deliver(date=self.now)
        self.line.move_ids.supplier_rejected_qty = 3
        row = self._row()
        self.assertEqual((row.received_qty, row.faulty_qty, row.returned_qty), (10, 3, 0))
        self.assertEqual(row.arrival_date, self.now.date())

    def test_parcel_that_was_cancelled_does_not_count(self):
        self.purchase._supplier_ship(None, "DHL", "A", date=self.now).action_cancel()
        self.assertEqual(self._row().received_qty, 0)

    def test_goods_that_arrived_without_a_parcel_count_by_their_arrival(self):
        self.purchase._supplier_ship({self.line: 4}, "DHL", "A", date=self.now)
        self.purchase._supplier_deliver()
        self.assertEqual(self._row().received_qty, 10)
