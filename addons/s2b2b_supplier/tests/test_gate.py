from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestGate(SupplierCommon):
    """What the gate says about a supplier; where it is asked is tested beside."""

    def setUp(self):
        super().setUp()
        self.company.supplier_gate_policy = "block"

    def _reason(self, supplier, products=None, amount=None):
        return supplier._supplier_unfit_reasons(self.company, products, amount)[supplier.id]

    def test_status_decides(self):
        for status, required, unfit in (
            ("none", False, False),
            ("none", True, True),
            ("applicant", False, False),
            ("applicant", True, True),
            ("qualified", True, False),
            ("conditional", True, False),
            ("suspended", False, True),
            ("eliminated", False, True),
        ):
            with self.subTest(status=status, required=required):
                self.company.supplier_qualification_required = required
                self.assertEqual(bool(self._reason(self._supplier(status=status))), unfit)

    def test_off_means_that_everybody_is_fit(self):
        self.company.supplier_gate_policy = "off"
        self.assertFalse(self._reason(self._supplier(status="eliminated")))

    def test_new_company_stops_nobody(self):
        company = self.env["res.company"].create({"name": "New Platform"})
        self.assertRecordValues(
            company, [{"supplier_gate_policy": "off", "supplier_qualification_required": False}]
        )
        gone = self._supplier(status="eliminated")
        self.assertFalse(gone._supplier_unfit_reasons(company)[gone.id])

    def test_reason_names_the_supplier_and_why(self):
        supplier = self._supplier("Ashford Foods")
        supplier._supplier_suspend("Glass in the jam")
        self.assertEqual(self._reason(supplier), "Ashford Foods is suspended: Glass in the jam")

    def test_contact_answers_for_its_company(self):
        supplier = self._supplier(status="suspended")
        contact = self.partner_model.create({"name": "Joan", "parent_id": supplier.id})
        self.assertTrue(self._reason(contact))

    def test_categories_hold_with_all_that_is_below_them(self):
        food, tools = self._category("Food"), self._category("Tools")
        cheese = self._category("Cheese", food)
        supplier = self._supplier(supplier_category_ids=food.ids)
        for category, unfit in ((food, False), (cheese, False), (tools, True)):
            with self.subTest(category=category.name):
                product = self._product(categ_id=category.id)
                self.assertEqual(bool(self._reason(supplier, product)), unfit)

    def test_amount_limits_a_conditional_supplier(self):
        supplier = self._supplier(status="conditional", supplier_max_amount=100)
        self.assertFalse(self._reason(supplier, amount=100.0))
        self.assertIn("100", self._reason(supplier, amount=100.01))

    def test_qualification_that_has_ended_is_unfit(self):
        supplier = self._supplier(supplier_valid_until=self._day(0))
        self.assertFalse(self._reason(supplier))
        supplier._supplier_set_validity(self._day(-1))
        self.assertTrue(self._reason(supplier))

    def test_answering_for_more_suppliers_and_products_costs_no_query(self):
        suppliers = self.partner_model.union(*(self._supplier(f"S{n}") for n in range(20)))
        products = self.env["product.product"].union(*(self._product(f"P{n}") for n in range(9)))
        self.env.flush_all()
        self.env.invalidate_all()
        suppliers._supplier_unfit_reasons(self.company, products)
        with self.assertQueryCount(0):
            for product in products:
                suppliers._supplier_unfit_reasons(self.company, product)

    def test_override_is_for_managers(self):
        order = self._order(self._supplier(status="suspended"), {self._product(): 1}, confirm=False)
        vals = {"order_id": order.id, "reason": "Last one"}
        for user in (self.buyer, self.supplier_user):
            with self.assertRaises(AccessError):
                self.env["s2b2b.gate.override"].with_user(user).create(vals)
        for name in ("gate_override_reason", "gate_override_partner_id"):
            with self.assertRaises(AccessError):
                order.write({name: 1})

    def test_override_opens_for_this_supplier_and_is_logged(self):
        supplier = self._supplier(status="suspended")
        order = self._order(supplier, {self._product(): 1}, confirm=False)
        self.supplier_manager.group_ids += self.env.ref("purchase.group_purchase_user")
        wizard = self.env["s2b2b.gate.override"].with_user(self.supplier_manager)
        wizard.create({"order_id": order.id, "reason": "Last one"}).action_apply()
        self.assertIn("Last one", order.message_ids[0].body)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_override_does_not_pass_on_to_another_supplier(self):
        order = self._order(self._supplier(status="suspended"), {self._product(): 1}, confirm=False)
        order._override_gate("Last one")
        order.partner_id = self._supplier("Other", status="suspended")
        with self.assertRaises(UserError):
            order.button_confirm()

    def test_override_needs_a_reason_and_something_to_override(self):
        product = self._product()
        stopped = self._order(self._supplier(status="suspended"), {product: 1}, confirm=False)
        with self.assertRaises(UserError):
            stopped._override_gate(" ")
        free = self._order(self._supplier(), {product: 1}, confirm=False)
        with self.assertRaises(UserError):
            free._override_gate("Just in case")
