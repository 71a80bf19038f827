from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalOrderCommon


@tagged("post_install", "-at_install")
class TestMemberOrderPage(PortalOrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sale((cls.lamp, 10), order_type=cls.urgent_type)
        cls.cheap_purchase = cls.order.supplier_order_ids.filtered(
            lambda purchase: purchase.partner_id == cls.cheap
        )
        cls.dear_purchase = cls.order.supplier_order_ids - cls.cheap_purchase
        cls.url = f"/my/order/{cls.order.id}"

    def _fragment(self):
        answer, error = self._post("m-buyer", f"{self.url}/fragment")
        self.assertIsNone(error)
        return answer["html"]

    def test_page_names_no_supplier_no_cost_and_no_other_document(self):
        self.order.supplier_order_ids._supplier_accept()
        self.cheap_purchase._supplier_ship(carrier="DHL", tracking="JD1")
        for html in (self._get("m-buyer", self.url).text, self._fragment()):
            for secret in (
                "Cheap",
                "Dear Ltd",
                "8.37",
                "9.41",
                *self.order.supplier_order_ids.mapped("name"),
            ):
                self.assertNotIn(secret, html)

    def test_problem_without_words_is_refused_and_one_with_words_reaches_staff_only(self):
        with mute_logger("odoo.http"):
            _result, error = self._post("m-buyer", f"{self.url}/problem", values={"text": " "})
        self.assertIn("Describe", error["message"])
        self._post("m-buyer", f"{self.url}/problem", values={"text": "Broken <b>glass</b>"})
        alert = self.order.alert_ids.filtered(lambda a: a.kind == "problem")
        self.assertEqual(alert.detail, "Broken <b>glass</b>")
        self.assertFalse(self.order.event_ids.filtered(lambda e: "glass" in (e.text or "")))

    def test_parcel_of_another_order_is_not_received(self):
        other = self._sale((self.lamp, 1))
        other.supplier_order_ids._supplier_accept()
        shipment = other.supplier_order_ids._supplier_ship()
        self._post("m-buyer", f"{self.url}/receive", values={"shipment_id": str(shipment.id)})
        self.assertEqual(shipment.state, "shipped")
        with mute_logger("odoo.http"):
            _result, error = self._post("m-buyer", f"{self.url}/receive", values={})
        self.assertIn("Say which parcel", error["message"])

    def test_fragment_follows_the_order_from_placing_to_delivery(self):
        self.assertIn('data-state="allocated"', self._fragment())
        self.order.supplier_order_ids._supplier_accept()
        self.assertIn('data-state="accepted"', self._fragment())
        self.cheap_purchase._supplier_ship(carrier="DHL", tracking="JD1")
        html = self._fragment()
        self.assertIn('data-state="partly_shipped"', html)
        self.assertIn("https://www.dhl.com/", html)
        self.assertIn("Shipped: 6 Units Lamp (DHL JD1)", self._say(html))
        self.dear_purchase._supplier_ship()
        self.assertIn('data-state="shipped"', self._fragment())
        for shipment in self.order.shipment_ids:
            values = {"shipment_id": str(shipment.id)}
            for _twice in range(2):
                answer, error = self._post("m-buyer", f"{self.url}/receive", values=values)
                self.assertIsNone(error)
        self.assertIn('data-state="delivered"', answer["html"])
        self.assertEqual(self.order.order_line.qty_delivered, 10)

    def test_refusal_moves_the_rest_to_others_and_the_page_does_not_say_who(self):
        self.cheap_purchase._supplier_refuse("Fire at Cheap & Co")
        html = self._fragment()
        self.assertNotIn("Fire", html)
        self.assertEqual(self._placed(self.order)[self.dear][self.lamp], 10)

    def test_list_has_urgent_orders_first_and_counts_what_waits(self):
        plain = self._sale((self.vase, 1))
        page = self._get("m-buyer", "/my/order?filterby=open").text
        self.assertLess(page.index(self.order.name), page.index(plain.name))
        self.assertIn("o_s2b2b_row_urgent", page)
        counts = self.env["s2b2b.member.view"]._get_counts(self.member)
        self.assertEqual(counts, {"open": 2, "waiting": 0, "done": 0, "all": 2})
        answer, _error = self._post("m-buyer", "/my/order/list", page=1, filterby="done")
        self.assertIn("There is no order here", answer["html"])

    def test_unknown_filter_and_page_show_all(self):
        page = self._get("m-buyer", "/my/order/page/99?filterby=%27x")
        self.assertEqual(page.status_code, 200)

    def test_home_page_leads_to_both_pages(self):
        page = self._get("m-buyer", "/my").text
        self.assertIn("/my/order/new", page)
        self.assertIn('"/my/order"', page)
        self.assertNotIn("/my/supplier/orders", page)
