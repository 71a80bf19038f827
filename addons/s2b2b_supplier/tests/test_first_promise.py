from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestFirstPromise(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.supplier, self.product = self._supplier(), self._product()

    def test_confirmation_keeps_the_promised_day(self):
        order = self._order(self.supplier, {self.product: 1}, promised=self._day(5), confirm=False)
        self.assertFalse(order.order_line.first_promised_date)
        order.button_confirm()
        self.assertEqual(order.order_line.first_promised_date, self._day(5))

    def test_every_way_into_confirmation_keeps_it(self):
        for way in ("button_approve", "write", "create"):
            with self.subTest(way=way):
                values = {"state": "purchase"} if way == "create" else {}
                order = self._order(
                    self.supplier,
                    {self.product: 1},
                    promised=self._day(5),
                    confirm=False,
                    **values,
                )
                if way == "write":
                    order.write({"state": "purchase"})
                elif way == "button_approve":
                    order.button_approve()
                self.assertEqual(order.order_line.first_promised_date, self._day(5))

    def test_postponing_moves_the_date_but_not_the_promise(self):
        line = self._order(self.supplier, {self.product: 1}, promised=self._day(5)).order_line
        line.date_planned += timedelta(days=30)
        line.order_id._update_date_planned_for_lines([(line, line.date_planned)])
        self.env.flush_all()
        self.assertEqual(line.first_promised_date, self._day(5))

    def test_date_moved_in_the_same_transaction_comes_too_late(self):
        order = self._order(self.supplier, {self.product: 1}, promised=self._day(5))
        order.order_line.date_planned += timedelta(days=30)
        self.assertEqual(order.order_line.first_promised_date, self._day(5))

    def test_day_on_which_the_supplier_is_closed_is_moved_behind_it(self):
        self.supplier.write(
            {"supplier_closed_from": self._day(3), "supplier_closed_to": self._day(7)}
        )
        for planned, promised in ((2, 2), (3, 8), (7, 8), (8, 8)):
            with self.subTest(planned=planned):
                order = self._order(self.supplier, {self.product: 1}, promised=self._day(planned))
                self.assertEqual(order.order_line.first_promised_date, self._day(promised))

    def test_days_announced_afterwards_do_not_move_the_promise(self):
        line = self._order(self.supplier, {self.product: 1}, promised=self._day(5)).order_line
        self.supplier.write(
            {"supplier_closed_from": self._day(3), "supplier_closed_to": self._day(7)}
        )
        self.assertEqual(line.first_promised_date, self._day(5))

    def test_nobody_writes_it(self):
        line = self._order(self.supplier, {self.product: 1}, promised=self._day(5)).order_line
        for record in (line, line.with_user(self.buyer), line.sudo()):
            with self.assertRaises(AccessError):
                record.first_promised_date = self._day(50)
        with self.assertRaises(AccessError):
            line.order_id.write(
                {"order_line": [Command.update(line.id, {"first_promised_date": self._day(50)})]}
            )

    def test_line_added_later_has_its_own_promise(self):
        order = self._order(self.supplier, {self.product: 1}, promised=self._day(5))
        order.order_line = [
            Command.create(
                {
                    "product_id": self._product("Chutney").id,
                    "product_qty": 1,
                    "date_planned": fields.Datetime.to_datetime(self._day(9)),
                }
            )
        ]
        self.assertEqual(
            order.order_line.mapped("first_promised_date"), [self._day(5), self._day(9)]
        )

    def test_confirming_again_keeps_the_first_promise(self):
        order = self._order(self.supplier, {self.product: 1}, promised=self._day(5))
        order.button_cancel()
        order.button_draft()
        order.order_line.date_planned += timedelta(days=30)
        order.button_confirm()
        self.assertEqual(order.order_line.first_promised_date, self._day(5))

    def test_copy_starts_without_a_promise(self):
        order = self._order(self.supplier, {self.product: 1}, promised=self._day(5))
        self.assertFalse(order.copy().order_line.first_promised_date)

    def test_day_is_the_one_of_the_companys_time_zone(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        order = self._order(self.supplier, {self.product: 1}, confirm=False)
        order.order_line.date_planned = "2030-05-01 20:00:00"
        order.button_confirm()
        self.assertEqual(str(order.order_line.first_promised_date), "2030-05-02")
