from odoo.tests import tagged
from odoo.tools import SQL

from .common import SupplierCommon
from .common_workbook import workbook

ROWS = 10_000
# Measured: 35 for new and for changed rows; core inserts and updates a hundred rows a statement.
QUERIES_PER_THOUSAND = 50


@tagged("post_install", "-at_install")
class TestImportSize(SupplierCommon):
    """The largest file that is allowed: a workbook in which each row is another product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls._supplier()
        product = cls._product("Jam")
        templates = cls._copy_rows(product.product_tmpl_id, ROWS)
        cls._copy_rows(
            product,
            ROWS,
            product_tmpl_id=SQL("(%s::int[])[n]", templates),
            barcode=SQL("'B' || n"),
        )

    def _workbook(self, price):
        heads = ["barcode", "price", "stock", "capacity"]
        rows = ([f"B{n}", price + n / 100, n + price, price] for n in range(1, ROWS + 1))
        return workbook([heads, *rows])

    def _take_over(self, content):
        """Checks and takes over as two requests do; (upload, queries of both)."""
        imports = self.env["s2b2b.offer.import"]
        before = self.env.cr.sql_log_count
        upload = imports._check_file(self.supplier, self.supplier, "offers.xlsx", content)
        self.env.flush_all()
        self.env.invalidate_all()
        upload._take_over()
        self.env.flush_all()
        self.env.invalidate_all()
        return upload, self.env.cr.sql_log_count - before

    def _stored(self):
        """All that the supplier offers and has, as it is in the database."""
        offers = self.env["product.supplierinfo"].search([("partner_id", "=", self.supplier.id)])
        stocks = self.env["s2b2b.supplier.stock"].search([("partner_id", "=", self.supplier.id)])
        return offers.read(["product_id", "price"]), stocks.read(
            ["product_id", "available_qty", "available_qty_date", "daily_capacity", "write_date"]
        )

    def _assert_arrived(self, price):
        offers, stocks = self._stored()
        numbers = {
            product.id: int(product.barcode[1:])
            for product in self.env["product.product"].search([("barcode", "=like", "B%")])
        }
        self.assertEqual(
            {numbers[offer["product_id"][0]]: round(offer["price"], 2) for offer in offers},
            {n: round(price + n / 100, 2) for n in range(1, ROWS + 1)},
        )
        self.assertEqual(
            {
                numbers[stock["product_id"][0]]: (stock["available_qty"], stock["daily_capacity"])
                for stock in stocks
            },
            {n: (n + price, price) for n in range(1, ROWS + 1)},
        )

    def test_ten_thousand_products_are_taken_over_in_one_request(self):
        for price, name in ((5, "new_count"), (6, "change_count")):
            with self.subTest(what=name):
                upload, queries = self._take_over(self._workbook(price))
                values = {"row_count": ROWS, name: ROWS, "stock_count": ROWS, "fault_count": 0}
                self.assertRecordValues(upload, [values])
                self._assert_arrived(price)
                self.assertLessEqual(queries, QUERIES_PER_THOUSAND * ROWS / 1000)

    def test_same_ten_thousand_again_change_nothing(self):
        content = self._workbook(5)
        self._take_over(content)
        before = self._stored()
        upload, _queries = self._take_over(content)
        values = {"new_count": 0, "change_count": 0, "stock_count": 0, "unchanged_count": ROWS}
        self.assertRecordValues(upload, [{**values, "fault_count": 0}])
        self.assertEqual(self._stored(), before)
