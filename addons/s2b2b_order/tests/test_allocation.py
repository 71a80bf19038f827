from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestAllocation(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._vendor("Cheap & Co")
        cls.dear = cls._vendor("Dear Ltd")

    def test_cheapest_supplier_gets_the_order_at_its_price(self):
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 10}})
        purchase = self._purchase(order, self.cheap)
        self.assertRecordValues(
            purchase.order_line,
            [{"price_unit": 8.0, "product_qty": 10, "sale_line_id": order.order_line.id}],
        )
        self.assertEqual(purchase.supplier_state, "pending")
        self.assertEqual(purchase.state, "sent")
        self.assertEqual(purchase.member_order_id, order)
        self.assertEqual(order.fulfilment_state, "allocated")
        self.assertIn("more a unit than Cheap & Co", self._reason(order, self.dear))

    def test_line_is_split_where_one_supplier_has_not_enough(self):
        self._offer(self.cheap, self.lamp, 8.0, stock=6)
        self._offer(self.dear, self.lamp, 9.0, stock=100)
        order = self._sale((self.lamp, 10))
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 6}, self.dear: {self.lamp: 4}}
        )
        self.assertEqual(order.allocation_ids.mapped("status"), ["optimal"])
        self.assertAlmostEqual(order.allocation_ids.objective, 6 * 8 + 4 * 9)
