from odoo import Command, fields
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestGateProcurement(SupplierCommon):
    """Who gets the order when nobody chooses, and when somebody chose wrongly."""

    def setUp(self):
        super().setUp()
        self.company.supplier_gate_policy = "block"
        buy = self.env.ref("purchase_stock.route_warehouse0_buy")
        self.product = self._product(route_ids=[Command.set(buy.ids)])
        self.stopped, self.second = self._supplier("Stopped"), self._supplier("Second")
        self.first_offer = self._offer(self.stopped, self.product, price=1, sequence=1)
        self._offer(self.second, self.product, price=2, sequence=2)
        self.stopped._supplier_suspend("Fire")

    def _procure(self, **values):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        rule = self.env["stock.rule"]
        rule.run(
            [
                rule.Procurement(
                    self.product,
                    5,
                    self.product.uom_id,
                    warehouse.lot_stock_id,
                    "Test",
                    "Test",
                    self.company,
                    {
                        "warehouse_id": warehouse,
                        "date_planned": fields.Datetime.now(),
                        **values,
                    },
                )
            ]
        )
        return (
            self.env["purchase.order"]
            .search([("order_line.product_id", "=", self.product.id)])
            .partner_id
        )

    def test_next_vendor_is_taken(self):
        self.assertEqual(self._procure(), self.second)

    def test_explicit_offer_of_an_unfit_supplier_is_replaced(self):
        self.assertEqual(self._procure(supplierinfo_id=self.first_offer), self.second)

    def test_order_point_with_an_unfit_supplier_is_replaced(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        orderpoint = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.product.id,
                "location_id": warehouse.lot_stock_id.id,
                "supplier_id": self.first_offer.id,
                "product_min_qty": 0,
                "product_max_qty": 0,
            }
        )
        self.assertEqual(self._procure(orderpoint_id=orderpoint), self.second)

    def test_no_fit_vendor_means_no_order(self):
        self.second._supplier_suspend("Flood")
        self.assertFalse(self._procure())
        self.assertFalse(self._procure(supplierinfo_id=self.first_offer))

    def test_explicit_offer_stays_where_the_gate_only_warns(self):
        self.company.supplier_gate_policy = "warn"
        self.assertEqual(self._procure(), self.stopped)

    def test_category_decides_product_by_product(self):
        food, tools = self._category("Food"), self._category("Tools")
        self.product.categ_id = tools
        self.second._write_guarded({"supplier_category_ids": food.ids})
        self.assertFalse(self._procure())

    def test_price_of_an_unfit_vendor_is_not_offered_unless_overridden(self):
        order = self._order(self.stopped, {}, confirm=False)
        params = {"order_id": order}
        self.assertFalse(self.product._select_seller(self.stopped, 5, params=params))
        order.order_line = [Command.create({"product_id": self.product.id, "product_qty": 5})]
        order._override_gate("Last one")
        self.assertEqual(
            self.product._select_seller(self.stopped, 5, params=params), self.first_offer
        )

    def test_choosing_sellers_for_more_products_costs_no_query_for_each(self):
        products = self.env["product.product"].union(*(self._product(f"P{n}") for n in range(12)))
        for product in products:
            self._offer(self.second, product)
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
