from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestCreditCurrency(MemberCommon):
    """Exposure and limits in other currencies, and of other companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.member_credit_policy = "block"
        cls.euro = cls.setup_other_currency("EUR", rates=[("2000-01-01", 2.0)])
        cls.member = cls._member(credit_policy="limit", credit_limit=10000)
        cls.day = fields.Date.today()

    def _part(self, name):
        gate = self.env["s2b2b.credit.gate"]
        return gate._get_exposures(self.member, self.env.company)[self.member.id][name]

    def _euro_order(self, amount):
        pricelist = self._tier_list("Euro", 0)
        pricelist.currency_id = self.euro
        return self._order(self.member, amount, pricelist_id=pricelist.id)

    def test_what_is_open_of_an_invoice_counts_in_the_companys_currency(self):
        invoice = self._invoice(self.member, 1000, self.day, currency_id=self.euro.id)
        self.assertEqual(self._part("due"), 500)
        self._pay(invoice, self.day, 400)
        self.assertEqual(self._part("due"), 300)

    def test_draft_invoice_counts_in_the_companys_currency(self):
        self._invoice(self.member, 1000, self.day, currency_id=self.euro.id, post=False)
        self.assertEqual(self._part("drafts"), 500)

    def test_down_payment_counts_in_the_companys_currency(self):
        order = self._euro_order(1000)
        order.action_confirm()
        advance = self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "fixed",
                "fixed_amount": 300,
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        invoice = advance._create_invoices(order)
        invoice.action_post()
        self.assertEqual(invoice.currency_id, self.euro)
        self.assertEqual((self._part("ordered"), self._part("down_payments")), (500, -150))
        self.assertEqual(self.member._credit_exposure()[self.member.id], 500)

    def test_order_in_another_currency_meets_the_limit_in_the_companys(self):
        self.member.credit_limit = 500
        for amount, state in ((1001, "draft"), (1000, "sale")):
            with self.subTest(amount=amount):
                order = self._euro_order(amount)
                order.action_confirm()
                self.assertEqual(order.state, state)

    def test_limit_of_a_tier_is_checked_in_the_currency_of_each_company(self):
        other = self.env["res.company"].create({"name": "Euro Ltd", "currency_id": self.euro.id})
        self.env["res.currency.rate"].create(
            {
                "name": "2000-01-01",
                "currency_id": self.env.company.currency_id.id,
                "company_id": other.id,
                "rate": 0.5,
            }
        )
        self.member.write({"credit_policy": False, "credit_limit": 0})
        self.gold.write({"credit_policy": "limit", "credit_limit": 1000})
        self.member.grade_id = self.gold
        limits = [
            self.env["s2b2b.credit.gate"]._prepare_accounts(self.member, c)[self.member.id].limit
            for c in (self.env.company, other)
        ]
        self.assertEqual(limits, [100000, 200000])

    def test_each_company_checks_its_own_limit(self):
        data = self.setup_other_company(name="Second Company")
        other = data["company"]
        other.member_credit_policy = "block"
        self.member.with_company(other).write({"credit_policy": "limit", "credit_limit": 100})
        self._order(self.member, 9000).action_confirm()
        self.assertEqual(self.member.with_company(other)._credit_exposure()[self.member.id], 0)
        order = self._order(self.member, 101, company_id=other.id)
        order.action_confirm()
        self.assertEqual((order.hold_reason, order.hold_amount), ("credit", 1))

    def test_amount_raised_after_confirmation_is_counted_for_the_next_order(self):
        order = self._order(self.member, 9000)
        order.action_confirm()
        order.order_line.price_unit = 18000
        self.assertEqual(order.state, "sale", "the check is at the step into sale")
        self.assertEqual(self._part("ordered"), 18000)
        another = self._order(self.member, 1)
        another.action_confirm()
        self.assertEqual(another.hold_reason, "credit")
