import io

import openpyxl
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SettlementCommon

REPORT = "s2b2b_settlement.action_report_settlement"


@tagged("post_install", "-at_install")
class TestStatement(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule(10, tax_id=cls.tax_sale_a.id)
        cls.purchase = cls._delivered((cls.jam, 130), (cls.tea, 3))
        cls.settlement = cls._generate(cls.supplier)

    def _text(self, content):
        reader = PdfReader(io.BytesIO(content))
        return " ".join("\n".join(page.extract_text() for page in reader.pages).split())

    def test_stranger_does_not_print_it(self):
        stranger = self._portal_user(self._supplier("Brook Dairy"), "statement_stranger")
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(stranger)._render_qweb_pdf(
                REPORT, self.settlement.ids
            )

    def test_pdf_says_what_the_settlement_says(self):
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(REPORT, self.settlement.ids)
        self.assertEqual(kind, "pdf")
        text = self._text(content)
        for part in (
            self.settlement.name,
            self.supplier.name,
            self.company.name,
            self.purchase.name,
            "Jam",
            "1,300.00",
            "23.31",
            "-132.33",
            "-19.85",
            "1,171.13",
            "Page 1 of 1",
        ):
            self.assertIn(part, text)
        self.assertEqual(self.settlement.amount_total, 1171.13)

    def test_reader_gets_commission_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["s2b2b_settlement"], ["zh_CN"])
        text = self._text(self.settlement._get_pdf("zh_CN"))
        for part in ("结算单", "佣金：Standard", "已交付 130 / 130", "应付贵方", "1,171.13"):
            self.assertIn(part, text)
        self.assertNotIn("Commission", text)
        goods = self.settlement.line_ids.filtered(lambda line: line.kind == "goods")
        self.assertFalse(any(goods.mapped("explanation")))
        self.assertIn("130 of 130 delivered", self._text(self.settlement._get_pdf("en_US")))

    def test_texts_of_others_are_no_markup(self):
        self.settlement.line_ids[:1]._write_guarded({"name": "<b>& 茶 <para>"})
        self.assertIn("<b>& 茶 <para>", self._text(self.settlement._get_pdf()))

    def test_long_statement_has_several_pages(self):
        self.env["s2b2b.settlement.line"].create(
            [
                {
                    "settlement_id": self.settlement.id,
                    "kind": "penalty",
                    "name": f"Penalty number {number}",
                    "amount": -0.01,
                }
                for number in range(80)
            ]
        )
        text = self._text(self.settlement._get_pdf())
        self.assertIn("Penalty number 79", text)
        self.assertIn("Page 3 of 3", text)

    def test_two_statements_are_printed_at_once(self):
        other = self._supplier("Brook Dairy")
        milk = self._goods("Milk", 20.0)
        self._offer(other, milk, 5.0)
        self._delivered((milk, 1), supplier=other)
        both = self.settlement | self._generate(other)
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(REPORT, both.ids)
        text = self._text(content)
        for settlement in both:
            self.assertIn(settlement.name, text)

    def test_workbook_has_the_amounts_as_numbers_and_no_formulas(self):
        self.settlement.line_ids[:1]._write_guarded({"name": "=1+1"})
        content = self.settlement._get_xlsx()
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        values = [cell.value for row in sheet.iter_rows() for cell in row]
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        self.assertIn(1171.13, values)
        self.assertIn("=1+1", values)
        self.assertNotIn("f", kinds)
