from odoo.fields import Command
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestCreditPaidAhead(MemberCommon):
    """What is paid for an order carries this order, in its currency, and no other one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.member_credit_policy = "block"
        cls.member = cls._member(credit_policy="prepaid")

    def _transaction(self, orders, amount, currency=None, posted=True):
        payment = self.env["account.payment"]
        if posted:
            payment = payment.create(
                {"payment_type": "inbound", "partner_id": self.member.id, "amount": amount}
            )
        provider = self.env["payment.provider"].sudo().create({"name": "Test"})
        transaction = (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": provider.id,
                    "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                    "amount": amount,
                    "currency_id": (currency or orders.currency_id).id,
                    "partner_id": self.member.id,
                    "reference": f"{orders[:1].name}-{amount}",
                    "state": "done",
                    "sale_order_ids": [Command.set(orders.ids)],
                    "payment_id": payment.id,
                }
            )
        )
        payment.action_post()
        return transaction

    def _states(self, *orders):
        return [order.state for order in orders]

    def test_payment_of_one_order_does_not_carry_another(self):
        paid, other = self._order(self.member, 5000), self._order(self.member, 5000)
        self._transaction(paid, 5000)
        self.assertTrue(other.credit_preview)
        other.action_confirm()
        self.assertEqual((other.hold_reason, other.hold_amount), ("credit", 5000))
        with self.assertRefused("5,000.00"):
            other.write({"state": "sale"})
        paid.action_confirm()
        other.action_confirm()
        self.assertEqual(self._states(paid, other), ["sale", "draft"])

    def test_batch_confirms_the_paid_order_only(self):
        other, paid = self._order(self.member, 5000), self._order(self.member, 5000)
        self._transaction(paid, 5000)
        (other | paid).action_confirm()
        self.assertEqual(self._states(other, paid), ["draft", "sale"])
        with self.assertRefused("5,000.00"):
            other.write({"state": "sale"})

    def test_money_that_came_for_no_order_carries_one_of_them(self):
        self.env["account.payment"].create(
            {"payment_type": "inbound", "partner_id": self.member.id, "amount": 5000}
        ).action_post()
        one, other = self._order(self.member, 5000), self._order(self.member, 5000)
        (one | other).action_confirm()
        self.assertEqual(self._states(one, other), ["sale", "draft"])

    def test_money_of_a_cancelled_order_is_free_again(self):
        paid, other = self._order(self.member, 5000), self._order(self.member, 5000)
        self._transaction(paid, 5000)
        paid._action_cancel()
        other.action_confirm()
        self.assertEqual(other.state, "sale")

    def test_more_than_the_order_costs_is_free_for_others(self):
        paid, other = self._order(self.member, 5000), self._order(self.member, 200)
        self._transaction(paid, 5200)
        other.action_confirm()
        self.assertEqual(other.state, "sale")

    def test_transaction_not_yet_in_the_books_covers_its_order_only(self):
        paid, other = self._order(self.member, 300), self._order(self.member, 1)
        self._transaction(paid, 300, posted=False)
        (paid | other).action_confirm()
        self.assertEqual(self._states(paid, other), ["sale", "draft"])

    def test_transaction_in_another_currency_is_converted_at_the_date_of_the_order(self):
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 2), ("2026-03-01", 4)])
        for amount, covered in ((1999, False), (2000, True)):
            with self.subTest(amount=amount):
                order = self._order(self.member, 1000, date_order="2026-02-01 12:00:00")
                self._transaction(order, amount, euro, posted=False)
                self.assertEqual(order._is_paid_ahead(), covered)

    def test_transaction_for_two_orders_covers_them_together_or_not_at_all(self):
        for amount, covered in ((1000, False), (1499, False), (1500, True)):
            with self.subTest(amount=amount):
                orders = self._order(self.member, 1000) | self._order(self.member, 500)
                self._transaction(orders, amount, posted=False)
                self.assertEqual([o._is_paid_ahead() for o in orders], [covered, covered])

    def test_transaction_for_two_orders_carries_no_third_one(self):
        orders = self._order(self.member, 1000) | self._order(self.member, 500)
        third = self._order(self.member, 100)
        self._transaction(orders, 1500)
        third.action_confirm()
        orders.action_confirm()
        third.action_confirm()
        self.assertEqual(self._states(*orders, third), ["sale", "sale", "draft"])

    def test_unpaid_orders_never_exceed_the_limit_whatever_is_confirmed_in_between(self):
        self.member.write({"credit_policy": "limit", "credit_limit": 1000})
        orders = [self._order(self.member, amount) for amount in (600, 5000, 500, 700, 400)]
        self._transaction(orders[1], 5000)
        for order in (orders[0], orders[2], orders[1], orders[3], orders[4]):
            order.action_confirm()
        self.assertEqual(self._states(*orders), ["sale", "sale", "draft", "draft", "sale"])
        self.assertEqual(self.member._credit_exposure(), {self.member.id: 1000})

    def test_payment_releases_what_it_was_made_for(self):
        order, other = self._order(self.member, 300), self._order(self.member, 300)
        (order | other).action_confirm()
        self._transaction(other, 300)
        self.assertEqual(self._states(order, other), ["draft", "sale"])
