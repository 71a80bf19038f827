from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestCreditExposure(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._member()
        cls.day = fields.Date.today()

    def _exposure(self, partner=None, company=None):
        partner = partner or self.member
        return partner.with_company(company or self.env.company)._credit_exposure()[partner.id]

    def _parts(self):
        gate = self.env["s2b2b.credit.gate"]
        return gate._get_exposures(self.member, self.env.company)[self.member.id]

    def _down_payment(self, order, amount):
        return (
            self.env["sale.advance.payment.inv"]
            .create(
                {
                    "advance_payment_method": "fixed",
                    "fixed_amount": amount,
                    "sale_order_ids": [Command.set(order.ids)],
                }
            )
            ._create_invoices(order)
        )

    def test_nothing_owed_is_zero(self):
        self.assertEqual(self._exposure(), 0)

    def test_open_invoices_count_until_they_are_paid(self):
        invoice = self._invoice(self.member, 1000, self.day)
        self.assertEqual(self._exposure(), 1000)
        self._pay(invoice, self.day, 400)
        self.assertEqual(self._exposure(), 600)
        self._pay(invoice, self.day)
        self.assertEqual(self._exposure(), 0)

    def test_credit_notes_and_payments_on_account_reduce_it(self):
        self._invoice(self.member, 1000, self.day)
        self._invoice(self.member, 300, self.day, kind="out_refund")
        payment = self.env["account.payment"].create(
            {"payment_type": "inbound", "partner_id": self.member.id, "amount": 200}
        )
        payment.action_post()
        self.assertEqual(self._exposure(), 500)

    def test_draft_invoices_count_and_draft_credit_notes_do_not(self):
        self._invoice(self.member, 1000, self.day, post=False)
        self._invoice(self.member, 300, self.day, kind="out_refund", post=False)
        self.assertEqual(self._parts()["drafts"], 1000)
        self.assertEqual(self._exposure(), 1000)

    def test_confirmed_orders_count_with_tax_and_quotations_do_not(self):
        order = self._order(self.member, 1000)
        order.order_line.tax_ids = self.tax_sale_a
        self.assertEqual(self._exposure(), 0)
        order.action_confirm()
        self.assertEqual(self._exposure(), order.amount_total)
        self.assertGreater(order.amount_total, 1000)

    def test_order_counts_whatever_its_invoicing_policy(self):
        self.product_a.invoice_policy = "delivery"
        self._order(self.member, 1000).action_confirm()
        self.assertEqual(self._exposure(), 1000)

    def test_what_is_invoiced_is_not_counted_twice(self):
        order = self._order(self.member, 100)
        order.order_line.product_uom_qty = 10
        order.order_line.price_unit = 100
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 4
        self.assertEqual((self._parts()["drafts"], self._parts()["ordered"]), (400, 600))
        invoice.invoice_date = self.day
        invoice.action_post()
        self.assertEqual(self._exposure(), 1000)

    def test_posted_down_payment_is_not_counted_twice(self):
        order = self._order(self.member, 1000)
        order.action_confirm()
        advance = self._down_payment(order, 300)
        advance.action_post()
        self.assertEqual(self._exposure(), 1000, "300 invoiced ahead and 700 to come")
        self._pay(advance, self.day)
        self.assertEqual(self._exposure(), 700)
        final = order._create_invoices(final=True)
        self.assertEqual(self._exposure(), 700, "the draft deducts what was invoiced ahead")
        final.action_post()
        self.assertEqual(self._exposure(), 700)

    def test_orders_in_another_currency_are_converted(self):
        currency = self.setup_other_currency("EUR", rates=[("2000-01-01", 2.0)])
        pricelist = self._tier_list("Euro", 0)
        pricelist.currency_id = currency
        order = self._order(self.member, 1000, pricelist_id=pricelist.id)
        order.action_confirm()
        self.assertEqual(self._exposure(), 500)

    def test_other_companies_are_kept_apart(self):
        data = self.setup_other_company(name="Second Company")
        self._invoice(self.member, 1000, self.day)
        self.assertEqual(self._exposure(company=data["company"]), 0)

    def test_contacts_share_the_exposure_of_their_company(self):
        contact = self._contact(self.member)
        self._order(contact, 400).action_confirm()
        self._invoice(contact, 100, self.day)
        self.assertEqual(self._exposure(), 500)
        self.assertEqual(self._exposure(contact), 500)

    def test_number_of_queries_does_not_grow_with_the_members(self):
        members = self.env["res.partner"].concat(*(self._member(f"M {i}") for i in range(8)))
        for member in members:
            self._order(member, 100).action_confirm()
        self.env.flush_all()
        members._credit_exposure()
        counts = []
        for some in (members[:1], members):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some._credit_exposure()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_available_is_what_limit_and_grants_leave(self):
        self.member.credit_limit = 1000
        self._invoice(self.member, 400, self.day)
        self.assertEqual(self.member.credit_available, 600)
        self.assertEqual(self.member.credit_use, 40)
        request = self.env["s2b2b.credit.request"].create(
            {"partner_id": self.member.id, "amount": 500}
        )
        request.action_approve()
        self.member.invalidate_recordset()
        self.assertEqual(self.member.credit_available, 1100)
        request.sudo().env.cr.execute(
            "UPDATE s2b2b_credit_request SET valid_until = %s WHERE id = %s",
            (fields.Date.subtract(self.day, days=1), request.id),
        )
        self.env.invalidate_all()
        self.assertEqual(self.member.credit_available, 600, "what was granted has run out")

    def test_credit_is_shown_in_the_currency_of_each_company(self):
        euro = self.setup_other_currency("EUR")
        other = self.env["res.company"].create({"name": "Euro Ltd", "currency_id": euro.id})
        here, there = (self.member.with_company(c) for c in (self.env.company, other))
        self.assertEqual(here.credit_currency_id, self.env.company.currency_id)
        self.assertEqual(there.credit_currency_id, euro)
