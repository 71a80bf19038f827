from odoo import fields
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install", "fast")
class TestCreditHold(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.member_credit_policy = "block"
        cls.member = cls._member(credit_limit=1000, credit_policy="limit")
        cls.day = fields.Date.today()

    def test_order_within_the_limit_is_confirmed(self):
        order = self._order(self.member, 1000)
        self.assertFalse(order._confirmation_error_message())
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.hold_reason)

    def test_order_beyond_the_limit_is_held_with_the_amount_missing(self):
        order = self._order(self.member, 1200)
        self.assertIn("200.00", order.credit_preview)
        self.assertIn("200.00", order._confirmation_error_message())
        result = order.action_confirm()
        self.assertEqual(order.state, "draft")
        self.assertEqual((order.hold_reason, order.hold_amount), ("credit", 200))
        self.assertIn("200.00", result["params"]["message"])
        self.assertFalse(order.credit_request_ids, "holding does not ask by itself")

    def test_two_orders_of_one_list_cannot_both_pass(self):
        orders = self._order(self.member, 600) | self._order(self.member, 600)
        orders.action_confirm()
        self.assertEqual(orders.mapped("state"), ["sale", "draft"])
        self.assertEqual(orders[1].hold_amount, 200)

    def test_orders_of_contacts_use_up_the_companys_credit(self):
        self._order(self._contact(self.member), 600).action_confirm()
        order = self._order(self.member, 600)
        order.action_confirm()
        self.assertEqual(order.hold_reason, "credit")

    def test_state_written_directly_is_refused(self):
        order = self._order(self.member, 1200)
        with self.assertRefused("200.00"):
            order.write({"state": "sale"})

    def test_order_created_as_confirmed_is_refused(self):
        with self.assertRefused("200.00"):
            self._order(self.member, 1200, state="sale")
        self.assertEqual(self._order(self.member, 1000, state="sale").state, "sale")

    def test_held_order_is_confirmed_once_there_is_room(self):
        invoice = self._invoice(self.member, 900, self.day)
        order = self._order(self.member, 500)
        order.action_confirm()
        self.assertEqual(order.hold_reason, "credit")
        self._pay(invoice, self.day)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.hold_reason)
        self.assertFalse(order.hold_amount)

    def test_cancelled_order_is_no_longer_on_hold(self):
        order = self._order(self.member, 1200)
        order.action_confirm()
        order.action_cancel()
        self.assertFalse(order.hold_reason)

    def test_confirming_again_says_nothing_twice(self):
        order = self._order(self.member, 1200)
        order.action_confirm()
        count = len(order.message_ids)
        order.action_confirm()
        self.assertEqual(len(order.message_ids), count)

    def test_off_and_warn_let_the_order_pass(self):
        for policy, told in (("off", False), ("warn", True)):
            with self.subTest(policy=policy):
                self.env.company.member_credit_policy = policy
                order = self._order(self.member, 5000)
                order.action_confirm()
                self.assertEqual(order.state, "sale")
                notes = [m for m in order.message_ids if "falls short" in (m.body or "")]
                self.assertEqual(bool(notes), told)

    def test_partner_that_is_no_member_is_not_checked(self):
        self.member.is_member = False
        order = self._order(self.member, 5000)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_policy_of_the_member_comes_before_that_of_its_tier(self):
        self.silver.write({"credit_policy": "none"})
        self.member.grade_id = self.silver
        self.member.credit_policy = False
        passing = self._order(self.member, 5000)
        passing.action_confirm()
        self.assertEqual(passing.state, "sale", "its tier is not checked")
        self.member.credit_policy = "limit"
        held = self._order(self.member, 1)
        held.action_confirm()
        self.assertEqual(held.hold_reason, "credit")

    def test_limit_without_a_policy_is_checked(self):
        self.member.credit_policy = False
        order = self._order(self.member, 1200)
        order.action_confirm()
        self.assertEqual(order.hold_reason, "credit")

    def test_prepaid_member_has_no_credit_but_what_it_paid(self):
        self.member.credit_policy = "prepaid"
        order = self._order(self.member, 300)
        order.action_confirm()
        self.assertEqual(order.hold_amount, 300)
        payment = self.env["account.payment"].create(
            {"payment_type": "inbound", "partner_id": self.member.id, "amount": 300}
        )
        payment.action_post()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_overdue_invoice_holds_whatever_the_limit(self):
        late = fields.Date.subtract(self.day, days=11)
        self._invoice(self.member, 50, late, invoice_date_due=late)
        for days, reason in ((0, False), (11, False), (10, "overdue")):
            with self.subTest(days=days):
                self.env.company.overdue_block_days = days
                order = self._order(self.member, 10)
                order.action_confirm()
                self.assertEqual(order.hold_reason, reason)
        self.assertEqual(order.hold_amount, 50)

    def test_paid_order_passes(self):
        order = self._order(self.member, 5000)
        self._transaction(order, 4999)
        order.action_confirm()
        self.assertEqual(order.hold_reason, "credit", "a part is not enough")
        self._transaction(order, 1, state="pending")
        order.action_confirm()
        self.assertEqual(order.hold_reason, "credit", "pending is not paid")
        self._transaction(order, 1)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def _transaction(self, order, amount, state="done"):
        return (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": self.env["payment.provider"].sudo().create({"name": "Test"}).id,
                    "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                    "amount": amount,
                    "currency_id": order.currency_id.id,
                    "partner_id": order.partner_id.id,
                    "reference": f"{order.name}-{amount}-{state}",
                    "state": state,
                    "sale_order_ids": [(6, 0, order.ids)],
                }
            )
        )
