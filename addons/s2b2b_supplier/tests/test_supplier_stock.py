from datetime import timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command, fields
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestSupplierStock(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.supplier, self.product = self._supplier(), self._product()
        self.model = self.env["s2b2b.supplier.stock"]

    def _report(self, quantity, days_ago=0, **values):
        return self.model._report(
            self.supplier.id,
            self.product.id,
            self.company.id,
            {
                "available_qty": quantity,
                "available_qty_date": fields.Datetime.now() - timedelta(days=days_ago),
                **values,
            },
        )

    def _free(self):
        free = self.model._get_free(self.supplier, self.product, self.company)
        return free.get((self.supplier.id, self.product.id))

    def test_pair_that_was_never_reported_is_unknown(self):
        self.assertIsNone(self._free())

    def test_orders_since_the_figure_are_taken_off(self):
        stock = self._report(10, days_ago=1)
        order = self._order(self.supplier, {self.product: 4}, promised=self._day(3))
        self.assertEqual(self._free(), (6, stock.available_qty_date))
        self._receive(order)
        self.assertEqual(self._free()[0], 6, "received goods have left the supplier all the same")

    def test_order_of_a_contact_is_the_suppliers(self):
        self._report(10, days_ago=1)
        contact = self.partner_model.create({"name": "Joan", "parent_id": self.supplier.id})
        self._order(contact, {self.product: 4})
        self.assertEqual(self._free()[0], 6)

    def test_quotations_and_cancelled_orders_take_nothing(self):
        self._report(10, days_ago=1)
        self._order(self.supplier, {self.product: 4}, confirm=False)
        self._order(self.supplier, {self.product: 4}).button_cancel()
        self.assertEqual(self._free()[0], 10)

    def test_earlier_orders_count_by_the_basis(self):
        order = self._order(self.supplier, {self.product: 4}, promised=self._day(3))
        order.date_approve = fields.Datetime.now() - timedelta(days=2)
        for basis, free in (("free", 10), ("on_hand", 6)):
            with self.subTest(basis=basis):
                self._report(10, days_ago=1, available_basis=basis)
                self.assertEqual(self._free()[0], free)

    def test_what_had_arrived_before_the_figure_is_not_taken_off_again(self):
        order = self._order(self.supplier, {self.product: 4})
        picking = self._receive(order, {self.product: 3})
        order.date_approve = fields.Datetime.now() - timedelta(days=3)
        picking.date_done = fields.Datetime.now() - timedelta(days=2)
        self._report(10, days_ago=1, available_basis="on_hand")
        self.assertEqual(self._free()[0], 9)

    def test_free_stock_is_never_below_zero(self):
        self._report(3, days_ago=1)
        self._order(self.supplier, {self.product: 4})
        self.assertEqual(self._free()[0], 0)

    def test_other_units_are_converted(self):
        self._report(30, days_ago=1)
        order = self._order(self.supplier, {self.product: 2}, confirm=False)
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        order.button_confirm()
        self.assertEqual(self._free()[0], 6)

    def test_old_figure_is_shown_but_not_promised(self):
        self.company.available_max_age = 7
        stock = self._report(10, days_ago=8)
        self.assertEqual(self._free(), (None, stock.available_qty_date))
        self.assertEqual(stock.age_days, 8)
        self.assertTrue(stock.is_stale)

    def test_reporting_the_same_again_makes_it_fresh(self):
        self._report(10, days_ago=8)
        with freeze_time(self._day(1)):
            vals = {"available_qty": 10}
            self.model._report(self.supplier.id, self.product.id, self.company.id, vals)
            self.assertEqual(self._free()[0], 10)

    def test_editing_the_figure_dates_it(self):
        stock = self._report(10, days_ago=8)
        stock.available_qty = 12
        self.assertFalse(stock.is_stale)

    def test_taking_says_what_is_missing(self):
        self._report(10, days_ago=1)
        pair = (self.supplier.id, self.product.id)
        self.assertEqual(self.model._take({pair: 10}, self.company), {})
        self.assertEqual(self.model._take({pair: 12}, self.company), {pair: 2})

    def test_taking_without_a_figure_has_no_limit(self):
        pair = (self.supplier.id, self.product.id)
        self.assertEqual(self.model._take({pair: 10**6}, self.company), {})
        self.assertEqual(self.model._take({}, self.company), {})

    def test_price_line_shows_and_writes_the_one_stock(self):
        cheap = self._offer(self.supplier, self.product, price=8, min_qty=100)
        dear = self._offer(self.supplier, self.product, price=10)
        dear.available_qty = 40
        self.assertEqual(cheap.available_qty, 40)
        self.assertEqual(self.model.search_count([("partner_id", "=", self.supplier.id)]), 1)

    def test_new_price_line_without_figures_reports_nothing(self):
        offers = self.env["product.supplierinfo"].with_context(visible_product_tmpl_id=False)
        with Form(offers) as form:
            form.partner_id = self.supplier
            form.product_tmpl_id = self.product.product_tmpl_id
            form.price = 3
        self.assertFalse(self.model.search([("partner_id", "=", self.supplier.id)]))

    def test_supplier_and_product_have_one_row_in_a_company(self):
        stock = self._report(10)
        vals = stock.copy_data()[0]
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.model.create(vals)
        there = self.env["res.company"].create({"name": "There"})
        self.assertTrue(self.model.create({**vals, "company_id": there.id}))

    def test_figures_are_not_negative(self):
        stock = self._report(10)
        for name in ("available_qty", "daily_capacity"):
            with (
                self.subTest(name=name),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                stock[name] = -1
                stock.flush_recordset()

    def test_variants_of_one_product_have_a_stock_each(self):
        size = self.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [Command.create({"name": name}) for name in ("250 g", "500 g")],
            }
        )
        line = {"attribute_id": size.id, "value_ids": [Command.set(size.value_ids.ids)]}
        template = self.env["product.template"].create(
            {"name": "Jam", "type": "consu", "attribute_line_ids": [Command.create(line)]}
        )
        small, large = template.product_variant_ids
        offers = [self._offer(self.supplier, v, product_id=v.id) for v in (small, large)]
        for offer, quantity in zip(offers, (30, 8), strict=True):
            offer.available_qty = quantity
        self._order(self.supplier, {large: 3})
        free = self.model._get_free(self.supplier, small | large, self.company)
        self.assertEqual(
            {product: figure for (_supplier, product), (figure, _moment) in free.items()},
            {small.id: 30, large.id: 5},
        )
        self.assertEqual([offer.available_qty for offer in offers], [30, 8])

    def test_figures_of_many_rows_cost_a_constant_number_of_queries(self):
        products = self.env["product.product"].union(*(self._product(f"P{n}") for n in range(20)))
        for product in products:
            vals = {"available_qty": 5}
            self.model._report(self.supplier.id, product.id, self.company.id, vals)
        self._order(self.supplier, dict.fromkeys(products, 1))
        self.env.flush_all()

        def count(batch):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.model._get_free(self.supplier, batch, self.company)
            return self.cr.sql_log_count - before

        count(products)
        self.assertEqual(count(products[:2]), count(products))
