from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalOrderCommon


@tagged("post_install", "-at_install")
class TestSupplierOrderPage(PortalOrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sale((cls.lamp, 6), order_type=cls.urgent_type)
        cls.purchase = cls.order.supplier_order_ids
        cls.line = cls.purchase.order_line
        cls.url = f"/my/supplier/orders/{cls.purchase.id}"

    def _act(self, verb, **values):
        return self._post("s-cheap", f"{self.url}/{verb}", values=values)

    def _quantity(self, text):
        return {f"qty_{self.line.id}": text}

    def _assertRefused(self, expected, verb, **values):
        with mute_logger("odoo.http"):
            result, error = self._act(verb, **values)
        self.assertIsNone(result)
        self.assertEqual(error["name"], "odoo.exceptions.UserError")
        self.assertIn(expected, error["message"])

    def test_page_shows_the_address_and_nothing_else_of_the_member(self):
        self.order.client_order_ref = "Secret reference"
        for html in (
            self._get("s-cheap", self.url).text,
            self._post("s-cheap", f"{self.url}/fragment")[0]["html"],
        ):
            self.assertIn("4 Quay Street", html)
            self.assertIn("8.37", html)
            for secret in (
                self.order.name,
                "Secret reference",
                "18.00",
                "Dear Ltd",
                self.member.email,
            ):
                self.assertNotIn(secret, html)

    def test_bad_answers_are_refused_in_words_and_change_nothing(self):
        for values, reason in (
            (self._quantity("ten"), "not a number"),
            (self._quantity(""), "not a number"),
            (self._quantity("-1"), "from 0 to 6"),
            (self._quantity("7"), "from 0 to 6"),
            (self._quantity("0"), "refuse the order"),
            ({"promised_date": "2020-02-01"}, "over"),
            ({"promised_date": "soon"}, "not a date"),
        ):
            with self.subTest(values=values):
                self._assertRefused(reason, "accept", **values)
        self._assertRefused("reason", "refuse", reason="  ")
        self._assertRefused("not possible", "ship")
        self._assertRefused("not possible", "prepare")
        self.assertEqual(self.purchase.supplier_state, "pending")

    def test_part_that_is_accepted_stays_and_the_rest_goes_to_others(self):
        result, error = self._act("accept", **self._quantity("4"))
        self.assertIsNone(error)
        self.assertIn('data-state="partial"', result["html"])
        self.assertEqual(self.line.product_qty, 4)
        self.assertEqual(self._placed(self.order)[self.dear][self.lamp], 2)

    def test_same_answer_twice_is_one_answer_and_another_one_is_refused(self):
        for _twice in range(2):
            _result, error = self._act("accept", **self._quantity("6"))
            self.assertIsNone(error)
        self._assertRefused("not possible", "accept", **self._quantity("5"))
        accepted = self.order.event_ids.filtered(lambda event: event.kind == "accepted")
        self.assertEqual(len(accepted), 1)

    def test_refusal_keeps_its_reason(self):
        result, _error = self._act("refuse", reason="Out of season")
        self.assertIn("Out of season", result["html"])
        self.assertEqual(self.purchase.supplier_state, "refused")

    def test_later_date_is_proposed_and_waits(self):
        result, _error = self._act("accept", promised_date=str(self._day(30)))
        self.assertIn('data-state="proposed"', result["html"])
        self.assertIn("You have proposed another date", result["html"])
        self.assertNotIn("/ship", result["html"])

    def test_goods_are_shipped_in_parcels_with_their_tracking_numbers(self):
        self._act("accept")
        result, _error = self._act("prepare")
        self.assertIn('data-state="preparing"', result["html"])
        parcel = {**self._quantity("2"), "carrier": "DHL", "tracking": "JD1"}
        for _twice in range(2):
            _result, error = self._act("ship", **parcel)
            self.assertIsNone(error)
        self.assertEqual(len(self.purchase.shipment_ids), 1)
        self._assertRefused("from 0 to 4", "ship", **self._quantity("5"))
        self._assertRefused("future", "ship", shipped_date=str(self._day(3)))
        result, _error = self._act("ship", **self._quantity("4"), tracking="JD2")
        self.assertIn('data-state="shipped"', result["html"])
        self.assertEqual(self.purchase.shipment_ids.mapped("tracking"), ["JD2", "JD1"])

    def test_list_begins_with_what_is_urgent_and_is_to_be_answered(self):
        plain = self._sale((self.lamp, 1)).supplier_order_ids
        self.assertEqual(plain.partner_id, self.dear)
        self._stock(self.cheap, self.lamp, 50)
        plain = self._sale((self.lamp, 1)).supplier_order_ids
        self.assertEqual(plain.partner_id, self.cheap)
        page = self._get("s-cheap", "/my/supplier/orders").text
        self.assertLess(page.index(self.purchase.name), page.index(plain.name))
        self.assertIn("o_s2b2b_row_urgent", page)
        self.assertIn("answer by", page)
        self._act("accept")
        page = self._get("s-cheap", "/my/supplier/orders?filterby=ship").text
        self.assertIn(self.purchase.name, page)
        self.assertNotIn(plain.name, page)

    def test_link_of_the_mail_and_home_page_lead_to_the_order(self):
        self.assertEqual(
            self._get("s-cheap", f"/my/supplier/order/{self.purchase.id}").status_code, 200
        )
        self.assertIn("/my/supplier/orders", self._get("s-cheap", "/my").text)
        self.assertIn("/my/supplier/orders", self._get("s-cheap", "/my/supplier").text)
