from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestAllocationOffers(OrderCommon):
    """Which offers may be used, in which unit and at which price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls.dear = cls._supplier("Dear Ltd")

    def test_suspended_supplier_gets_nothing_and_the_reason_says_why(self):
        self.company.supplier_gate_policy = "block"
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        self.cheap._supplier_suspend("licence expired")
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertEqual(
            self._reason(order, self.cheap), "Cheap & Co is suspended: licence expired"
        )
        barred = order.allocation_ids.line_ids.filtered("is_barred")
        self.assertEqual(barred.supplier_id, self.cheap)

    def test_suspension_does_not_bar_while_the_gate_is_open(self):
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        self.cheap._supplier_suspend("licence expired")
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 10}})

    def test_conditional_supplier_gets_no_more_than_its_amount(self):
        self.company.supplier_gate_policy = "block"
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        self.cheap._supplier_condition("Trial", supplier_max_amount=50.0)
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertIn("up to", self._reason(order, self.cheap))

    def test_closed_supplier_is_not_asked(self):
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        day = timedelta(days=1)
        self.cheap.write(
            {
                "supplier_closed_from": self.today - day,
                "supplier_closed_to": self.today + day,
            }
        )
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertIn("is closed until", self._reason(order, self.cheap))

    def test_closure_on_the_way_makes_the_goods_arrive_later(self):
        self._offer(self.cheap, self.lamp, 8.0, delay=2)
        self.cheap.write(
            {
                "supplier_closed_from": self.today + timedelta(days=1),
                "supplier_closed_to": self.today + timedelta(days=10),
            }
        )
        order = self._sale((self.lamp, 10))
        chosen = order.allocation_ids.chosen_line_ids
        self.assertEqual(chosen.arrival_date, self.today + timedelta(days=12))

    def test_supplier_that_does_not_deliver_there_is_not_asked(self):
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        area = self.env["s2b2b.delivery.area"].create(
            {"name": "Far", "country_ids": [Command.link(self.env.ref("base.nz").id)]}
        )
        self.cheap.delivery_area_ids = area
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertEqual(self._reason(order, self.cheap), "Cheap & Co does not deliver there.")

    def test_stale_stock_is_not_promised(self):
        self._offer(self.cheap, self.lamp, 8.0, stock=100)
        self._offer(self.dear, self.lamp, 9.0, stock=100)
        stock = self.env["s2b2b.supplier.stock"].search([("partner_id", "=", self.cheap.id)])
        stock.available_qty_date -= timedelta(days=self.company.available_max_age + 5)
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertIn("days old", self._reason(order, self.cheap))

    def test_minimum_above_the_quantity_is_not_ordered(self):
        self._offer(self.cheap, self.lamp, 8.0, min_qty=12)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertIn("minimum of 12", self._reason(order, self.cheap))

    def test_price_breaks_share_one_stock(self):
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.cheap, self.lamp, 6.0, min_qty=5, stock=8)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 10))
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 8}, self.dear: {self.lamp: 2}}
        )
        self.assertEqual(self._purchase(order, self.cheap).order_line.price_unit, 6.0)

    def test_offer_by_the_dozen_is_ordered_in_pieces_at_the_price_of_a_piece(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._offer(self.cheap, self.lamp, 96.0, min_qty=1, product_uom_id=dozen.id)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 18))
        line = self._purchase(order, self.cheap).order_line
        self.assertRecordValues(
            line, [{"product_qty": 18, "price_unit": 8.0, "product_uom_id": self.lamp.uom_id.id}]
        )

    def test_order_by_the_dozen_is_counted_in_pieces(self):
        self._offer(self.cheap, self.lamp, 8.0, stock=15)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 2), confirm=False)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        order.action_confirm()
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 15}, self.dear: {self.lamp: 9}}
        )

    def test_lot_of_a_product_is_not_broken(self):
        self.lamp.product_tmpl_id.allocation_step = 5
        self._offer(self.cheap, self.lamp, 8.0, stock=8)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 20))
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 5}, self.dear: {self.lamp: 15}}
        )

    def test_offer_in_another_currency_is_compared_converted_and_ordered_unconverted(self):
        currency = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.5)])
        self._offer(self.cheap, self.lamp, 4.5, currency_id=currency.id)
        self._offer(self.dear, self.lamp, 8.5)
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self._offer(self.cheap, self.lamp, 4.0, currency_id=currency.id)
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        self.assertEqual(purchase.currency_id, currency)
        self.assertEqual(purchase.order_line.price_unit, 4.0)
        chosen = order.allocation_ids.chosen_line_ids
        self.assertAlmostEqual(chosen.price_landed, 8.0)

    def test_discount_of_an_offer_is_in_the_price(self):
        self._offer(self.cheap, self.lamp, 10.0, discount=20)
        self._offer(self.dear, self.lamp, 8.5)
        order = self._sale((self.lamp, 10))
        line = self._purchase(order, self.cheap).order_line
        self.assertEqual((line.price_unit, line.discount), (8.0, 0.0))

    def test_offer_whose_dates_do_not_hold_is_none(self):
        yesterday = self.today - timedelta(days=1)
        self._offer(self.cheap, self.lamp, 8.0, date_end=yesterday)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertFalse(self._reason(order, self.cheap))
