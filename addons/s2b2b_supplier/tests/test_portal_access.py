from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PDF
from .common_portal import PortalCommon

PAGES = (
    "/my/supplier",
    "/my/supplier/catalogue",
    "/my/supplier/catalogue/import",
    "/my/supplier/catalogue/export.csv",
    "/my/supplier/catalogue/template.csv",
    "/my/supplier/certificates",
    "/my/supplier/proposals",
    "/my/supplier/proposals/new",
    "/my/supplier/profile",
    "/my/supplier/api",
    "/my/supplier/statistics",
    "/my/supplier/statistics/export.csv",
    "/my/supplier/scores",
)


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCommon):
    def setUp(self):
        super().setUp()
        self.product = self._product()
        self.offer_a = self._offer(self.a, self.product, price=10)
        self.kind = self._certificate_type()
        self.paper_a = self._certificate(self.a, self.kind)
        file = {"name": "licence.pdf", "raw": PDF, "res_model": self.paper_a._name}
        self.file_a = self.env["ir.attachment"].create({**file, "res_id": self.paper_a.id})
        self.paper_a._write_guarded({"attachment_ids": self.file_a.ids})
        self.card_a = self.env["s2b2b.scorecard"]._evaluate(self.a, self._day(-30), self._day(0))

    def _pages_of_a(self):
        return (
            f"/my/supplier/scores/{self.card_a.id}",
            f"/my/supplier/certificates/{self.paper_a.id}/file/{self.file_a.id}",
        )

    def _changes_of_a(self):
        """Forms of the supplier, and what they would change."""
        return {
            f"/my/supplier/catalogue/{self.offer_a.id}": {"price": "1", "available_qty": "99"},
            f"/my/supplier/catalogue/{self.offer_a.id}/break": {"price": "1", "min_qty": "9"},
            f"/my/supplier/catalogue/{self.offer_a.id}/end": {"page": "1"},
            "/my/supplier/catalogue/import": {"page": "1"},
            "/my/supplier/closure": {
                "closed_from": str(self._day(1)),
                "closed_to": str(self._day(2)),
            },
            "/my/supplier/certificates/upload": {
                "type_id": str(self.kind.id),
                "number": "N-2",
                "expiry_date": str(self._day(500)),
            },
        }

    def _assert_nothing_changed(self):
        self.env.invalidate_all()
        self.assertEqual(self.offer_a.price, 10)
        self.assertFalse(self.offer_a.date_end)
        offers = self.env["product.supplierinfo"].search([("partner_id", "=", self.a.id)])
        self.assertEqual(offers, self.offer_a)
        self.assertFalse(self.env["s2b2b.supplier.stock"].search([("partner_id", "=", self.a.id)]))
        self.assertFalse(self.a.supplier_closed_from)
        self.assertEqual(self.a.supplier_certificate_ids, self.paper_a)

    def test_public_is_sent_to_the_login(self):
        self._login()
        for page in (*PAGES, *self._pages_of_a()):
            with self.subTest(page=page):
                answer = self.url_open(page, allow_redirects=False)
                self.assertEqual(answer.status_code, 303)
                self.assertIn("/web/login", answer.headers["Location"])
        for page, data in self._changes_of_a().items():
            with self.subTest(page=page):
                self._post(page, data, allow_redirects=False)
        self._assert_nothing_changed()

    def test_who_is_no_supplier_finds_no_page(self):
        stranger = self._supplier("Member Company", status="none")
        users = (
            self._portal_user(stranger, "portal_stranger", role="admin"),
            new_test_user(self.env, "internal_user", "base.group_user"),
        )
        for user in users:
            self._login(user)
            for page in (*PAGES, *self._pages_of_a()):
                with self.subTest(user=user.login, page=page):
                    self.assertEqual(self.url_open(page).status_code, 404)
            for page, data in self._changes_of_a().items():
                with self.subTest(user=user.login, page=page):
                    self.assertEqual(self._post(page, data).status_code, 404)
        self._assert_nothing_changed()

    def test_another_supplier_sees_and_changes_nothing(self):
        self._login(self.user_b)
        for page in self._pages_of_a():
            with self.subTest(page=page):
                self.assertEqual(self.url_open(page).status_code, 404)
        for page in PAGES:
            with self.subTest(page=page):
                text = self.url_open(page).text
                self.assertNotIn(self.product.name, text)
                self.assertNotIn(self.a.name, text)
        changes = self._changes_of_a().items()
        offers = {page: data for page, data in changes if str(self.offer_a.id) in page.split("/")}
        self.assertEqual(len(offers), 3)
        for page, data in offers.items():
            with self.subTest(page=page):
                self.assertIn("This offer is not yours", self._post(page, data).text)
        self._assert_nothing_changed()

    def test_role_decides_what_a_login_may_change(self):
        roles = {
            "viewer": set(),
            "orders": {"closure"},
            "catalogue": {"catalogue"},
            "finance": set(),
        }
        for role, allowed in roles.items():
            self._login(self._portal_user(self.a, f"portal_{role}", role=role))
            for page in PAGES:
                self.assertEqual(self.url_open(page).status_code, 200)
            for page, data in self._changes_of_a().items():
                if page.split("/")[3] in allowed:
                    continue
                with self.subTest(role=role, page=page):
                    self.assertEqual(self._post(page, data).status_code, 403)
        self._assert_nothing_changed()

    @mute_logger("odoo.http")
    def test_form_without_its_token_is_refused(self):
        self._login(self.user_a)
        for page, data in self._changes_of_a().items():
            with self.subTest(page=page):
                self.assertEqual(self.url_open(page, data).status_code, 400)
        self._assert_nothing_changed()

    def test_own_card_and_own_file_open(self):
        self._login(self.user_a)
        card, file = self._pages_of_a()
        self.assertEqual(self.url_open(card).status_code, 200)
        answer = self.url_open(file)
        self.assertEqual(answer.content, PDF)
        self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_eliminated_supplier_still_reads_its_pages(self):
        self.a._supplier_eliminate("Test")
        self._login(self.user_a)
        for page in PAGES:
            with self.subTest(page=page):
                self.assertEqual(self.url_open(page).status_code, 200)
