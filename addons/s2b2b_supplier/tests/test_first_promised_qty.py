from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestFirstPromisedQty(SupplierCommon):
    """What was promised counts, also where the order was cut or cancelled afterwards."""

    def setUp(self):
        super().setUp()
        self.supplier, self.product = self._supplier(), self._product()

    def _buy(self, promised=-10, **values):
        return self._order(
            self.supplier, {self.product: 10}, promised=self._day(promised), **values
        )

    def _rows(self, order):
        self.env.flush_all()
        rows = self.env["s2b2b.delivery.line"]
        rows.invalidate_model()
        return rows.search([("order_id", "=", order.id)])

    def test_nobody_writes_them(self):
        order = self._buy()
        line = order.order_line
        for record in (line, line.with_user(self.buyer), line.sudo()):
            with self.assertRaises(AccessError):
                record.first_promised_qty = 1
        for record in (order, order.with_user(self.buyer), order.sudo()):
            with self.assertRaises(AccessError):
                record.promise_cancelled_date = self._day(-50)
        with self.assertRaises(AccessError):
            order.write({"order_line": [Command.update(line.id, {"first_promised_qty": 1})]})

    def test_it_is_kept_in_the_products_unit_and_not_copied(self):
        order = self._buy(confirm=False)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertFalse(order.order_line.first_promised_qty)
        order.button_confirm()
        self.assertEqual(order.order_line.first_promised_qty, 120)
        self.assertFalse(order.copy().order_line.first_promised_qty)

    def test_line_added_later_has_its_own(self):
        order = self._buy()
        order.order_line = [Command.create({"product_id": self.product.id, "product_qty": 3})]
        self.assertEqual(order.order_line.mapped("first_promised_qty"), [10, 3])

    def test_cutting_a_line_to_what_came_does_not_make_it_whole(self):
        order = self._buy()
        self._receive(order, {self.product: 6}, day=self._day(-10))
        order.order_line.product_qty = 6
        row = self._rows(order)
        self.assertEqual((row.ordered_qty, row.received_qty, row.bought_qty), (10, 6, 6))
        self.assertEqual((row.on_time, row.in_full, row.otif), (0.6, 0, 0))

    def test_cutting_an_overdue_line_to_nothing_does_not_make_it_vanish(self):
        order = self._buy()
        order.order_line.product_qty = 0
        row = self._rows(order)
        self.assertEqual((row.ordered_qty, row.in_full, row.is_due), (10, 0, True))
        self.assertFalse(row.paid)

    def test_what_is_taken_off_before_anything_is_due_or_came_does_not_count(self):
        order = self._buy(promised=5)
        order.order_line.product_qty = 6
        self.assertEqual(order.order_line.first_promised_qty, 6)
        self._receive(order)
        self.assertEqual(self._rows(order).otif, 1)

    def test_what_is_taken_off_after_some_came_counts_before_the_day_as_well(self):
        order = self._buy(promised=5)
        self._receive(order, {self.product: 6})
        order.order_line.product_qty = 6
        self.assertEqual(order.order_line.first_promised_qty, 10)

    def test_what_is_added_was_not_promised(self):
        order = self._buy()
        self._receive(order, day=self._day(-10))
        order.order_line.product_qty = 20
        row = self._rows(order)
        self.assertEqual((row.ordered_qty, row.otif), (10, 1))
        self._receive(order)
        self.assertEqual(self._rows(order).received_qty, 20)

    def test_order_cancelled_when_overdue_was_not_delivered(self):
        order = self._buy()
        with freeze_time(self._day(-7)):
            order.button_cancel()
        row = self._rows(order)
        self.assertEqual((row.received_qty, row.in_full, row.days_late), (0, 0, 3))
        self.assertEqual(row.cancelled_date, self._day(-7))
        self.assertFalse(row.paid)
        order.button_draft()
        self.assertTrue(self._rows(order))

    def test_order_cancelled_in_time_does_not_count(self):
        for promised in (0, 1):
            with self.subTest(promised=promised):
                order = self._buy(promised=promised)
                order.button_cancel()
                with freeze_time(self._day(9)):
                    self.assertFalse(self._rows(order))

    def test_request_that_was_never_confirmed_does_not_count(self):
        order = self._buy(confirm=False)
        order.button_cancel()
        self.assertEqual(order.promise_cancelled_date, self.today)
        self.assertFalse(self._rows(order))

    def test_order_cancelled_in_time_and_once_more_later_does_not_count(self):
        order = self._buy(promised=2)
        order.button_cancel()
        order.button_draft()
        with freeze_time(self._day(9)):
            order.button_cancel()
            self.assertFalse(self._rows(order))

    def test_order_confirmed_again_is_measured_by_what_comes(self):
        order = self._buy()
        order.button_cancel()
        order.button_draft()
        order.button_confirm()
        self.assertFalse(order.promise_cancelled_date)
        self._receive(order, day=self._day(-10))
        self.assertEqual(self._rows(order).otif, 1)

    def test_cancelled_order_that_is_excluded_does_not_count(self):
        order = self._buy()
        order.button_cancel()
        exclusions = self.env["s2b2b.scorecard.exclusion"].with_user(self.supplier_manager)
        exclusions._exclude(order.order_line, "Their port was closed")
        card = self.env["s2b2b.scorecard"]._evaluate(self.supplier, self._day(-30), self._day(-1))
        self.assertFalse(any(card.line_ids.mapped("denominator")))

    def test_lines_of_before_are_measured_by_what_they_order(self):
        order = self._buy()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE purchase_order_line SET first_promised_qty = NULL WHERE id = %s",
            [order.order_line.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._rows(order).ordered_qty, 10)
        order.order_line.product_qty = 6
        self.assertEqual(self._rows(order).ordered_qty, 10)
