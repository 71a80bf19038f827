import csv
import io

from odoo.tests import tagged

from .common_portal import PortalCommon

URL = "/my/supplier/statistics"


@tagged("post_install", "-at_install")
class TestPortalStatistics(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jam, cls.tea = cls._product("Marmalade"), cls._product("Secret Tea")
        order = cls._order(cls.a, {cls.jam: 10})
        cls._receive(order, {cls.jam: 6})
        cls.draft = cls._order(cls.a, {cls.jam: 99}, confirm=False)
        cls._order(cls.b, {cls.tea: 5})

    def _figures(self, supplier, months=12):
        return self.env["s2b2b.supplier.portal"]._get_statistics(supplier, months)

    def test_another_suppliers_sales_are_neither_shown_nor_downloaded(self):
        self._login(self.user_a)
        for page in (URL, f"{URL}/export.csv", f"{URL}?months=24&currency=EUR"):
            with self.subTest(page=page):
                text = self.url_open(page).text
                self.assertIn("Marmalade", text)
                self.assertNotIn("Secret Tea", text)

    def test_confirmed_orders_count_and_drafts_do_not(self):
        sums = self._figures(self.a)["products"][0]
        self.assertEqual(sums["ordered"]["quantity"], "10")
        self.assertEqual(sums["received"]["quantity"], "6")
        self.assertFalse(sums["returned"]["any"])

    def test_amounts_are_at_the_price_of_the_order(self):
        rows = self.env["s2b2b.supplier.portal"]._get_statistic_rows(self.a, self._day(-60))
        amounts = {row[2]: row[4] for row in rows}
        self.assertEqual(amounts, {"ordered": 100, "received": 60})

    def test_goods_sent_back_are_returned_not_less_received(self):
        picking = self.env["stock.picking"].search(
            [("purchase_id.partner_id", "=", self.a.id), ("state", "=", "done")]
        )
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 2
        back = wizard._create_return()
        back.move_ids.write({"quantity": 2, "picked": True})
        back.with_context(skip_backorder=True).button_validate()
        sums = self._figures(self.a)["products"][0]
        self.assertEqual(sums["received"]["quantity"], "6")
        self.assertEqual(sums["returned"]["quantity"], "2")

    def test_period_is_one_of_the_choices(self):
        pages = self.env["s2b2b.supplier.portal"]
        for text, months in (("3", 3), ("7", 12), ("x", 12), ("-3", 12)):
            self.assertEqual(pages._read_period(text), months)

    def test_file_has_a_row_a_month_and_product_without_formulas(self):
        self.jam.name = "=Marmalade"
        self._login(self.user_a)
        text = self.url_open(f"{URL}/export.csv").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[1][1], "'=Marmalade")
        self.assertEqual([float(cell) for cell in rows[1][4:]], [10, 100, 6, 60, 0, 0])

    def test_supplier_without_orders_sees_that(self):
        nobody = self._supplier("Calder Foods")
        self._login(self._portal_user(nobody, "portal_nobody"))
        self.assertIn("no confirmed order", self.url_open(URL).text)
