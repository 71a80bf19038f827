from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderCredit(OrderCommon):
    """Urgent orders have the credit first; what came back is no longer on order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.member_credit_policy = "block"
        cls.member.write({"credit_policy": "limit", "credit_limit": 1000})
        cls.shelf = cls._goods("Shelf", 100.0, route_ids=[Command.clear()])
        cls.day = fields.Date.today()

    def _ordered(self):
        gate = self.env["s2b2b.credit.gate"]
        return gate._get_exposures(self.member, self.company)[self.member.id]["ordered"]

    def test_payment_that_carries_one_of_two_held_orders_releases_the_urgent_one(self):
        invoice = self._invoice(self.member, 1000, self.day)
        normal = self._sale((self.shelf, 5))
        urgent = self._sale((self.shelf, 5), order_type=self.urgent_type)
        self.assertEqual({normal.hold_reason, urgent.hold_reason}, {"credit"})
        self._pay(invoice, self.day, urgent.amount_total)
        self.assertEqual((urgent.state, normal.state), ("sale", "draft"))
        self._pay(invoice, self.day, normal.amount_total)
        self.assertEqual(normal.state, "sale")

    def test_urgent_order_of_a_batch_is_confirmed_first(self):
        normal = self._sale((self.shelf, 6), confirm=False)
        urgent = self._sale((self.shelf, 6), order_type=self.urgent_type, confirm=False)
        (normal | urgent).action_confirm()
        self.assertEqual((urgent.state, normal.state), ("sale", "draft"))

    def _delivered(self, quantity=10):
        order = self._sale((self.shelf, quantity))
        self.assertEqual(self._ordered(), quantity * 100)
        self._transfer(order.picking_ids, quantity)
        return order

    def _transfer(self, picking, quantity):
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True)._action_done()

    def _return(self, picking, quantity):
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_ids=picking.ids, active_id=picking.id, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.write({"quantity": quantity, "to_refund": True})
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        self._transfer(back, quantity)
        return back

    def _invoiced(self, order):
        invoice = order._create_invoices(final=True)
        invoice.invoice_date = self.day
        invoice.action_post()
        return invoice

    def test_goods_returned_and_credited_are_no_longer_on_order(self):
        order = self._delivered()
        self._invoiced(order)
        self._return(order.picking_ids, 4)
        self.assertEqual(order.order_line.qty_delivered, 6)
        self.assertEqual(self._ordered(), 0)
        refund = self._invoiced(order)
        self.assertEqual(refund.move_type, "out_refund")
        self.assertEqual(self._ordered(), 0)
        self.assertEqual(self.member._credit_exposure()[self.member.id], 600)

    def test_goods_returned_before_they_were_invoiced_are_no_longer_on_order(self):
        order = self._delivered()
        self._return(order.picking_ids, 4)
        self.assertEqual(self._ordered(), 600)
        self._invoiced(order)
        self.assertEqual(self._ordered(), 0)

    def test_returned_goods_that_are_sent_again_count_once(self):
        order = self._delivered()
        back = self._return(order.picking_ids, 4)
        self._return(back, 4)
        self.assertEqual(order.order_line.qty_delivered, 10)
        self.assertEqual(self._ordered(), 1000)
        self._invoiced(order)
        self.assertEqual(self._ordered(), 0)

    def test_credit_of_what_was_invoiced_ahead_leaves_the_delivery_on_order(self):
        self.shelf.invoice_policy = "order"
        order = self._sale((self.shelf, 5))
        invoice = self._invoiced(order)
        self.assertEqual(self._ordered(), 0)
        invoice._reverse_moves([{"invoice_date": self.day}]).action_post()
        self.assertEqual(self._ordered(), 500)
