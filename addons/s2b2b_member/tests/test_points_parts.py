from odoo.tests import tagged

from .test_points_earning import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsParts(PointsCommon):
    """An order invoiced in parts earns what it would have earned at once; paying on time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gold.points_multiplier = 1
        cls.product_a.write({"invoice_policy": "delivery", "type": "service"})

    def _part_invoices(self, price, parts):
        """Posted invoices of one order, one piece each."""
        order = self._order(self.member, price)
        order.order_line.product_uom_qty = parts
        order.order_line.price_unit = price
        order.action_confirm()
        invoices = []
        for delivered in range(1, parts + 1):
            order.order_line.qty_delivered = delivered
            invoice = order._create_invoices()
            invoice.action_post()
            invoices.append(invoice)
        return invoices

    def _points(self, *invoices):
        return [
            sum(self._of().filtered(lambda e, i=i: e.move_id == i).mapped("quantity"))
            for i in invoices
        ]

    def test_two_half_invoices_earn_what_one_would_have_earned(self):
        first, second = self._part_invoices(1.5, 2)
        self._pay(first, first.invoice_date)
        self.assertEqual(self._balance(), 1)
        self._pay(second, second.invoice_date)
        self.assertEqual(self._balance(), 3)
        self.assertEqual(self._points(first, second), [1, 2])

    def test_rest_goes_to_the_invoice_that_is_paid_last(self):
        first, second = self._part_invoices(1.5, 2)
        self._pay(second, first.invoice_date)
        self._pay(first, first.invoice_date)
        self.assertEqual(self._points(first, second), [2, 1])
        (first | second)._follow_points()
        self.assertEqual(self._points(first, second), [2, 1], "what is right stays")

    def test_credited_part_takes_back_so_that_the_rest_is_right(self):
        first, second, third = self._part_invoices(1.5, 3)
        for invoice in (first, second, third):
            self._pay(invoice, invoice.invoice_date)
        self.assertEqual(self._balance(), 4)
        self._credit(second)
        self.assertEqual(self._balance(), 3)
        self._undo_payment(first)
        self.assertEqual(self._balance(), 1)

    def test_invoices_of_different_orders_are_rounded_by_themselves(self):
        for _number in range(2):
            (invoice,) = self._part_invoices(1.5, 1)
            self._pay(invoice, invoice.invoice_date)
        self.assertEqual(self._balance(), 2)

    def test_paying_on_time_gives_nothing_unless_the_company_says_so(self):
        self._paid_invoice(1000)
        self.assertEqual(self._balance(), 1000)

    def test_invoice_paid_when_it_is_due_gives_the_points_once(self):
        self.company.points_on_time = 40
        invoice = self._invoice(self.member, 1000, "2026-06-01", invoice_date_due="2026-06-15")
        self._pay(invoice, "2026-06-10", 400)
        self.assertFalse(self._of())
        self._pay(invoice, "2026-06-15")
        self.assertEqual(self._balance(), 1040)
        self._undo_payment(invoice)
        self._pay(invoice, "2026-06-15")
        self.assertEqual(self._balance(), 1040)
        entry = self._of().filtered(lambda e: e.kind == "activity")
        self.assertIn(f"on_time:{invoice.id}", entry.key)
        self.assertIn(invoice.name, entry.name)

    def test_invoice_paid_late_gives_none(self):
        self.company.points_on_time = 40
        invoice = self._invoice(self.member, 1000, "2026-06-01", invoice_date_due="2026-06-15")
        self._pay(invoice, "2026-06-10", 400)
        self._pay(invoice, "2026-06-16")
        self.assertEqual(self._balance(), 1000)

    def test_company_of_no_member_gets_none_for_paying_on_time(self):
        self.company.points_on_time = 40
        self.member.is_member = False
        self._paid_invoice(1000)
        self.assertFalse(self._of())
