from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestOrderApproval(MemberCommon):
    """Above a person's limit the member's own approver agrees first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._member()
        cls.buyer = cls._contact(cls.member, member_role="buyer", member_order_limit=500)
        cls.approver = cls._contact(
            cls.member, "Ash Approver", member_role="approver", email="ash@example.com"
        )

    def _held(self, amount=800):
        order = self._order(self.buyer, amount)
        order.action_confirm()
        return order

    def test_order_of_a_contact_is_its_companys(self):
        order = self._order(self.buyer, 100)
        self.assertRecordValues(
            order, [{"partner_id": self.member.id, "s2b2b_contact_id": self.buyer.id}]
        )
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.buyer
        self.assertRecordValues(
            form.record, [{"partner_id": self.member.id, "s2b2b_contact_id": self.buyer.id}]
        )

    def test_delivery_address_stays_where_the_goods_go(self):
        shop = self._contact(self.member, "Shop", type="delivery")
        order = self._order(shop, 100)
        self.assertEqual(order.partner_shipping_id, shop)
        self.assertEqual(order.partner_id, self.member)

    def test_customer_that_is_no_member_orders_as_before(self):
        self.member.is_member = False
        order = self._order(self.buyer, 900)
        self.assertEqual(order.partner_id, self.buyer)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_order_within_the_limit_is_confirmed(self):
        self.assertEqual(self._held(500).state, "sale")

    def test_order_above_the_limit_waits_and_the_approver_is_told(self):
        order = self._held(500.01)
        self.assertEqual((order.state, order.hold_reason), ("draft", "member_approval"))
        notice = self.env["mail.message"].search([("partner_ids", "in", self.approver.ids)])
        self.assertEqual(len(notice), 1)
        order.action_confirm()
        self.assertEqual(order.state, "draft")

    def test_limit_is_in_the_companys_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2026-01-01", 2.0)])
        pricelist = self.env["product.pricelist"].create({"name": "E", "currency_id": currency.id})
        order = self._order(self.buyer, 900, pricelist_id=pricelist.id)
        order.action_confirm()
        self.assertEqual(order.state, "sale", "900 in a currency of half the worth")

    def test_approver_and_administrator_need_nobody(self):
        for role in ("approver", "admin"):
            self.buyer.member_role = role
            self.assertEqual(self._held().state, "sale")

    def test_approved_order_is_confirmed_and_more_than_approved_waits_again(self):
        order = self._held()
        order._approve_for_member()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.member_approver_id, self.env.user.partner_id)
        other = self._held()
        other._approve_for_member()
        other._action_cancel()
        other.action_draft()
        other.order_line.price_unit = 801
        other.action_confirm()
        self.assertEqual(other.hold_reason, "member_approval")

    def test_declined_order_is_cancelled_with_the_reason(self):
        order = self._held()
        order._decline_for_member("Not this quarter")
        self.assertEqual(order.state, "cancel")
        self.assertFalse(order.hold_reason)
        self.assertIn("Not this quarter", "".join(order.message_ids.mapped("body")))

    def test_only_a_waiting_order_is_approved_or_declined(self):
        order = self._order(self.buyer, 100)
        for call in (order._approve_for_member, order._decline_for_member):
            with self.assertRaises(UserError):
                call()

    def test_approved_order_still_needs_credit(self):
        self.env.company.member_credit_policy = "block"
        self.member.write({"credit_limit": 100, "credit_policy": "limit"})
        order = self._held()
        order._approve_for_member()
        self.assertEqual((order.state, order.hold_reason), ("draft", "credit"))

    def test_batch_confirms_what_need_not_wait(self):
        small, large = self._order(self.buyer, 100), self._order(self.buyer, 900)
        (small | large).action_confirm()
        self.assertEqual((small.state, large.state), ("sale", "draft"))

    def test_staff_write_down_an_agreement_only_as_managers(self):
        order = self._held()
        clerk = new_test_user(
            self.env,
            "approval_clerk",
            groups="s2b2b_member.group_user,sales_team.group_sale_manager",
        )
        with self.assertRaises(AccessError):
            order.with_user(clerk).action_approve_for_member()
        order.action_approve_for_member()
        self.assertEqual(order.state, "sale")

    def test_negative_limit_is_refused(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.buyer.member_order_limit = -1
            self.env.flush_all()
