import io
import zipfile

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SettlementCommon


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
        member = new_test_user(
            self.env,
            "portal_member",
            "base.group_portal",
            partner_id=self._contact(self.member, email="robin@example.com").id,
        )
        self.settlement.action_send()
        self.assertEqual(self._open(member).status_code, 404)
        self.assertEqual(self._open(member, "/my/supplier/settlements").status_code, 404)

    def test_viewer_reads_but_does_not_answer(self):
        self.settlement.action_send()
        page = self._open(self.viewer)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("dispute_form", page.text)
        self.assertEqual(self._post(self.viewer, "confirm").status_code, 403)
        self.assertEqual(self.settlement.state, "sent")

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
        user = new_test_user(
            self.env,
            "portal_member",
            "base.group_portal",
            partner_id=self._contact(self.member, email="robin@example.com").id,
        )
        self._invoice(self.member, 100.0, self._in_period())
        statement = self._generate(self.member, side="member")
        statement.action_send()
        self.url = f"/my/settlements/{statement.id}"
        self.assertEqual(self._open(self.finance).status_code, 404)
        self.assertIn("100.00", self._open(user).text)
        self.assertIn(statement.name, self._open(user, "/my/settlements").text)
        self._post(user, "confirm")
        self.assertEqual(statement.state, "confirmed")
