from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .test_portal import PortalCommon

WITHOUT = ("viewer", "buyer", "approver", False)


@tagged("post_install", "-at_install")
class TestPortalInvoice(PortalCommon):
    """Core's pages of invoices are for those who look after the money of a member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.portal.partner_id
        cls.invoice = cls._invoice(cls.member, 432.1, fields.Date.today())
        cls.own = cls._invoice(cls.person, 77, "2026-06-03", invoice_date_due="2026-06-04")
        cls.url = f"/my/invoices/{cls.invoice.id}"

    def _get(self, path, login="riverside"):
        self.authenticate(login, login)
        return self.url_open(path)

    def _counters(self):
        self.authenticate("riverside", "riverside")
        names = ["invoice_count", "overdue_invoice_count"]
        return self.make_jsonrpc_request("/my/counters", {"counters": names})

    def test_people_without_finance_find_no_invoice(self):
        for role in WITHOUT:
            self.person.member_role = role
            with self.subTest(role=role):
                page = self._get("/my/invoices").text
                self.assertNotIn(self.invoice.name, page)
                self.assertNotIn(self.own.name, page, "nor those in its own name")
                self.assertFalse(any(self._counters().values()))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_people_without_finance_open_no_invoice_by_its_address(self):
        for role in WITHOUT:
            self.person.member_role = role
            for path in (
                self.url,
                f"{self.url}?report_type=html",
                f"{self.url}?report_type=pdf&download=true",
                f"{self.url}?access_token=guessed",
                "/my/invoices/overdue",
            ):
                with self.subTest(role=role, path=path):
                    answer = self._get(path)
                    self.assertNotIn("432.1", answer.text)
                    self.assertNotIn(self.invoice.name, answer.text)
                    self.assertFalse(answer.content.startswith(b"%PDF"))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_people_without_finance_read_no_invoice_by_rpc(self):
        self.person.member_role = "buyer"
        for records in (self.invoice, self.invoice.line_ids):
            records = records.with_user(self.portal)
            self.assertFalse(records.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                records.check_access("read")

    def test_order_page_links_no_invoice_for_people_without_finance(self):
        order = self._order(self.member, 500)
        order.action_confirm()
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.action_post()
        path = f"/my/orders/{order.id}"
        for role in WITHOUT:
            self.person.member_role = role
            with self.subTest(role=role):
                page = self._get(path).text
                self.assertIn(order.name, page)
                self.assertNotIn(f"/my/invoices/{invoice.id}", page)
        self.person.member_role = "finance"
        self.assertIn(f"/my/invoices/{invoice.id}", self._get(path).text)

    def test_role_counts_at_once(self):
        """Rules are kept in memory; a role that is given or taken counts with the next call."""
        invoice = self.invoice.with_user(self.portal)
        for role, expected in (("finance", True), ("buyer", False), ("admin", True)):
            self.person.member_role = role
            invoice.invalidate_recordset()
            self.assertIs(invoice.has_access("read"), expected)
            self.assertIs(bool(invoice.search([("id", "=", invoice.id)])), expected)

    def test_link_of_the_mail_shows_its_one_invoice(self):
        self.person.member_role = "buyer"
        token = self.invoice._portal_ensure_token()
        for login in ("riverside", None):
            self.assertIn("432.1", self._get(f"{self.url}?access_token={token}", login=login).text)

    def test_finance_and_customers_that_are_no_members_see_their_invoices(self):
        self.person.member_role = "finance"
        self.assertIn(self.invoice.name, self._get("/my/invoices").text)
        self.assertIn("432.1", self._get(self.url).text)
        self.assertTrue(all(self._counters().values()))
        self.person.member_role = False
        self.member.is_member = False
        self.assertIn("432.1", self._get(self.url).text)

    def test_company_that_logs_in_itself_sees_its_invoices(self):
        login = new_test_user(
            self.env, "itself", groups="base.group_portal", partner_id=self.member.id
        )
        self.assertTrue(self.invoice.with_user(login).has_access("read"))

    def test_staff_see_invoices_as_before(self):
        clerk = new_test_user(self.env, "biller", groups="account.group_account_invoice")
        clerk.write({"company_ids": self.env.company.ids, "company_id": self.env.company.id})
        clerk.partner_id.parent_id = self.member
        self.assertTrue(self.invoice.with_user(clerk).has_access("read"))
        self.assertTrue(self.invoice.with_user(clerk).is_open_to_user)
