from odoo.tests import tagged

from .test_points_earning import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsGift(PointsCommon):
    """Gifts that a member chooses for its points."""

    def setUp(self):
        super().setUp()
        self.entries._points_grant(self.member, 500, "Trade fair", "fair")
        self.program = self._card(self.member).program_id
        self.gift = self._gift(200)
        self.key = f"{self.gift.id}-{self.product_b.id}"
        self.order = self._order(self.member, 1000)

    def _gift(self, points, **vals):
        return self.env["loyalty.reward"].create(
            {
                "program_id": self.program.id,
                "reward_type": "product",
                "reward_product_id": self.product_b.id,
                "required_points": points,
                **vals,
            }
        )

    def _gift_lines(self):
        return self.order.order_line.filtered("is_reward_line")

    def _assert_refused(self, key, order=None):
        order = order or self.order
        with self.assertRefused("not offered any more"):
            order._take_gift(key)
        self.assertFalse(order.order_line.filtered("is_reward_line"))

    def test_gift_that_the_points_do_not_pay_for_is_refused(self):
        dear = self._gift(501)
        self.assertNotIn(f"{dear.id}-{self.product_b.id}", self.order._find_gifts())
        self._assert_refused(f"{dear.id}-{self.product_b.id}")

    def test_archived_gifts_and_products_are_refused(self):
        self.gift.active = False
        self._assert_refused(self.key)
        self.gift.active = True
        self.product_b.active = False
        self._assert_refused(self.key)

    def test_what_is_no_gift_of_this_member_is_refused(self):
        discount = self.program.reward_ids - self.gift
        for key in (
            "",
            "x",
            f"{self.gift.id}-{self.product_a.id}",
            f"{discount[:1].id}-{self.product_b.id}",
        ):
            with self.subTest(key=key):
                self._assert_refused(key)
        other = self._member("Other Member")
        self._assert_refused(self.key, self._order(other, 1000))
        customer = self._member("Customer", is_member=False)
        self._assert_refused(self.key, self._order(customer, 1000))

    def test_gift_for_higher_tiers_is_refused(self):
        self.product_b.product_tmpl_id.min_grade_id = self.diamond
        self._assert_refused(self.key)

    def test_points_set_aside_for_a_waiting_order_pay_for_no_other_gift(self):
        waiting = self._order(self.member, 1000)
        waiting._take_gift(self.key)
        waiting.hold_reason = "review"
        self._assert_refused(self.key)

    def test_gift_is_taken_once_and_spent_with_the_order(self):
        self.order._take_gift(self.key)
        line = self._gift_lines()
        self.assertRecordValues(
            line, [{"product_id": self.product_b.id, "product_uom_qty": 1, "price_total": 0}]
        )
        self.assertEqual(self._balance(), 500)
        self.order.action_confirm()
        self.assertEqual(self._balance(), 300)
        self.assertEqual(self._gift_lines().product_uom_qty, 1)

    def test_rest_of_the_points_is_a_discount(self):
        self.order._take_gift(self.key)
        self.order._use_points_of_member()
        self.assertEqual(self.order.amount_total, 970)
        self.order.action_confirm()
        self.assertEqual((self.order.amount_total, self._balance()), (970, 0))

    def test_second_gift_is_a_line_of_its_own_as_far_as_the_points_go(self):
        self.order._take_gift(self.key)
        self.order._take_gift(self.key)
        self.assertEqual(self._gift_lines().mapped("points_cost"), [200, 200])
        with self.assertRefused("not offered any more"):
            self.order._take_gift(self.key)

    def test_one_of_several_products_is_chosen(self):
        tag = self.env["product.tag"].create({"name": "Gift"})
        (self.product_a | self.product_b).product_tag_ids = tag
        choice = self._gift(50, reward_product_id=False, reward_product_tag_id=tag.id)
        offered = self.order._find_gifts()
        self.assertEqual(list(offered)[-1], self.key, "cheapest first")
        self.order._take_gift(f"{choice.id}-{self.product_a.id}")
        self.assertEqual(self._gift_lines().product_id, self.product_a)
