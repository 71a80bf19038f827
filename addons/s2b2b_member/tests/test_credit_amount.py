from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestCreditAmount(MemberCommon):
    """What an order needs of its member's credit: the same before and after it is confirmed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.member_credit_policy = "block"
        cls.member = cls._member(credit_policy="limit", credit_limit=1000)
        cls.product_a.write({"invoice_policy": "delivery", "type": "service"})

    def _ordered(self):
        gate = self.env["s2b2b.credit.gate"]
        return gate._get_exposures(self.member, self.env.company)[self.member.id]["ordered"]

    def _delivered(self, quantity=10, price=50):
        """A confirmed order of ``quantity``, delivered, invoiced and paid."""
        order = self._order(self.member, price)
        order.order_line.product_uom_qty = quantity
        order.order_line.price_unit = price
        order.action_confirm()
        order.order_line.qty_delivered = quantity
        invoice = order._create_invoices()
        invoice.invoice_date = fields.Date.today()
        invoice.action_post()
        self._pay(invoice, fields.Date.today())
        self.assertEqual(self.member._credit_exposure()[self.member.id], 0)
        return order, invoice

    def _refund(self, invoice, quantity):
        refund = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        refund.invoice_line_ids.quantity = quantity
        return refund

    def test_order_that_fits_by_its_total_passes_whatever_the_rounding_of_taxes(self):
        self.env.company.tax_calculation_rounding_method = "round_globally"
        tax = self.tax_sale_a.copy({"amount": 7, "name": "7%"})
        order = self._order(self.member, 1.07)
        order.order_line.tax_ids = tax
        line = {
            "product_id": self.product_a.id,
            "product_uom_qty": 1,
            "price_unit": 1.07,
            "tax_ids": [Command.set(tax.ids)],
        }
        order.write({"order_line": [Command.create(line) for _number in range(9)]})
        self.assertNotEqual(
            order.currency_id.compare_amounts(
                sum(order.order_line.mapped("price_total")), order.amount_total
            ),
            0,
            "the lines add up to something else",
        )
        for limit, state in ((order.amount_total - 0.01, "draft"), (order.amount_total, "sale")):
            self.member.credit_limit = limit
            self.assertEqual(bool(order.credit_preview), state == "draft")
            order.action_confirm()
            self.assertEqual(order.state, state)
            order.invalidate_recordset(["credit_preview"])
        self.assertEqual(self.member._credit_exposure()[self.member.id], order.amount_total)

    def test_goods_sent_back_and_credited_are_no_longer_on_order(self):
        order, invoice = self._delivered()
        order.order_line.qty_delivered = 6
        refund = self._refund(invoice, 4)
        self.assertEqual(self._ordered(), 0, "the credit note is a draft")
        refund.action_post()
        self.assertEqual(order.order_line.qty_invoiced, 6)
        self.assertEqual(self._ordered(), 0)

    def test_goods_credited_and_kept_count_until_they_are_invoiced_again(self):
        order, invoice = self._delivered()
        refund = self._refund(invoice, 4)
        self.assertEqual(self._ordered(), 0, "the credit note is a draft")
        refund.action_post()
        self.assertEqual(self._ordered(), 200)
        again = order._create_invoices()
        self.assertEqual(self._ordered(), 0)
        self.assertEqual(again.amount_total, 200)

    def test_service_whose_delivery_nobody_books_is_not_ordered_again_by_its_credit_note(self):
        self.product_a.invoice_policy = "order"
        order = self._order(self.member, 500)
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        self._refund(invoice, 1).action_post()
        self.assertEqual(order.order_line.qty_invoiced, 0)
        self.assertEqual(self._ordered(), 0)

    def test_what_is_still_to_be_delivered_counts_after_a_return_of_the_rest(self):
        order = self._order(self.member, 50)
        order.order_line.product_uom_qty = 10
        order.order_line.price_unit = 50
        order.action_confirm()
        order.order_line.qty_delivered = 6
        invoice = order._create_invoices()
        invoice.action_post()
        order.order_line.qty_delivered = 4
        self._refund(invoice, 2).action_post()
        self.assertEqual(self._ordered(), 200)

    def test_order_taken_up_again_counts_for_what_is_not_invoiced(self):
        order, _invoice = self._delivered()
        order._action_cancel()
        order.action_draft()
        self.member.credit_limit = 1
        self.assertFalse(order.credit_preview)
        order.action_confirm()
        self.assertEqual(order.state, "sale")
