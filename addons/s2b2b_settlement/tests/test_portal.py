import io
import zipfile

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SettlementCommon

COUNTER = "settlement_count"


@tagged("post_install", "-at_install")
class TestSettlementPortal(SettlementCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule(10)
        cls.finance = cls._portal_user(cls.supplier, "portal_finance", role="finance")
        cls.viewer = cls._portal_user(cls.supplier, "portal_viewer", role="viewer")
        cls.other = cls._portal_user(cls._supplier("Brook Dairy"), "portal_other", role="admin")
        cls.purchase = cls._delivered((cls.jam, 10), (cls.tea, 1))
        cls.settlement = cls._generate(cls.supplier)
        cls.url = f"/my/supplier/settlements/{cls.settlement.id}"

    def _open(self, user, url=None):
        self.authenticate(user.login, user.login)
        return self.url_open(url or self.url)

    def _post(self, user, verb, **data):
        self.authenticate(user.login, user.login)
        token = http.Request.csrf_token(self)
        return self.url_open(f"{self.url}/{verb}", {"csrf_token": token, **data})

    def _line(self, product, kind="goods"):
        return self.settlement.line_ids.filtered(
            lambda line: line.product_id == product and line.kind == kind
        )

    def test_public_has_to_log_in(self):
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(self.url).url)

    def test_other_supplier_finds_nothing(self):
        self.settlement.action_send()
        for url in (self.url, f"{self.url}/statement.pdf", f"{self.url}/statement.xlsx"):
            self.assertEqual(self._open(self.other, url).status_code, 404)
        self.assertEqual(self._post(self.other, "confirm").status_code, 404)
        self.assertEqual(self._post(self.other, "dispute", reason="x").status_code, 404)
        self.assertEqual(self.settlement.state, "sent")
        self.assertNotIn(
            self.settlement.name, self._open(self.other, "/my/supplier/settlements").text
        )

    def test_draft_is_not_shown(self):
        self.assertEqual(self._open(self.finance).status_code, 404)
        self.assertEqual(self._open(self.finance, f"{self.url}/statement.pdf").status_code, 404)

    def test_member_finds_no_page_of_a_supplier(self):
        member = self._member_user("admin")
        self.settlement.action_send()
        self.assertEqual(self._open(member).status_code, 404)
        self.assertEqual(self._open(member, "/my/supplier/settlements").status_code, 404)

    def test_people_without_finance_neither_see_nor_answer(self):
        self.settlement.action_send()
        pages = ("/my/supplier/settlements", self.url)
        for role in ("viewer", "orders", "catalogue"):
            self.viewer.partner_id.supplier_role = role
            with self.subTest(role=role):
                for url in (*pages, f"{self.url}/statement.pdf", f"{self.url}/statement.xlsx"):
                    answer = self._open(self.viewer, url)
                    self.assertEqual(answer.status_code, 403)
                    self.assertNotIn("96.99", answer.text)
                self.assertEqual(self._post(self.viewer, "confirm").status_code, 403)
                self.assertEqual(self._post(self.viewer, "dispute", reason="x").status_code, 403)
                overview = self._open(self.viewer, "/my/supplier").text
                self.assertNotIn(self.settlement.name, overview)
                self.assertNotIn("/my/supplier/settlements", overview)
        self.assertEqual(self.settlement.state, "sent")
        self.assertIn("/my/supplier/settlements", self._open(self.finance, "/my/supplier").text)

    def test_people_without_finance_find_no_bill_of_their_company(self):
        bill = self._bill_of_supplier()
        self.assertIn(bill.name, self._open(self.finance, "/my/invoices").text)
        url = f"/my/invoices/{bill.id}"
        self.assertIn("12.34", self._open(self.finance, url).text)
        self.assertNotIn(bill.name, self._open(self.viewer, "/my/invoices").text)
        with mute_logger("odoo.addons.base.models.ir_rule"):
            self.assertNotIn("12.34", self._open(self.viewer, url).text)

    def _bill_of_supplier(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "invoice_date": "2026-01-05",
                "invoice_line_ids": [
                    Command.create({"name": "Jam", "price_unit": 12.34, "tax_ids": False})
                ],
            }
        )
        bill.action_post()
        return bill

    def test_people_of_a_member_without_finance_do_not_see_its_statements(self):
        user = self._member_user("viewer")
        self._invoice(self.member, 100.0, self._in_period())
        statement = self._generate(self.member, side="member")
        statement.action_send()
        self.url = f"/my/settlements/{statement.id}"
        for role in ("viewer", "buyer", "approver", False):
            user.partner_id.member_role = role
            with self.subTest(role=role):
                for url in (self.url, "/my/settlements", f"{self.url}/statement.pdf"):
                    self.assertEqual(self._open(user, url).status_code, 403)
                self.assertEqual(self._post(user, "confirm").status_code, 403)
                count = self.make_jsonrpc_request("/my/counters", {"counters": [COUNTER]})
                self.assertFalse(count[COUNTER])
        self.assertEqual(statement.state, "sent")

    def _member_user(self, role):
        contact = self._contact(self.member, email="robin@example.com", member_role=role)
        return new_test_user(self.env, "portal_member", "base.group_portal", partner_id=contact.id)

    def test_post_without_token_is_refused(self):
        self.settlement.action_send()
        self.authenticate(self.finance.login, self.finance.login)
        with mute_logger("odoo.http"):
            response = self.url_open(f"{self.url}/confirm", {"x": "1"})
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.settlement.state, "sent")

    def test_answering_by_get_is_refused(self):
        self.settlement.action_send()
        self.assertIn(self._open(self.finance, f"{self.url}/confirm").status_code, (404, 405))
        self.assertEqual(self.settlement.state, "sent")

    def test_page_says_what_the_statement_says_and_no_name_of_the_member(self):
        self.settlement.action_send()
        text = self._open(self.finance).text
        for part in (self.settlement.name, self.purchase.name, "Jam", "Tea", "96.99"):
            self.assertIn(part, text)
        self.assertNotIn(self.member.name, text)
        self.assertIn(self.settlement.name, self._open(self.finance, "/my/supplier").text)
        self.assertIn(
            self.settlement.name, self._open(self.finance, "/my/supplier/settlements").text
        )

    def test_supplier_confirms(self):
        self.settlement.action_send()
        response = self._post(self.finance, "confirm")
        self.assertIn("done=confirmed", response.url)
        self.assertEqual(self.settlement.state, "confirmed")
        self.assertEqual(self.settlement.confirmed_by_id, self.finance.partner_id)
        self.assertNotIn("dispute_form", response.text)
        self.assertEqual(self._post(self.finance, "confirm").status_code, 200)

    def test_supplier_disputes_a_line_and_confirms_the_rest(self):
        self.settlement.action_send()
        tea = self._line(self.tea)
        response = self._post(self.finance, "dispute", line_ids=tea.id, reason="Two boxes")
        self.assertIn("done=disputed", response.url)
        self.assertEqual((tea.state, tea.reason), ("disputed", "Two boxes"))
        self.assertEqual(self.settlement.state, "disputed")
        response = self._post(self.finance, "confirm")
        self.assertIn("the next statement", response.text)
        self.assertEqual(self.settlement.amount_total, 90.0)

    def test_dispute_needs_lines_and_a_reason(self):
        self.settlement.action_send()
        jam = self._line(self.jam)
        cases = (
            ({"reason": "Wrong"}, "Tick the lines"),
            ({"line_ids": jam.id, "reason": "  "}, "Please write what is wrong"),
            ({"line_ids": "1; drop", "reason": "Wrong"}, "These lines are not in"),
            ({"line_ids": 0, "reason": "<b>Wrong"}, "These lines are not in"),
        )
        for data, message in cases:
            response = self._post(self.finance, "dispute", **data)
            self.assertEqual(response.status_code, 200)
            self.assertIn(message, response.text)
            self.assertNotIn("<b>Wrong", response.text)
        self.assertEqual(self.settlement.state, "sent")

    def test_statement_is_downloaded(self):
        self.settlement.action_send()
        pdf = self._open(self.finance, f"{self.url}/statement.pdf")
        self.assertTrue(pdf.content.startswith(b"%PDF"))
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        workbook = self._open(self.finance, f"{self.url}/statement.xlsx")
        self.assertIn("xl/workbook.xml", zipfile.ZipFile(io.BytesIO(workbook.content)).namelist())
        self.assertEqual(self._open(self.finance, f"{self.url}/statement.exe").status_code, 404)

    def test_member_confirms_its_statement(self):
        user = self._member_user("finance")
        self._invoice(self.member, 100.0, self._in_period())
        statement = self._generate(self.member, side="member")
        statement.action_send()
        self.url = f"/my/settlements/{statement.id}"
        self.assertEqual(self._open(self.finance).status_code, 404)
        self.assertIn("100.00", self._open(user).text)
        self.assertIn(statement.name, self._open(user, "/my/settlements").text)
        self._post(user, "confirm")
        self.assertEqual(statement.state, "confirmed")
