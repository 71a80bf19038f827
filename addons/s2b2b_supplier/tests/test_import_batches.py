import time

from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestImportBatches(SupplierCommon):
    """A file costs the queries of its batches, not of its rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls._supplier()
        cls.products = cls.env["product.product"].create(
            [{"name": f"Jam {n}", "barcode": f"B{n:06}", "type": "consu"} for n in range(600)]
        )
        cls.pages = cls.env["s2b2b.supplier.portal"]

    def _take_over(self, first, count, price):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = [f"B{n:06};{price + n / 100:.2f};{n + 1}" for n in range(first, first + count)]
        content = "\n".join(["barcode;price;stock", *rows]).encode()
        before = self.env.cr.sql_log_count
        imports = self.env["s2b2b.offer.import"]
        upload = imports._check_file(self.supplier, self.supplier, "offers.csv", content)
        upload._take_over()
        self.env.flush_all()
        self.assertFalse(upload.fault_count)
        return self.env.cr.sql_log_count - before, upload

    def test_queries_do_not_grow_with_the_rows_but_by_the_batches_of_core(self):
        self._take_over(0, 100, 5)
        for what, first, price in (("new", 100, 5), ("changed", 0, 6)):
            with self.subTest(what=what):
                few, _upload = self._take_over(first, 100, price)
                many, upload = self._take_over(first, 500, price + 1)
                self.assertEqual(upload.row_count, 500)
                # Core inserts and updates a hundred rows a statement: offers and stock.
                self.assertLessEqual(many - few, 4 * 5)

    def test_ten_thousand_rows_can_be_planned_in_seconds(self):
        lines = [f"B{n % 600:06};{5 + n / 600:.0f};{n}" for n in range(10_000)]
        content = "\n".join(["barcode;minimum;price", *lines]).encode()
        start = time.perf_counter()
        upload = self.env["s2b2b.offer.import"]._check_file(
            self.supplier, self.supplier, "offers.csv", content
        )
        self.assertEqual(upload.row_count, 10_000)
        self.assertLess(time.perf_counter() - start, 30)
