from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .test_points_earning import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsSpending(PointsCommon):
    def setUp(self):
        super().setUp()
        self.entries._points_grant(self.member, 500, "Trade fair", "fair")
        self.contact = self._contact(self.member)

    def test_quotation_with_the_discount_spends_nothing_yet(self):
        order = self._reward_order()
        self.assertEqual(order.amount_total, 950)
        self.assertEqual(self._balance(), 500)

    def test_confirmed_order_of_a_contact_spends_the_points_of_its_company(self):
        order = self._reward_order(partner=self.contact)
        order.action_confirm()
        self.assertEqual(self._balance(), 0)
        entry = self._of()[-1]
        self.assertRecordValues(entry, [{"kind": "redeem", "quantity": -500, "order_id": order.id}])

    def test_small_order_spends_only_what_it_needs(self):
        self._reward_order(20).action_confirm()
        self.assertEqual(self._balance(), 300)

    def test_cancelled_order_gives_the_same_points_back(self):
        expiry = self._of().expiry_date
        order = self._reward_order()
        order.action_confirm()
        order._action_cancel()
        self.assertEqual(self._balance(), 500)
        left = self._of().filtered("remaining")
        self.assertEqual((left.kind, left.expiry_date), ("activity", expiry))
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._balance(), 500, "its reward is gone")

    def test_order_cannot_spend_what_another_has_spent(self):
        first, second = self._reward_order(), self._reward_order()
        first.action_confirm()
        with self.assertRaises(UserError):
            second.action_confirm()
        with self.assertRaises(UserError):
            second.write({"state": "sale"})

    def test_reward_taken_off_a_confirmed_order_gives_its_points_back(self):
        order = self._reward_order()
        order.action_confirm()
        order.order_line.filtered("is_reward_line")._reset_loyalty(True)
        self.assertEqual(self._balance(), 500)

    def test_reward_added_to_a_confirmed_order_spends_at_once(self):
        order = self._order(self.member, 1000)
        order._update_programs_and_rewards()
        order.action_confirm()
        card = self._card(self.member)
        order._apply_program_reward(card.program_id.reward_ids, card)
        self.assertEqual(self._balance(), 0)

    def test_card_of_another_member_pays_for_nothing(self):
        other = self._member("Other Member")
        order = self._order(other, 1000)
        card = self._card(self.member)
        order.applied_coupon_ids += card
        order._apply_program_reward(card.program_id.reward_ids, card)
        with self.assertRefused("points pay only for the orders of the member"):
            order.action_confirm()

    def test_gift_is_a_reward_of_the_same_card(self):
        order = self._gift_order(400)
        order.action_confirm()
        self.assertEqual(self._balance(), 100)
        self.assertIn(self.product_b, order.order_line.product_id)

    def test_invoice_of_a_discounted_order_earns_for_what_is_paid(self):
        order = self._reward_order()
        order.action_confirm()
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.action_post()
        self._pay(invoice, invoice.invoice_date)
        self.assertEqual(self._balance(), 1425)

    def test_points_count_as_purchases_for_the_tier(self):
        self.company.points_tier_value = 20
        self.member.grade_id = self.normal
        self._invoice(self.member, 3000, "2026-06-01")
        self._invoice(self.member, 1000, "2026-06-01")
        self.entries._turn_into_progress(self.member, 50, "portal")
        self.assertEqual(self._balance(), 450)
        self._evaluate(self.member, self._of()[-1].date)
        self.assertEqual(self.member.grade_id, self.gold)
        self.assertEqual(self.member.member_figures_ids.bonus, 1000)
        self.assertEqual(self.member.amount_to_next_grade, 15000)

    def test_progress_is_bought_only_where_it_is_offered_and_with_points_that_are_there(self):
        with self.assertRaises(UserError):
            self.entries._turn_into_progress(self.member, 50, "portal")
        self.company.points_tier_value = 1
        with self.assertRefused("lacks 1 points"):
            self.entries._turn_into_progress(self.member, 501, "portal")

    def test_wizard_books_once_with_its_reason(self):
        wizard = self.env["s2b2b.points.adjust"].create(
            {
                "member_ids": [(6, 0, self.member.ids)],
                "kind": "adjust",
                "points": -100,
                "reason": "Counted twice",
            }
        )
        wizard.action_book()
        wizard.action_book()
        self.assertEqual(self._balance(), 400)
        self.assertEqual(self._of()[-1].name, "Counted twice")
        with self.assertRaises(UserError):
            wizard.copy({"points": -401, "key": "third"}).action_book()

    def test_wizard_is_for_managers(self):
        clerk = new_test_user(self.env, "points_clerk", groups="s2b2b_member.group_user")
        with self.assertRaises(AccessError):
            self.env["s2b2b.points.adjust"].with_user(clerk).create(
                {"member_ids": [(6, 0, self.member.ids)], "points": 1, "reason": "x"}
            )
        wizard = self.env["s2b2b.points.adjust"].create(
            {"member_ids": [(6, 0, self.member.ids)], "points": 1, "reason": "x"}
        )
        with self.assertRaises(AccessError):
            wizard.with_user(clerk).action_book()
