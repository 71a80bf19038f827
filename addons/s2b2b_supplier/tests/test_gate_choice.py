from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestGateChoice(SupplierCommon):
    """Which vendors a buyer is offered, and who is asked on days on which somebody is closed."""

    def setUp(self):
        super().setUp()
        self.company.supplier_gate_policy = "block"
        self.product = self._product()
        self.first, self.second = self._supplier("First"), self._supplier("Second")
        self.first_offer = self._offer(self.first, self.product, price=1, sequence=1)
        self.second_offer = self._offer(self.second, self.product, price=2, sequence=2)

    def _close(self, *suppliers):
        for supplier in suppliers:
            supplier.write(
                {"supplier_closed_from": self._day(0), "supplier_closed_to": self._day(3)}
            )

    def _suppliers(self):
        graded, expired = self._supplier("Graded"), self._supplier("Over")
        grade = self.env["s2b2b.supplier.grade"].search([], limit=1)
        grade.purchase_policy = "block"
        graded._write_guarded({"supplier_grade_id": grade.id})
        expired._supplier_set_validity(self._day(-1))
        others = ("none", "applicant", "conditional", "suspended", "eliminated")
        partners = graded | expired | self.first
        return partners.union(*(self._supplier(status, status=status) for status in others))

    def test_search_finds_the_same_as_the_gate_says(self):
        partners = self._suppliers()
        for required, fit in ((False, 4), (True, 2)):
            self.company.supplier_qualification_required = required
            self.env.invalidate_all()
            buyers = partners.with_user(self.buyer)
            found = buyers.search([("is_supplier_fit", "=", True), ("id", "in", partners.ids)])
            reasons = partners._supplier_unfit_reasons(self.company)
            without = [id_ for id_, reason in reasons.items() if not reason]
            with self.subTest(required=required):
                self.assertEqual(set(found.ids), set(without))
                self.assertEqual(set(found.ids), set(buyers.filtered("is_supplier_fit").ids))
                self.assertEqual(len(found), fit)
                unfit = buyers.search([("is_supplier_fit", "=", False), ("id", "in", buyers.ids)])
                self.assertEqual(set(unfit.ids), set((partners - found).ids))

    def test_contact_of_an_unfit_supplier_is_not_offered(self):
        self.first._supplier_suspend("Fire")
        contact = self.partner_model.create({"name": "Joan", "parent_id": self.first.id})
        domain = [("is_supplier_fit", "=", True), ("id", "=", contact.id)]
        self.assertFalse(self.partner_model.search(domain))

    def test_company_of_the_order_decides(self):
        there = self.env["res.company"].create(
            {"name": "There", "supplier_qualification_required": True}
        )
        vendor = self._supplier("Vendor", status="none")
        partners = self.partner_model.with_context(allowed_company_ids=[self.company.id, there.id])
        domain = [("is_supplier_fit", "=", True), ("id", "=", vendor.id)]
        self.assertTrue(partners.search(domain))
        self.assertFalse(partners.with_context(supplier_gate_company=there.id).search(domain))

    def test_closed_vendor_is_not_asked_while_another_can_deliver(self):
        self.assertEqual(self.product._select_seller(quantity=1), self.first_offer)
        self._close(self.first)
        self.assertEqual(self.product._select_seller(quantity=1), self.second_offer)

    def test_closed_vendors_are_asked_where_nobody_else_is_there(self):
        self._close(self.first, self.second)
        self.assertEqual(self.product._select_seller(quantity=1), self.first_offer)

    def test_named_vendor_keeps_its_price_though_it_is_closed(self):
        self._close(self.first)
        self.assertEqual(self.product._select_seller(self.first, 1), self.first_offer)

    def test_off_chooses_as_core_does(self):
        self.company.supplier_gate_policy = "off"
        self._close(self.first)
        self.assertEqual(self.product._select_seller(quantity=1), self.first_offer)

    def test_closure_is_shown_and_stops_nothing(self):
        self._close(self.first)
        order = self._order(self.first, {self.product: 1}, confirm=False)
        self.assertIn("First is closed until", order.supplier_closure_message)
        self.assertFalse(order.gate_message)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertFalse(order.supplier_closure_message)
