from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestSupplierDelivery(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls._offer(cls.cheap, cls.lamp, 8.0)

    def setUp(self):
        super().setUp()
        self.order = self._sale((self.lamp, 10))
        self.purchase = self._purchase(self.order, self.cheap)
        self.purchase._supplier_accept()
        self.line = self.purchase.order_line

    def test_order_goes_from_accepted_to_delivered(self):
        self.purchase._supplier_prepare()
        self.assertEqual(self.purchase.supplier_state, "preparing")
        self.assertEqual(self.order.fulfilment_state, "preparing")
        shipment = self.purchase._supplier_ship(carrier="DHL", tracking="JD 01")
        self.assertRecordValues(
            shipment,
            [
                {
                    "purchase_id": self.purchase.id,
                    "order_id": self.order.id,
                    "state": "shipped",
                    "carrier": "DHL",
                    "tracking": "JD 01",
                    "announced_at": self.purchase.promised_date,
                }
            ],
        )
        self.assertIn("JD%2001", shipment.tracking_url)
        self.assertEqual(shipment.line_ids.quantity, 10)
        self.assertEqual(self.purchase.supplier_state, "shipped")
        self.assertEqual(self.order.fulfilment_state, "shipped")
        self.assertEqual(self.order.order_line.qty_delivered, 0)
        self.purchase._supplier_deliver()
        self.assertEqual(self.purchase.supplier_state, "delivered")
        self.assertEqual(self.order.fulfilment_state, "delivered")
        self.assertEqual(shipment.state, "arrived")
        self.assertEqual(self.order.order_line.qty_delivered, 10)
        self.assertEqual(self.order.invoice_status, "to invoice")
        self.assertEqual(self.line.qty_received, 10)

    def test_delivered_order_is_invoiced(self):
        self.purchase._supplier_deliver()
        invoice = self.order._create_invoices()
        self.assertEqual(invoice.invoice_line_ids.quantity, 10)

    def test_parcels_follow_one_another(self):
        self.purchase._supplier_ship({self.line: 4}, "DHL", "A")
        self.assertEqual(self.purchase.supplier_state, "accepted")
        self.assertEqual(self.order.fulfilment_state, "partly_shipped")
        self.purchase._supplier_ship(None, "DHL", "B")
        self.assertEqual(self.purchase.supplier_state, "shipped")
        quantities = self.purchase.shipment_ids.line_ids.mapped("quantity")
        self.assertEqual(sorted(quantities), [4, 6])
        self.assertEqual(self.line.shipped_qty, 10)

    def test_part_that_has_arrived_leaves_a_backorder(self):
        first = self.purchase._supplier_ship({self.line: 4}, "DHL", "A")
        second = self.purchase._supplier_ship(None, "DHL", "B")
        self.purchase._supplier_deliver({self.line: 4})
        self.assertEqual(self.order.order_line.qty_delivered, 4)
        self.assertEqual(self.order.fulfilment_state, "partly_delivered")
        self.assertEqual((first.state, second.state), ("arrived", "shipped"))
        rest = self.purchase.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
        self.assertEqual(rest.move_ids.product_uom_qty, 6)
        self.purchase._supplier_deliver()
        self.assertEqual(self.order.fulfilment_state, "delivered")
        self.assertEqual(second.state, "arrived")
        self.assertEqual(self.order.order_line.qty_delivered, 10)

    def test_products_arrive_one_after_the_other(self):
        shade = self._goods("Shade")
        self._offer(self.cheap, shade, 2.0)
        order = self._sale((self.lamp, 10), (shade, 5))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept()
        of_shade = purchase.order_line.filtered(lambda line: line.product_id == shade)
        purchase._supplier_deliver({of_shade: 5})
        self.assertEqual(order.order_line.mapped("qty_delivered"), [0, 5])
        purchase._supplier_deliver()
        self.assertEqual(order.order_line.mapped("qty_delivered"), [10, 5])

    def test_stated_day_of_arrival_counts(self):
        day = fields.Date.context_today(self.order) - timedelta(days=3)
        shipment = self.purchase._supplier_ship(date=day - timedelta(days=1))
        self.purchase._supplier_deliver(date=day)
        picking = self.purchase.picking_ids
        self.assertEqual(picking.supplier_arrival_date, day)
        self.assertEqual(picking.date_done.date(), day)
        self.assertEqual(picking.move_ids.date.date(), day)
        self.assertEqual(self.purchase.effective_date.date(), day)
        self.assertEqual(shipment.arrived_at.date(), day)

    def test_day_in_the_future_is_refused(self):
        day = fields.Date.context_today(self.order) + timedelta(days=1)
        with self.assertRaisesRegex(UserError, "future"):
            self.purchase._supplier_deliver(date=day)
        with self.assertRaisesRegex(UserError, "future"):
            self.purchase._supplier_ship(date=day)

    def test_the_same_call_twice_ships_and_delivers_once(self):
        shipment = self.purchase._supplier_ship(None, "DHL", "A")
        self.assertEqual(self.purchase._supplier_ship(None, "DHL", "A"), shipment)
        self.assertEqual(self.purchase._supplier_ship(), shipment)
        self.purchase._supplier_deliver()
        self.purchase._supplier_deliver()
        self.assertEqual(self.order.order_line.qty_delivered, 10)
        kinds = self.order.event_ids.mapped("kind")
        self.assertEqual((kinds.count("shipped"), kinds.count("delivered")), (1, 1))

    def test_tracking_number_of_another_parcel_is_refused(self):
        self.purchase._supplier_ship({self.line: 4}, "DHL", "A")
        with self.assertRaisesRegex(UserError, "another shipment"):
            self.purchase._supplier_ship({self.line: 6}, "DHL", "A")

    def test_more_than_was_accepted_cannot_be_shipped_or_delivered(self):
        self.purchase._supplier_ship({self.line: 4}, "DHL", "A")
        with self.assertRaisesRegex(UserError, "from 0 to 6"):
            self.purchase._supplier_ship({self.line: 7}, "DHL", "B")
        with self.assertRaisesRegex(UserError, "from 0 to 10"):
            self.purchase._supplier_deliver({self.line: 11})
        with self.assertRaisesRegex(UserError, "at least one"):
            self.purchase._supplier_ship({self.line: 0}, "DHL", "B")

    def test_what_is_not_accepted_cannot_be_shipped(self):
        purchase = self._purchase(self._sale((self.lamp, 1)), self.cheap)
        for verb in (purchase._supplier_prepare, purchase._supplier_ship):
            with self.assertRaisesRegex(UserError, "not possible now"):
                verb()
        with self.assertRaisesRegex(UserError, "not possible now"):
            purchase._supplier_deliver()

    def test_shipment_entered_by_mistake_is_taken_back(self):
        shipment = self.purchase._supplier_ship(None, "DHL", "A")
        shipment.action_cancel()
        self.assertEqual(self.purchase.supplier_state, "accepted")
        self.assertEqual(self.purchase._supplier_ship(None, "DHL", "A").line_ids.quantity, 10)

    def test_lots_are_kept_where_the_product_is_tracked(self):
        drill = self._goods("Drill", tracking="lot", is_storable=True)
        self._offer(self.cheap, drill, 50.0)
        order = self._sale((drill, 3))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept()
        purchase._supplier_deliver(lots={purchase.order_line: {"L1": 2, "L2": 1}})
        lines = purchase.picking_ids.move_line_ids.sorted("lot_name")
        self.assertEqual(lines.lot_id.mapped("name"), ["L1", "L2"])
        self.assertEqual(order.order_line.qty_delivered, 3)

    def test_several_orders_are_shipped_at_once(self):
        other = self._purchase(self._sale((self.lamp, 5)), self.cheap)
        other._supplier_accept()
        shipments = (self.purchase | other)._supplier_ship()
        self.assertEqual(shipments.purchase_id, self.purchase | other)
        self.assertEqual(set((self.purchase | other).mapped("supplier_state")), {"shipped"})
