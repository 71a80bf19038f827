from odoo import Command, fields
from odoo.tests import Form, tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestGradeConsequences(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.grades = self.env["s2b2b.supplier.grade"].search([])
        self.good, self.bad = self._supplier("Good"), self._supplier("Bad")
        self._grade(self.good, self.grades[0])
        self._grade(self.bad, self.grades[-1])
        self.term = self.env["account.payment.term"].create({"name": "Late"})
        self.product = self._product()

    def _grade(self, supplier, grade):
        supplier._write_guarded({"supplier_grade_id": grade.id})

    def _sellers(self):
        return self.product._prepare_sellers().partner_id.mapped("name")

    def test_shipped_grades_expose_the_best_first_and_rectify_the_last(self):
        self.assertEqual(self.grades.mapped("exposure"), [1, 2, 3, 4])
        self.assertEqual(self.grades.mapped("rectification"), [False, False, False, True])

    def test_grade_decides_before_the_price_only_where_the_company_says_so(self):
        self._offer(self.bad, self.product, price=1, sequence=1)
        self._offer(self.good, self.product, price=2, sequence=2)
        self._offer(self._supplier("New"), self.product, price=1, sequence=1)
        self.assertEqual(self._sellers()[0], "Bad")
        self.company.supplier_exposure_by_grade = True
        self.assertEqual(self._sellers(), ["Good", "Bad", "New"])
        self.assertEqual(self.product._select_seller(quantity=1).partner_id, self.good)

    def test_sequence_decides_within_a_grade(self):
        self.company.supplier_exposure_by_grade = True
        other = self._supplier("Other")
        self._grade(other, self.grades[0])
        self._offer(self.good, self.product, price=1, sequence=2)
        self._offer(other, self.product, price=2, sequence=1)
        self.assertEqual(self._sellers(), ["Other", "Good"])

    def test_buying_by_grade_costs_no_query_for_each_product(self):
        self.company.supplier_exposure_by_grade = True
        products = self.env["product.product"].union(*(self._product(f"P{n}") for n in range(12)))
        for product in products:
            self._offer(self.good, product)
            self._offer(self.bad, product)
        self.env.flush_all()

        def count(batch):
            self.env.invalidate_all()
            batch = batch.with_prefetch(batch.ids)
            before = self.cr.sql_log_count
            for product in batch:
                product._select_seller(quantity=1)
            return self.cr.sql_log_count - before

        count(products)
        self.assertEqual(count(products[:4]), count(products))

    def test_order_typed_in_gets_the_payment_terms_of_the_grade(self):
        self.grades[-1].payment_term_id = self.term
        for supplier, term in ((self.bad, self.term), (self.good, self.term.browse())):
            with Form(self.env["purchase.order"]) as form:
                form.partner_id = supplier
            self.assertEqual(form.record.payment_term_id, term)

    def test_procurement_gets_the_payment_terms_of_the_grade(self):
        self.grades[-1].payment_term_id = self.term
        buy = self.env.ref("purchase_stock.route_warehouse0_buy")
        self.product.route_ids = [Command.set(buy.ids)]
        self._offer(self.bad, self.product)
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        rule = self.env["stock.rule"]
        values = {"warehouse_id": warehouse, "date_planned": fields.Datetime.now()}
        place, unit = warehouse.lot_stock_id, self.product.uom_id
        rule.run([rule.Procurement(self.product, 5, unit, place, "T", "T", self.company, values)])
        line = self.env["purchase.order.line"].search([("product_id", "=", self.product.id)])
        self.assertEqual(line.order_id.payment_term_id, self.term)

    def test_number_of_lines_adds_no_query_to_the_gate(self):
        self.company.write(
            {"supplier_gate_policy": "block", "supplier_qualification_required": True}
        )
        products = [self._product(f"P{n}") for n in range(30)]
        orders = [
            self._order(self.good, dict.fromkeys(products[:lines], 1), confirm=False)
            for lines in (3, 30)
        ]
        self.env.flush_all()

        def count(order):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            order._gate_error()
            order._gate_unfit_supplier()
            return self.cr.sql_log_count - before

        count(orders[0])
        self.assertEqual(count(orders[0]), count(orders[1]))
