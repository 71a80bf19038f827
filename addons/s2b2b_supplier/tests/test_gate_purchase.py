from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestGatePurchase(SupplierCommon):
    """Every way into a confirmed order, and back into the product's sellers."""

    def setUp(self):
        super().setUp()
        self.company.supplier_gate_policy = "block"
        self.product = self._product()
        self.suspended = self._supplier("Stopped", status="suspended")

    def _quotation(self, supplier=None):
        return self._order(supplier or self.suspended, {self.product: 3}, confirm=False)

    def test_confirmation_is_refused_with_the_reason(self):
        order = self._quotation()
        with self.assertRaisesRegex(UserError, "Stopped is suspended"):
            order.button_confirm()
        self.assertEqual(order.state, "draft")

    def test_approval_and_written_state_are_refused_as_well(self):
        order = self._quotation()
        for way in (
            order.button_approve,
            lambda: order.write({"state": "purchase"}),
            lambda: order.copy({"state": "purchase"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                way()
        self.assertFalse(order.picking_ids)

    def test_creating_a_confirmed_order_is_refused(self):
        with self.assertRaises(UserError):
            self._order(self.suspended, {self.product: 1}, confirm=False, state="purchase")

    def test_supplier_suspended_while_the_order_waits_for_approval(self):
        supplier = self._supplier("Later stopped")
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 1})
        order = self._quotation(supplier).with_user(self.buyer)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        supplier._supplier_suspend("Fire")
        with self.assertRaises(UserError):
            order.with_user(self.env.user).button_approve()

    def test_warning_lets_the_order_pass_and_logs_it(self):
        self.company.supplier_gate_policy = "warn"
        order = self._quotation()
        self.assertIn("suspended", order.gate_message)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertTrue(order.message_ids.filtered(lambda m: "suspended" in (m.body or "")))

    def test_unfit_vendor_does_not_become_a_seller_again(self):
        for policy in ("warn", "block"):
            with self.subTest(policy=policy):
                self.company.supplier_gate_policy = policy
                order = self._quotation()
                if policy == "block":
                    order._override_gate("Last one")
                order.button_confirm()
                self.assertNotIn(self.suspended, self.product.seller_ids.partner_id)

    def test_fit_vendor_becomes_a_seller_as_in_core(self):
        supplier = self._supplier()
        self._quotation(supplier).button_confirm()
        self.assertIn(supplier, self.product.seller_ids.partner_id)

    def test_amount_of_the_order_decides_over_a_conditional_supplier(self):
        supplier = self._supplier(status="conditional", supplier_max_amount=29)
        order = self._quotation(supplier)
        with self.assertRaises(UserError):
            order.button_confirm()
        order.order_line.product_qty = 2
        order.order_line.price_unit = 10
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_off_changes_nothing(self):
        self.company.supplier_gate_policy = "off"
        order = self._quotation()
        self.assertFalse(order.gate_message)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertIn(self.suspended, self.product.seller_ids.partner_id)

    def test_off_costs_no_query(self):
        self.company.supplier_gate_policy = "off"
        order = self._quotation()
        order._gate_reasons()
        with self.assertQueryCount(0):
            self.assertFalse(order._gate_reasons())
            self.assertFalse(order._gate_error())

    def test_grade_that_blocks_is_unfit_and_one_that_warns_is_shown(self):
        supplier = self._supplier("Graded")
        grade = self.env["s2b2b.supplier.grade"].search([], limit=1)
        supplier._write_guarded({"supplier_grade_id": grade.id})
        grade.purchase_policy = "warn"
        order = self._quotation(supplier)
        self.assertIn(grade.name, order.gate_message)
        grade.purchase_policy = "block"
        with self.assertRaises(UserError):
            order.button_confirm()
