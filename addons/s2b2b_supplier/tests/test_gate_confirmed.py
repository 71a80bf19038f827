from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestGateConfirmed(SupplierCommon):
    """What is added to a confirmed order passes the gate as well."""

    def setUp(self):
        super().setUp()
        self.company.supplier_gate_policy = "block"
        self.product, self.other = self._product(), self._product("Jam")
        self.supplier = self._supplier("Ashford")
        self.order = self._order(self.supplier, {self.product: 5})
        self.line = self.order.order_line

    def _refused(self, change, text="Ashford is suspended"):
        with self.assertRaisesRegex(UserError, text), self.cr.savepoint():
            change()
        self.env.invalidate_all()

    def _raises(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        line = {"product_id": self.other.id, "product_qty": 1, "price_unit": 1}
        return {
            "quantity": lambda: self.line.write({"product_qty": 6}),
            "price": lambda: self.line.write({"price_unit": 10.5}),
            "unit": lambda: self.line.write({"product_uom_id": dozen.id}),
            "product": lambda: self.line.write({"product_id": self.other.id, "price_unit": 1}),
            "command": lambda: self.order.write({"order_line": [Command.create(line)]}),
            "line": lambda: self.env["purchase.order.line"].create(
                {**line, "order_id": self.order.id}
            ),
        }

    def test_more_of_a_suspended_supplier_is_refused(self):
        self.supplier._supplier_suspend("Fire")
        for name, change in self._raises().items():
            with self.subTest(change=name):
                self._refused(change)

    def test_less_discount_is_more(self):
        self.line.discount = 20
        self.supplier._supplier_suspend("Fire")
        self._refused(lambda: self.line.write({"discount": 10}))
        self.line.discount = 30

    def test_less_is_never_refused(self):
        self.supplier._supplier_suspend("Fire")
        self.line.write({"product_qty": 4, "price_unit": 10})
        self.line.price_unit = 9
        self.line.name = "Another text"
        self.order.order_line = [
            Command.create({"display_type": "line_note", "name": "Note", "product_qty": 0})
        ]
        self.assertEqual(self.line.product_qty, 4)

    def test_line_moved_into_a_confirmed_order_is_refused(self):
        draft = self._order(self.supplier, {self.other: 1}, confirm=False)
        self.supplier._supplier_suspend("Fire")
        self._refused(lambda: draft.order_line.write({"order_id": self.order.id}))

    def test_category_and_amount_hold_after_the_confirmation(self):
        food, tools = self._category("Food"), self._category("Tools")
        self.product.categ_id, self.other.categ_id = food, tools
        limited = self._supplier(
            "Limited", "conditional", supplier_max_amount=60, supplier_category_ids=food.ids
        )
        order = self._order(limited, {self.product: 5})
        line = {"product_id": self.other.id, "product_qty": 1, "price_unit": 1}
        self._refused(
            lambda: order.write({"order_line": [Command.create(line)]}), "not qualified for Tools"
        )
        self._refused(
            lambda: order.order_line.write({"product_qty": 7, "price_unit": 10}), "up to .*60"
        )
        order.order_line.write({"product_qty": 6, "price_unit": 10})

    def test_other_supplier_has_to_be_fit(self):
        stopped, fit = self._supplier("Stopped", "suspended"), self._supplier("Fit")
        self._refused(lambda: self.order.write({"partner_id": stopped.id}), "Stopped is suspended")
        self.order.partner_id = fit
        self.assertEqual(self.order.partner_id, fit)

    def test_warning_lets_it_pass_and_logs_it_once_an_order(self):
        self.company.supplier_gate_policy = "warn"
        self.supplier._supplier_suspend("Fire")
        line = {"product_id": self.other.id, "product_qty": 1, "price_unit": 1}
        self.order.order_line = [Command.create(line), Command.create(line)]
        logged = self.order.message_ids.filtered(lambda m: "Extended although" in (m.body or ""))
        self.assertEqual(len(logged), 1)

    def test_confirmation_asks_once(self):
        self.company.supplier_gate_policy = "warn"
        self.supplier._supplier_suspend("Fire")
        order = self._order(self.supplier, {self.product: 1}, confirm=False, state="purchase")
        logged = order.message_ids.filtered(lambda m: "although" in (m.body or ""))
        self.assertEqual(len(logged), 1)

    def test_context_does_not_open_the_gate(self):
        self.supplier._supplier_suspend("Fire")
        line = self.line.with_context(s2b2b_gate=True)
        self._refused(lambda: line.write({"product_qty": 6}))

    def test_manager_overrides_in_advance(self):
        self.supplier._supplier_suspend("Fire")
        self.order._override_gate("Nobody else makes it")
        self.line.product_qty = 6
        self.assertEqual(self.line.product_qty, 6)

    def test_off_changes_nothing(self):
        self.company.supplier_gate_policy = "off"
        self.supplier._supplier_suspend("Fire")
        self.line.product_qty = 6
        with self.assertRaisesRegex(UserError, "Nothing stops"):
            self.order._override_gate("No need")

    def test_more_lines_cost_no_query_each(self):
        def count(policy, order):
            self.company.supplier_gate_policy = policy
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            order.order_line.write({"price_unit": order.order_line[0].price_unit + 1})
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost = {}
        for size in (2, 20):
            products = {self._product(f"P{size}-{n}"): 1 for n in range(size)}
            order = self._order(self.supplier, products)
            for policy in ("off", "block"):
                count(policy, order)
            cost[size] = count("block", order) - count("off", order)
        self.assertLessEqual(cost[20], cost[2])
