import csv
import io
from datetime import timedelta
from zipfile import ZipFile

import xlsxwriter
from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_portal import PortalCommon

URL = "/my/supplier/catalogue/import"


@tagged("post_install", "-at_install")
class TestPortalImport(PortalCommon):
    def setUp(self):
        super().setUp()
        self.jam = self._product("Marmalade", default_code="MA-1", barcode="5012345678900")
        self.tea = self._product("Tea", barcode="4006381333931")
        self.offer = self._offer(self.a, self.jam, price=10, delay=3, product_code="A1")
        self._login(self.user_a)

    def _upload(self, content, name="offers.csv"):
        if isinstance(content, str):
            content = content.encode()
        answer = self._post(URL, files=[("file", (name, content))])
        self.env.invalidate_all()
        return answer

    def _last(self):
        return self.env["s2b2b.offer.import"].search([], limit=1)

    def _take_over(self, content, **values):
        self._upload(content, **values)
        answer = self._post(f"{URL}/{self._last().id}")
        self.env.invalidate_all()
        return answer

    def _offers(self):
        return self.env["product.supplierinfo"].search([("partner_id", "=", self.a.id)])

    def _stock(self):
        return self.env["s2b2b.supplier.stock"].search([("partner_id", "=", self.a.id)])

    def test_another_supplier_finds_neither_report_nor_errors_nor_button(self):
        self._upload("code;price\nA1;x")
        page = f"{URL}/{self._last().id}"
        self._login(self.user_b)
        for url in (page, f"{page}/errors.csv"):
            self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(self._post(page).status_code, 404)
        self.assertEqual(self._last().state, "checked")

    def test_uploaded_file_and_its_report_are_closed_to_portal_users_elsewhere(self):
        content = "code;price\nA1;x"
        self._upload(content)
        upload = self._last()
        fields_of = [("res_model", "=", upload._name), ("res_id", "=", upload.id)]
        file = self.env["ir.attachment"].search([*fields_of, ("res_field", "=", "content")])
        self.assertEqual(file.raw.decode(), content)
        for user in (self.user_a, self.user_b):
            self._login(user)
            with self.assertRaises(AccessError):
                upload.with_user(user).read(["faults"])
            with self.assertRaises(AccessError):
                upload.with_user(user).write({"state": "done"})
            for url in (
                f"/web/content/{upload._name}/{upload.id}/content",
                f"/web/content/{file.id}",
            ):
                with self.subTest(user=user.login, url=url), mute_logger("odoo.http"):
                    self.assertNotIn(content, self.url_open(url).text)

    def test_offer_of_another_supplier_is_not_changed_by_its_number(self):
        foreign = self._offer(self.b, self.jam, price=7, product_code="B1")
        self._take_over(f"offer;code;price\n{foreign.id};;1\n;B1;1")
        self.assertEqual(foreign.price, 7)
        codes = [fault[2] for fault in self._last().faults]
        self.assertEqual(codes, ["unknown_offer", "unknown"])

    def test_product_outside_of_the_qualified_categories_is_as_unknown_as_any(self):
        food = self._category("Food")
        self.jam.categ_id = food
        self.tea.categ_id = self._category("Drinks", food)
        self.a._write_guarded({"supplier_category_ids": self._category("Tools").ids})
        content = "barcode;price\n4006381333931;4\n9999999999994;4"
        self._upload(content)
        self.assertEqual([fault[2] for fault in self._last().faults], ["unknown", "unknown"])
        self.a._write_guarded({"supplier_category_ids": food.ids})
        self._upload(content)
        self.assertEqual([fault[2] for fault in self._last().faults], ["unknown"])

    def test_role_without_the_catalogue_uploads_nothing(self):
        self._login(self._portal_user(self.a, "portal_viewer", role="viewer"))
        self.assertEqual(self._upload("code;price\nA1;5").status_code, 403)
        self.assertFalse(self._last())
        self.assertEqual(self.url_open(URL).status_code, 200)

    def test_what_is_no_table_is_refused_with_a_sentence(self):
        packed = io.BytesIO()
        with ZipFile(packed, "w") as archive:
            archive.writestr("readme.txt", "hello")
        for content in (b"", b"\x00\x01\x02", packed.getvalue(), b"PK\x03\x04rubbish", "a;b\n1;2"):
            with self.subTest(content=content[:10]):
                answer = self._upload(content)
                self.assertEqual(answer.status_code, 200)
                self.assertIn("alert-danger", answer.text)
                self.assertFalse(self._last())

    def test_workbook_that_is_far_larger_unpacked_is_refused(self):
        packed = io.BytesIO()
        with ZipFile(packed, "w", compression=8) as archive:
            archive.writestr("xl/workbook.xml", b" " * (101 * 1024 * 1024))
        self.assertIn("too large", self._upload(packed.getvalue(), "bomb.xlsx").text)

    def test_more_rows_than_allowed_are_refused(self):
        self.assertIn("more than", self._upload("code;price\n" + "A1;5\n" * 10_001).text)

    def test_check_alone_changes_nothing(self):
        answer = self._upload("code;price;stock\nA1;12;40")
        self.assertIn("Take Over", answer.text)
        self.assertEqual(self.offer.price, 10)
        self.assertFalse(self._stock())
        self.assertRecordValues(self._last(), [{"change_count": 1, "stock_count": 1}])

    def test_errors_name_row_column_and_reason_and_the_good_rows_count(self):
        answer = self._take_over("code;price;unit\nA1;12;\nZZ;1;\nA1;5;box\n;5;")
        self.assertEqual(self.offer.price, 12)
        faults = [(row, column, code) for row, column, code, _v in self._last().faults]
        expected = [(3, "supplier_code", "unknown"), (4, "unit", "unit"), (5, "", "no_product")]
        self.assertEqual(faults, expected)
        self.assertIn("We do not know this product", answer.text)
        errors = self.url_open(f"{URL}/{self._last().id}/errors.csv").text
        self.assertIn("We do not know this product", errors)

    def test_errors_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_a.lang = "zh_CN"
        self.authenticate(self.user_a.login, self.user_a.login)
        answer = self._upload("货号;价格\nA1;x")
        self.assertIn("价格", answer.text)
        self.assertEqual(self._last().faults, [[2, "price", "number", "x"]])

    def test_same_file_again_changes_nothing(self):
        content = "barcode;minimum;price;stock\n5012345678900;0;9;30\n4006381333931;5;4,50;8"
        self._take_over(content)
        self.assertRecordValues(
            self._offers().sorted("price"),
            [{"product_id": self.tea.id, "price": 4.5}, {"product_id": self.jam.id, "price": 9}],
        )
        self._stock().available_qty_date = fields.Datetime.now() - timedelta(hours=2)
        before = self._offers().read(), self._stock().read(["available_qty", "available_qty_date"])
        self._take_over(content)
        self.assertRecordValues(
            self._last(), [{"unchanged_count": 2, "change_count": 0, "stock_count": 0}]
        )
        after = self._offers().read(), self._stock().read(["available_qty", "available_qty_date"])
        self.assertEqual(before, after)

    def test_file_is_taken_over_once(self):
        self._take_over("code;price\nA1;12")
        self.offer.price = 15
        self.assertIn("taken over already", self._post(f"{URL}/{self._last().id}").text)
        self.env.invalidate_all()
        self.assertEqual(self.offer.price, 15)

    def test_export_sent_back_changes_nothing(self):
        self.env["s2b2b.supplier.stock"]._report(
            self.a.id, self.jam.id, self.company.id, {"available_qty": 12}
        )
        self.offer.product_code = "=1+1"
        for kind in ("csv", "xlsx"):
            with self.subTest(kind=kind):
                export = self.url_open(f"/my/supplier/catalogue/export.{kind}").content
                self._take_over(export, name=f"export.{kind}")
                values = {"unchanged_count": 1, "fault_count": 0, "row_count": 1}
                self.assertRecordValues(self._last(), [values])
                self.assertEqual(self.offer.product_code, "=1+1")

    def test_text_that_looks_like_a_formula_is_none_in_our_files(self):
        self.offer.product_code = "=HYPERLINK(1)"
        self.jam.name = "@SUM(A1)"
        text = self.url_open("/my/supplier/catalogue/export.csv").content.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text)):
            self.assertFalse([cell for cell in row if cell.startswith(("=", "@", "+", "-"))])
        book = load_workbook(
            io.BytesIO(self.url_open("/my/supplier/catalogue/export.xlsx").content)
        )
        cells = [cell for row in book.active.iter_rows() for cell in row]
        self.assertFalse([cell for cell in cells if cell.data_type == "f"])
        self.assertIn("=HYPERLINK(1)", [cell.value for cell in cells])

    def test_workbook_with_numbers_and_formulas_is_read_by_its_values(self):
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Barcode", "Price"])
            sheet.write_number(1, 0, 5012345678900)
            sheet.write_formula(1, 1, "=10+1", value=11)
        self._take_over(buffer.getvalue(), name="offers.xlsx")
        self.assertEqual(self.offer.price, 11)

    def test_template_names_every_column_and_is_read_again(self):
        for kind in ("csv", "xlsx"):
            content = self.url_open(f"/my/supplier/catalogue/template.{kind}").content
            self._upload(content, f"template.{kind}")
            self.assertEqual(self._last().row_count, 1)

    def test_archived_currency_and_unknown_kind_of_file(self):
        self.assertEqual(self.url_open("/my/supplier/catalogue/export.pdf").status_code, 404)
        self._upload("code;price;currency\nA1;5;ZWL")
        self.assertEqual(self._last().faults, [[2, "currency", "currency", "ZWL"]])
