from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestUntouched(OrderCommon):
    """Installing changes nothing: what is not ours is procured as core does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.first = cls._supplier("First Vendor")
        cls.cheap = cls._supplier("Cheap & Co")
        cls._offer(cls.first, cls.lamp, 9.0, sequence=1)
        cls._offer(cls.cheap, cls.lamp, 8.0, sequence=2)

    def _ordered(self, order):
        return order._get_purchase_orders()

    def test_order_is_procured_by_core_while_allocation_is_off(self):
        self.company.allocation_mode = "off"
        order = self._sale((self.lamp, 10))
        purchase = self._ordered(order)
        self.assertRecordValues(
            purchase,
            [{"partner_id": self.first.id, "state": "draft", "supplier_state": False}],
        )
        self.assertEqual(order.fulfilment_state, "accepted")
        self.assertFalse(order.allocation_ids)

    def test_order_without_a_type_is_procured_by_core(self):
        order = self._sale((self.lamp, 10), order_type=self.env["s2b2b.order.type"])
        self.assertEqual(self._ordered(order).partner_id, self.first)
        self.assertEqual(order.fulfilment_state, "none")
        self.assertFalse(order.event_ids)
        self.assertFalse(order.allocation_ids)

    def test_line_from_own_stock_is_left_to_core(self):
        shelf = self._goods("Shelf", route_ids=[Command.clear()])
        order = self._sale((self.lamp, 10), (shelf, 2))
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 10}})
        delivery = order.picking_ids.filtered(lambda p: p.picking_type_id.code == "outgoing")
        self.assertEqual(delivery.move_ids.product_id, shelf)

    def test_request_of_another_order_is_not_used(self):
        draft = self.env["purchase.order"].create({"partner_id": self.cheap.id})
        order = self._sale((self.lamp, 10))
        self.assertFalse(draft.order_line)
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 10}})

    def test_procurement_of_core_does_not_use_the_request_of_an_allocation(self):
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 1.0})
        order = self._sale((self.lamp, 10))
        waiting = order.supplier_order_ids
        self.assertEqual((waiting.state, waiting.supplier_state), ("draft", False))
        self.company.allocation_mode = "off"
        self.lamp.seller_ids.filtered(lambda s: s.partner_id == self.first).unlink()
        other = self._sale((self.lamp, 5))
        self.assertNotEqual(self._ordered(other), waiting)
        self.assertEqual(waiting.order_line.product_qty, 10)
