from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestBuyToOrder(OrderCommon):
    """Goods that come through the platform's own warehouse, bought for the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        mto = cls.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        cls.lamp = cls._goods("Lamp", 20.0, is_storable=True, route_ids=[Command.set(mto.ids)])
        cls.cheap = cls._supplier("Cheap & Co")
        cls.dear = cls._supplier("Dear Ltd")
        cls._offer(cls.cheap, cls.lamp, 8.0, stock=6)
        cls._offer(cls.dear, cls.lamp, 9.0)

    def _chained(self, purchase):
        return purchase.order_line.move_dest_ids

    def test_split_line_keeps_each_receipt_chained_to_its_delivery(self):
        order = self._sale((self.lamp, 10), order_type=self.urgent_type)
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 6}, self.dear: {self.lamp: 4}}
        )
        of_cheap, of_dear = (self._purchase(order, v) for v in (self.cheap, self.dear))
        self.assertEqual(self._chained(of_cheap).product_uom_qty, 6)
        self.assertEqual(self._chained(of_dear).product_uom_qty, 4)
        self.assertEqual(of_cheap.order_line.price_unit, 8.0)
        self.assertTrue(of_cheap.is_urgent)
        (of_cheap | of_dear)._supplier_accept()
        receipts = (of_cheap | of_dear).picking_ids
        self.assertEqual(len(receipts), 2)
        self.assertEqual(set(receipts.mapped("priority")), {"1"})
        receipts.button_validate()
        self.assertEqual(set((of_cheap | of_dear).mapped("supplier_state")), {"delivered"})

    def test_refused_quantity_is_bought_elsewhere_for_the_same_delivery(self):
        order = self._sale((self.lamp, 10))
        self._purchase(order, self.cheap)._supplier_refuse("Sold out")
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        moves = order.order_line.move_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 10)

    def test_rest_of_a_partial_acceptance_is_bought_elsewhere(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept({purchase.order_line: 2})
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 2}, self.dear: {self.lamp: 8}}
        )
        self.assertEqual(purchase.picking_ids.move_ids.product_uom_qty, 2)
        moves = order.order_line.move_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 10)
