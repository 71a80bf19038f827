from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestUrgency(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls._offer(cls.cheap, cls.lamp, 8.0)

    def assertUrgent(self, records, is_urgent=True):
        self.assertTrue(records)
        self.assertEqual(set(records.mapped("is_urgent")), {is_urgent})
        self.assertEqual(set(records.mapped("priority")), {"1" if is_urgent else "0"})

    def test_urgency_goes_from_the_order_to_the_supplier_and_the_transfer(self):
        order = self._sale((self.lamp, 10), order_type=self.urgent_type)
        self.assertTrue(order.is_urgent)
        purchase = order.supplier_order_ids
        self.assertUrgent(purchase)
        purchase._supplier_accept()
        self.assertUrgent(purchase.picking_ids)
        self.assertUrgent(purchase.picking_ids.move_ids)

    def test_ordinary_order_stays_ordinary(self):
        purchase = self._sale((self.lamp, 10)).supplier_order_ids
        purchase._supplier_accept()
        self.assertUrgent(purchase, False)
        self.assertUrgent(purchase.picking_ids, False)

    def test_delivery_from_own_stock_is_urgent_as_well(self):
        shelf = self._goods("Shelf", route_ids=[Command.clear()])
        order = self._sale((shelf, 2), order_type=self.urgent_type)
        self.assertUrgent(order.picking_ids)
        self.assertUrgent(order.picking_ids.move_ids)

    def test_backorder_is_as_urgent_as_what_it_comes_from(self):
        purchase = self._sale((self.lamp, 10), order_type=self.urgent_type).supplier_order_ids
        purchase._supplier_accept()
        purchase._supplier_deliver({purchase.order_line: 4})
        done = purchase.picking_ids.filtered(lambda picking: picking.state == "done")
        self.assertTrue(done.is_urgent)
        self.assertUrgent(purchase.picking_ids - done)

    def test_changed_type_reaches_what_is_open(self):
        order = self._sale((self.lamp, 10))
        purchase = order.supplier_order_ids
        purchase._supplier_accept()
        order.order_type_id = self.urgent_type
        self.assertUrgent(purchase)
        self.assertUrgent(purchase.picking_ids)
        self.assertUrgent(purchase.picking_ids.move_ids)
        order.order_type_id = self.normal_type
        self.assertUrgent(purchase, False)
        self.assertUrgent(purchase.picking_ids, False)

    def test_type_changed_by_itself_does_not_rewrite_old_orders(self):
        order = self._sale((self.lamp, 10))
        self.normal_type.priority = "1"
        self.assertFalse(order.is_urgent)

    def test_star_of_the_purchase_order_reaches_its_transfer(self):
        purchase = self._sale((self.lamp, 10)).supplier_order_ids
        purchase._supplier_accept()
        purchase.priority = "1"
        self.assertEqual(purchase.picking_ids.priority, "1")

    def test_urgent_orders_come_first_in_the_list(self):
        urgent = self._sale((self.lamp, 1), order_type=self.urgent_type)
        ordinary = self._sale((self.lamp, 1))
        self.env.flush_all()
        view = self.env.ref("s2b2b_order.sale_order_tree")
        self.assertIn("is_urgent desc", view.arch)
        found = self.env["sale.order"].search(
            [("id", "in", (urgent | ordinary).ids)], order="is_urgent desc, date_order desc"
        )
        self.assertEqual(found[0], urgent)
        allocations = self.env["s2b2b.allocation"].search(
            [("order_id", "in", (urgent | ordinary).ids)]
        )
        self.assertEqual(allocations[0].order_id, urgent)
