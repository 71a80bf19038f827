from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestCreditRequest(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.member_credit_policy = "approve"
        cls.member = cls._member(credit_limit=1000, credit_policy="limit")
        cls.order = cls._order(cls.member, 1200)
        cls.order.action_confirm()
        cls.request = cls.order.credit_request_ids
        cls.clerk = new_test_user(
            cls.env,
            "clerk",
            groups="s2b2b_member.group_user,sales_team.group_sale_salesman_all_leads",
            company_id=cls.env.company.id,
        )

    def test_held_order_asks_for_what_is_missing(self):
        self.assertEqual(self.order.hold_reason, "credit")
        self.assertRecordValues(
            self.request,
            [{"partner_id": self.member.id, "amount": 200, "state": "submitted"}],
        )
        self.assertTrue(self.request.activity_ids)

    def test_confirming_again_asks_once(self):
        self.order.order_line.price_unit = 1300
        self.order.action_confirm()
        self.assertEqual(len(self.order.credit_request_ids), 1)

    def test_approved_credit_releases_the_order(self):
        self.request.action_approve()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(self.request.decided_by_id, self.env.user)
        self.assertFalse(self.request.activity_ids)

    def test_approved_credit_releases_only_what_it_carries(self):
        self.request.amount = 150
        self.request.action_approve()
        self.assertEqual(self.order.state, "draft")
        self.assertEqual(self.order.hold_amount, 50)

    def test_refused_credit_leaves_the_order_on_hold(self):
        self.request._refuse("Pay first")
        self.assertEqual(self.order.hold_reason, "credit")
        self.assertEqual(self.request.state, "refused")

    def test_decided_request_cannot_be_changed_or_decided_again(self):
        self.request._refuse("Pay first")
        with self.assertRaises(UserError):
            self.request.action_approve()
        with self.assertRaises(UserError):
            self.request.amount = 9999
        for name, value in (
            ("valid_until", fields.Date.today()),
            ("order_id", False),
            ("decided_by_id", self.clerk.id),
            ("decided_at", "2026-01-01 00:00:00"),
        ):
            with self.subTest(field=name), self.assertRaises(UserError):
                self.request[name] = value

    def test_nobody_writes_who_has_decided(self):
        request = self.request.create(
            {"partner_id": self.member.id, "amount": 10, "decided_by_id": self.clerk.id}
        )
        request.decided_by_id = self.clerk
        self.assertFalse(request.decided_by_id)
        request.write({"state": "approved", "decided_by_id": self.clerk.id})
        self.assertEqual(request.decided_by_id, self.env.user)
        self.assertTrue(request.decided_at)

    def test_order_that_lacks_something_else_does_not_undo_the_approval(self):
        self.request.amount = 1200
        other = self._order(self.member, 900)
        other.action_confirm()
        confirm, failure = type(other)._action_confirm, UserError("No stock")

        def fail_for_one(orders):
            if self.order in orders:
                raise failure
            return confirm(orders)

        with patch.object(type(other), "_action_confirm", fail_for_one):
            self.request.action_approve()
        self.assertEqual(self.request.state, "approved")
        self.assertEqual((self.order.state, other.state), ("draft", "sale"))
        self.assertIn("No stock", self.order.message_ids[0].body)

    def test_request_is_for_the_company_of_a_contact(self):
        request = self.env["s2b2b.credit.request"].create(
            {"partner_id": self._contact(self.member).id, "amount": 10}
        )
        self.assertEqual(request.partner_id, self.member)
        other = self._member("Other Member")
        request.partner_id = self._contact(other)
        self.assertEqual(request.partner_id, other)

    def test_user_asks_but_does_not_decide(self):
        request = (
            self.env["s2b2b.credit.request"]
            .with_user(self.clerk)
            .create({"partner_id": self.member.id, "amount": 10})
        )
        for decide in (request.action_approve, request.action_refuse):
            with self.assertRaises(AccessError):
                decide()
        with self.assertRaises(AccessError):
            request._refuse("No")
        with self.assertRaises(AccessError):
            request.state = "approved"
        with self.assertRaises(UserError):
            request.create({"partner_id": self.member.id, "amount": 10, "state": "approved"})
