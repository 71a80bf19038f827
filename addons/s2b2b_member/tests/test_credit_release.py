from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestCreditRelease(MemberCommon):
    """Whatever frees credit confirms the orders that wait for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.member_credit_policy = "block"
        cls.member = cls._member(credit_limit=1000, credit_policy="limit")
        cls.day = fields.Date.today()
        cls.cron = cls.env.ref("s2b2b_member.cron_release_holds")

    def _held(self, amount=500, **vals):
        order = self._order(self.member, amount, **vals)
        order.action_confirm()
        self.assertEqual(order.hold_reason, "credit")
        return order

    def _run(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _bank_line(self, amount):
        """A line of a bank statement that is known to come from the member."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": self.day,
                "payment_ref": "Transfer",
                "partner_id": self.member.id,
                "amount": amount,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.member.property_account_receivable_id
        return suspense

    def test_bank_line_of_a_prepaid_member_releases_its_order(self):
        self.member.credit_policy = "prepaid"
        order, larger = self._held(300), self._held(400)
        self._bank_line(300)
        self._run()
        self.assertEqual((order.state, larger.state), ("sale", "draft"))
        self.assertEqual(larger.hold_amount, 400)

    def test_part_of_an_invoice_that_the_bank_brings_releases_what_it_carries(self):
        invoice = self._invoice(self.member, 900, self.day)
        small, large = self._held(300), self._held(800)
        paid = self._bank_line(300)
        owed = invoice.line_ids.filtered(lambda line: line.account_id == paid.account_id)
        self.env["account.move.line"]._reconcile_plan([paid + owed])
        self.assertEqual(invoice.payment_state, "partial")
        self._run()
        self.assertEqual((small.state, large.state), ("sale", "draft"))
        self.assertEqual(large.hold_amount, 700, "what is missing by now")

    def test_raised_limit_releases(self):
        order = self._held(1500)
        self.member.credit_limit = 1400
        self._run()
        self.assertEqual((order.state, order.hold_amount), ("draft", 100))
        self.member.credit_limit = 1500
        self._run()
        self.assertEqual(order.state, "sale")

    def test_higher_tier_releases(self):
        self.gold.write({"credit_policy": "limit", "credit_limit": 5000})
        self.member.write({"credit_policy": False, "credit_limit": 0, "grade_id": self.normal.id})
        self.normal.credit_policy = "prepaid"
        order = self._held(1500)
        self.member.grade_id = self.gold
        self._run()
        self.assertEqual(order.state, "sale")

    def test_cancelled_order_releases_another(self):
        first = self._order(self.member, 800)
        first.action_confirm()
        order = self._held(500)
        first._action_cancel()
        self._run()
        self.assertEqual(order.state, "sale")

    def test_payment_in_another_company_releases_nothing_here(self):
        data = self.setup_other_company(name="Second Company")
        self.member.with_company(data["company"]).write(
            {"credit_policy": "limit", "credit_limit": 1000}
        )
        data["company"].member_credit_policy = "block"
        order = self._held(1200)
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.member.id,
                "amount": 5000,
                "journal_id": data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        self._run()
        self.assertEqual((order.state, order.hold_amount), ("draft", 200))

    def test_nothing_that_changed_says_nothing_and_asks_nobody_again(self):
        self.env.company.member_credit_policy = "approve"
        order = self._held(1500)
        order.credit_request_ids._refuse("Pay first")
        count = len(order.message_ids)
        self._run()
        self.member.credit_limit = 1100
        self._run()
        self.assertEqual(order.hold_amount, 400)
        self.assertEqual(len(order.credit_request_ids), 1)
        self._run()
        self.assertEqual(len(order.message_ids), count + 1)

    def test_order_that_lacks_something_else_says_so_once_and_stops_no_other(self):
        order, other = self._held(1200), self._held(1100)
        self.member.credit_limit = 5000
        confirm, failure = type(order)._action_confirm, UserError("No stock")

        def fail_for_one(orders):
            if order in orders:
                raise failure
            return confirm(orders)

        with patch.object(type(order), "_action_confirm", fail_for_one):
            self._run()
            self._run()
        self.assertEqual((order.state, other.state), ("draft", "sale"))
        said = [m for m in order.message_ids if "No stock" in (m.body or "")]
        self.assertEqual(len(said), 1)

    def test_queries_do_not_grow_with_the_orders_that_stay_on_hold(self):
        for _number in range(3):
            self._held(1200)
        orders = self.env["sale.order"]
        counts = []
        for _time in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertFalse(orders._find_held(self.env.company, self.member)._update_holds())
            counts.append(self.cr.sql_log_count - before)
            for _number in range(5):
                self._held(1200)
        self.assertLessEqual(counts[1], counts[0] + 2)
