from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install", "fast")
class TestAllocation(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls.dear = cls._supplier("Dear Ltd")

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
        self.assertEqual((purchase.state, purchase.supplier_state), ("sent", "pending"))
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
        self.assertAlmostEqual(order.allocation_ids.bound, 6 * 8 + 4 * 9)

    def test_line_is_not_split_where_the_policy_forbids_it(self):
        self.policy.is_split = False
        self._offer(self.cheap, self.lamp, 8.0, stock=6)
        self._offer(self.dear, self.lamp, 9.0, stock=100)
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertIn("not to be split", self._reason(order, self.cheap))

    def test_no_supplier_gets_more_than_its_share(self):
        self.policy.max_share_percent = 60
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 10))
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 6}, self.dear: {self.lamp: 4}}
        )

    def test_cost_of_an_order_keeps_small_quantities_together(self):
        shade = self._goods("Shade")
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        self._offer(self.dear, shade, 3.0)
        self.cheap.supplier_order_cost = 25.0
        order = self._sale((self.lamp, 10), (shade, 5))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10, shade: 5}})
        self.assertIn("25.00", self._reason(order, self.cheap, self.lamp))

    def test_better_grade_wins_where_its_bonus_is_worth_the_difference(self):
        grades = self.env["s2b2b.supplier.grade"].search([])
        grades[:1].allocation_bonus = 10
        self.policy.grade_weight = 0.2
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        self.dear._write_guarded({"supplier_grade_id": grades[:1].id})
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})

    def test_faster_supplier_wins_where_lateness_costs_more(self):
        self.policy.late_cost_per_day = 1.0
        self._offer(self.cheap, self.lamp, 8.0, delay=6)
        self._offer(self.dear, self.lamp, 9.0, delay=1)
        order = self._sale((self.lamp, 10), order_type=self.urgent_type)
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertIn("6 days after the wanted date", self._reason(order, self.cheap))

    def test_capacity_up_to_the_wanted_date_limits_a_supplier(self):
        self.cheap.supplier_daily_capacity = 4
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 10), order_type=self.urgent_type)
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 4}, self.dear: {self.lamp: 6}}
        )
        self.assertIn("Chosen", self._reason(order, self.cheap))

    def test_orders_allocated_together_do_not_share_the_same_stock(self):
        self._offer(self.cheap, self.lamp, 8.0, stock=10)
        self._offer(self.dear, self.lamp, 9.0, stock=100)
        orders = self._sale((self.lamp, 8), confirm=False)
        orders |= self._sale((self.lamp, 8), confirm=False, order_type=self.urgent_type)
        orders.action_confirm()
        ordinary, urgent = orders
        self.assertEqual(self._placed(urgent), {self.cheap: {self.lamp: 8}})
        self.assertEqual(
            self._placed(ordinary), {self.cheap: {self.lamp: 2}, self.dear: {self.lamp: 6}}
        )
        self.assertFalse(urgent.supplier_order_ids & ordinary.supplier_order_ids)

    def test_what_waits_for_an_answer_is_not_promised_again(self):
        self._offer(self.cheap, self.lamp, 8.0, stock=10)
        self._offer(self.dear, self.lamp, 9.0, stock=100)
        self._sale((self.lamp, 8))
        order = self._sale((self.lamp, 8))
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 2}, self.dear: {self.lamp: 6}}
        )

    def test_quantity_added_later_is_a_supplementary_order(self):
        self._offer(self.cheap, self.lamp, 8.0)
        order = self._sale((self.lamp, 10))
        order.order_line.product_uom_qty = 14
        self.assertEqual(
            [line.product_qty for line in order.supplier_order_ids.order_line], [10, 4]
        )
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 14}})

    def test_locked_order_is_allocated_again_as_well(self):
        self._offer(self.cheap, self.lamp, 8.0, stock=10)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 10))
        order.action_lock()
        self._purchase(order, self.cheap)._supplier_refuse("No more of them")
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertTrue(order.locked)
