from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestGateExposure(SupplierCommon):
    """What may be open with a supplier, by the credit record of its last approval."""

    def setUp(self):
        super().setUp()
        self.company.supplier_gate_policy = "block"
        self.product = self._product()
        self.supplier = self._supplier("Ashford")
        self._limit(100)

    def _limit(self, amount):
        record = self._qualification(self.supplier, credit_limit=amount)
        record._write_guarded({"state": "approved"})
        return record

    def _quotation(self, quantity):
        return self._order(self.supplier, {self.product: quantity}, confirm=False)

    def test_order_that_exceeds_the_limit_with_what_is_open_is_refused(self):
        self._quotation(6).button_confirm()
        order = self._quotation(5)
        self.assertIn("exposure limit", order.gate_message)
        with self.assertRaisesRegex(UserError, "exposure limit"):
            order.button_confirm()
        order.order_line.write({"product_qty": 4, "price_unit": 10})
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_what_has_come_is_no_longer_open(self):
        order = self._quotation(6)
        order.button_confirm()
        self._receive(order)
        self._quotation(10).button_confirm()

    def test_order_counts_itself_once_when_it_grows(self):
        order = self._quotation(6)
        order.button_confirm()
        order.order_line.write({"product_qty": 10, "price_unit": 10})
        with self.assertRaisesRegex(UserError, "exposure limit"), self.cr.savepoint():
            order.order_line.write({"product_qty": 11, "price_unit": 10})

    def test_no_limit_recorded_limits_nothing(self):
        self._limit(0)
        self._quotation(60).button_confirm()
        self._quotation(60).button_confirm()

    def test_orders_of_another_company_are_not_open_here(self):
        self._quotation(6).button_confirm()
        there = self.env["res.company"].create({"name": "There"})
        exposures = self.supplier._supplier_exposures(there)
        self.assertEqual(exposures[self.supplier.id][1], 0)

    def test_batch_of_orders_costs_no_query_each(self):
        def count(orders):
            self.env.flush_all()
            self.env.invalidate_all()
            orders.order_line.mapped("product_id.categ_id.parent_path")
            before = self.cr.sql_log_count
            orders._gate_reasons()
            return self.cr.sql_log_count - before

        few, many = (
            self.env["purchase.order"].union(*(self._quotation(1) for _n in range(size)))
            for size in (2, 12)
        )
        count(few)
        self.assertLessEqual(count(many), count(few))
