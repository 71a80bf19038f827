from odoo.tests import tagged

from .test_points_earning import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsRefund(PointsCommon):
    """Points spent on an order come back as far as it is credited."""

    def setUp(self):
        super().setUp()
        self.company.points_rate = 0
        self.entries._points_grant(self.member, 500, "Trade fair", "fair")
        self.expiry = self._of().expiry_date
        self.order = self._reward_order()
        self.order.action_confirm()
        self.assertEqual(self._balance(), 0)
        self.order.order_line.filtered("product_id").qty_delivered = 1
        self.invoice = self.order._create_invoices()
        self.invoice.action_post()
        self.assertEqual(self.invoice.amount_total, 950)

    def _refund(self, share=1.0, post=True):
        refund = self.invoice._reverse_moves([{"invoice_date": self.invoice.invoice_date}])
        for line in refund.invoice_line_ids:
            line.quantity *= share
        if post:
            refund.action_post()
        return refund

    def test_draft_credit_note_gives_nothing_back(self):
        self._refund(post=False)
        self.assertEqual(self._balance(), 0)

    def test_credit_note_gives_the_same_points_back_with_their_last_day(self):
        refund = self._refund()
        self.assertEqual(self._balance(), 500)
        left = self._of().filtered("remaining")
        self.assertEqual((left.kind, left.expiry_date), ("activity", self.expiry))
        refund._follow_points()
        self.invoice._follow_points()
        self.assertEqual(self._balance(), 500)

    def test_part_that_is_credited_gives_its_share_back(self):
        self._refund(0.3)
        self.assertEqual(self._balance(), 150)
        self._refund(0.7)
        self.assertEqual(self._balance(), 500)

    def test_credit_note_taken_back_spends_the_points_again(self):
        refund = self._refund(0.4)
        self.assertEqual(self._balance(), 200)
        refund.button_draft()
        self.assertEqual(self._balance(), 0)
        refund.button_cancel()
        self.assertEqual(self._balance(), 0)

    def test_corrected_invoice_keeps_the_points_spent(self):
        self._refund()
        again = self.order._create_invoices()
        self.assertEqual(self._balance(), 500)
        again.action_post()
        self.assertEqual(again.amount_total, 950)
        self.assertEqual(self._balance(), 0)

    def test_order_cancelled_after_a_credit_note_gives_the_rest_back(self):
        self._refund(0.4)
        self.order._action_cancel()
        self.assertEqual(self._balance(), 500)

    def test_gift_comes_back_by_its_quantity(self):
        self.entries._points_grant(self.member, 400, "Another fair", "fair2")
        order = self._gift_order(400)
        order.action_confirm()
        self.assertEqual(self._balance(), 0)
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.action_post()
        invoice._reverse_moves([{"invoice_date": invoice.invoice_date}]).action_post()
        self.assertEqual(self._balance(), 400)
