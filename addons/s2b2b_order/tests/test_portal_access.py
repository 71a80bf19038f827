from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .portal_common import PortalOrderCommon

DENIED = "odoo.exceptions.AccessError"
MISSING = "odoo.exceptions.MissingError"


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalOrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sale((cls.lamp, 10))
        cls.purchase = cls.order.supplier_order_ids.filtered(lambda p: p.partner_id == cls.cheap)
        cls.member_pages = ("/my/order", "/my/order/new", f"/my/order/{cls.order.id}")
        cls.supplier_pages = (
            "/my/supplier/orders",
            f"/my/supplier/orders/{cls.purchase.id}",
            f"/my/supplier/order/{cls.purchase.id}",
        )
        cls.member_calls = (
            "/my/order/list",
            f"/my/order/{cls.order.id}/fragment",
            f"/my/order/{cls.order.id}/receive",
            f"/my/order/{cls.order.id}/problem",
            f"/my/order/{cls.order.id}/approve",
            "/my/order/new/search",
            "/my/order/new/quote",
            "/my/order/new/place",
        )
        base = f"/my/supplier/orders/{cls.purchase.id}"
        cls.supplier_acts = tuple(
            f"{base}/{verb}" for verb in ("accept", "refuse", "prepare", "ship")
        )
        cls.supplier_calls = ("/my/supplier/orders/list", f"{base}/fragment", *cls.supplier_acts)

    def _assertRefused(self, login, urls, names=(DENIED, MISSING)):
        for url in urls:
            with self.subTest(login=login, url=url), mute_logger("odoo.http"):
                result, error = self._post(login, url, **self._params(url))
                self.assertIsNone(result)
                self.assertIn(error["name"], names)

    def _params(self, url):
        """The least that a call takes."""
        takes_values = url.endswith(("/receive", "/problem", "/refuse", "/ship", "/accept"))
        return {"values": {}} if takes_values else {}

    def _assertNoPage(self, login, urls):
        for url in urls:
            with self.subTest(login=login, url=url):
                self.assertEqual(self._get(login, url).status_code, 404)

    def test_stranger_is_sent_to_the_login(self):
        self.authenticate(None, None)
        for url in (*self.member_pages, *self.supplier_pages):
            with self.subTest(url=url):
                page = self.url_open(url, allow_redirects=False)
                self.assertIn("/web/login", page.headers["Location"])

    def test_stranger_calls_nothing(self):
        for url in (*self.member_calls, *self.supplier_calls):
            with self.subTest(url=url), mute_logger("odoo.http"):
                response = self.url_open(url, json={"params": self._params(url)}).json()
                self.assertIn("SessionExpired", response["error"]["data"]["name"])

    def test_customer_that_is_no_member_has_no_order_page(self):
        self._login("plain", self.env["res.partner"].create({"name": "Shop", "is_company": True}))
        self._assertNoPage("plain", (*self.member_pages, *self.supplier_pages))
        self._assertRefused("plain", (*self.member_calls, *self.supplier_calls))
        self.assertNotIn("/my/order/new", self._get("plain", "/my").text)

    def test_supplier_has_no_page_of_a_member(self):
        self._assertNoPage("s-cheap", self.member_pages)
        self._assertRefused("s-cheap", self.member_calls)

    def test_member_has_no_page_of_a_supplier(self):
        self._assertNoPage("m-buyer", self.supplier_pages)
        self._assertRefused("m-buyer", self.supplier_calls)

    def test_other_member_does_not_find_the_order(self):
        self._assertNoPage("m-other", [f"/my/order/{self.order.id}"])
        own = [url for url in self.member_calls if str(self.order.id) in url]
        self._assertRefused("m-other", own, [MISSING])
        self.assertNotIn(self.order.name, self._get("m-other", "/my/order").text)

    def test_other_supplier_does_not_find_the_order(self):
        self._assertNoPage("s-dear", self.supplier_pages[1:])
        self._assertRefused("s-dear", self.supplier_calls[1:], [MISSING])
        page = self._get("s-dear", "/my/supplier/orders?filterby=all").text
        self.assertNotIn(self.purchase.name, page)
        self.assertEqual(self.purchase.supplier_state, "pending")

    def test_viewer_of_a_supplier_looks_and_does_not_answer(self):
        page = self._get("s-viewer", self.supplier_pages[1])
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("/accept", page.text)
        self._assertRefused("s-viewer", self.supplier_acts, [DENIED])

    def test_viewer_of_a_member_looks_and_does_not_order(self):
        self.assertEqual(self._get("m-viewer", self.member_pages[2]).status_code, 200)
        with mute_logger("odoo.http"):
            self.assertEqual(self._get("m-viewer", "/my/order/new").status_code, 403)
        self.assertNotIn("/my/order/new", self._get("m-viewer", "/my/order").text)
        acts = [url for url in self.member_calls if not url.endswith(("/list", "/fragment"))]
        self._assertRefused("m-viewer", acts, [DENIED])

    def test_draft_of_staff_is_shown_to_nobody(self):
        draft = self._sale((self.lamp, 1), confirm=False)
        self._assertNoPage("m-buyer", [f"/my/order/{draft.id}"])
        asked = self.env["purchase.order"].create(
            {
                "partner_id": self.cheap.id,
                "order_line": [Command.create({"product_id": self.lamp.id, "product_qty": 1})],
            }
        )
        self._assertNoPage("s-cheap", [f"/my/supplier/orders/{asked.id}"])

    def test_user_of_a_second_company_orders_nothing_of_the_first(self):
        second = self.env["res.company"].create({"name": "Second Platform"})
        own = self._goods("Own Lamp", company_id=self.company.id)
        self._offer(self.dear, own, 5.0)
        contact = self.env["res.partner"].create(
            {"name": "m-second", "parent_id": self.member.id, "member_role": "admin"}
        )
        new_test_user(
            self.env,
            "m-second",
            "base.group_portal",
            password="m-second",
            partner_id=contact.id,
            company_id=second.id,
            company_ids=[Command.set(second.ids)],
        )
        answer, _error = self._post("m-second", "/my/order/new/search", term="Own Lamp")
        self.assertNotIn("data-product-id", answer["html"])
        answer, _error = self._post(
            "m-second", "/my/order/new/quote", lines=[{"product_id": own.id, "quantity": "1"}]
        )
        self.assertTrue(answer["errors"])

    def test_neither_side_reads_the_transfer_between_them(self):
        for company in (self.cheap, self.member):
            own_login = new_test_user(
                self.env, f"own-{company.id}", "base.group_portal", partner_id=company.id
            )
            pickings = self.env["stock.picking"].with_user(own_login).search([])
            self.assertFalse(pickings & self.purchase.picking_ids)
            self.assertFalse(pickings & self.order.picking_ids)

    def test_get_changes_nothing(self):
        for url in (*self.member_calls[2:], *self.supplier_acts):
            with self.subTest(url=url), mute_logger("odoo.http"):
                login = "m-buyer" if url.startswith("/my/order") else "s-cheap"
                self.assertNotEqual(self._get(login, url).status_code, 200)
        self.assertEqual(self.purchase.supplier_state, "pending")
