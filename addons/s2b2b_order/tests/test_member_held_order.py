from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalOrderCommon


@tagged("post_install", "-at_install")
class TestMemberHeldOrder(PortalOrderCommon):
    """The ways out of a held order that its member has in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.member_credit_policy = "block"
        cls.member.write({"credit_policy": "limit", "credit_limit": 100})
        cls._login("m-finance", cls.member, member_role="finance")
        cls.order = cls._sale((cls.lamp, 10), s2b2b_contact_id=cls.buyer_user.partner_id.id)
        cls.url = f"/my/order/{cls.order.id}"

    def _refused(self, login, action):
        with mute_logger("odoo.http"):
            _result, error = self._post(login, f"{self.url}/{action}")
        self.assertTrue(error, (login, action))
        return error["message"]

    def test_other_people_neither_cancel_it_nor_ask_for_credit(self):
        self.assertEqual(self.order.hold_reason, "credit")
        for login in ("m-other", "m-viewer", "s-cheap"):
            for action in ("cancel", "credit"):
                with self.subTest(login=login, action=action):
                    self._refused(login, action)
        self._refused("m-finance", "cancel")
        self._login("m-colleague", self.member, member_role="buyer")
        self.assertIn("Only who has placed", self._refused("m-colleague", "cancel"))
        self.assertEqual((self.order.state, self.order.hold_reason), ("draft", "credit"))
        self.assertFalse(self.order.credit_request_ids)

    def test_stranger_is_refused(self):
        self.authenticate(None, None)
        for action in ("cancel", "credit"):
            with mute_logger("odoo.http"):
                answer = self.make_jsonrpc_request_error(f"{self.url}/{action}")
            self.assertIn("SessionExpired", answer)

    def make_jsonrpc_request_error(self, url):
        answer = self.url_open(url, json={"jsonrpc": "2.0", "params": {}}).json()
        return answer["error"]["data"]["name"]

    def test_page_offers_what_each_person_may_do(self):
        buyer, viewer = (self._get(login, self.url).text for login in ("m-buyer", "m-viewer"))
        finance = self._get("m-finance", self.url).text
        pay = f'href="/my/orders/{self.order.id}"'
        for offer, page, there in (
            (pay, buyer, True),
            ("Ask for more credit", buyer, True),
            ("Yes, cancel it", buyer, True),
            (pay, finance, True),
            ("Ask for more credit", finance, True),
            ("Yes, cancel it", finance, False),
            (pay, viewer, False),
            ("Ask for more credit", viewer, False),
            ("Yes, cancel it", viewer, False),
        ):
            with self.subTest(offer=offer, there=there):
                self.assertEqual(offer in page, there)

    def test_held_order_is_paid_as_a_whole_on_cores_page(self):
        self.order.require_payment = False
        self.assertTrue(self.order._has_to_be_paid())
        self.assertEqual(self.order._get_prepayment_required_amount(), self.order.amount_total)
        self.assertEqual(self._get("m-buyer", f"/my/orders/{self.order.id}").status_code, 200)
        self.member.credit_limit = 10000
        self.order._release_holds(self.member, self.company)
        self.assertEqual(self.order.state, "sale")
        self.assertFalse(self.order._has_to_be_paid())

    def test_buyer_cancels_its_own_order_once(self):
        answer, error = self._post("m-buyer", f"{self.url}/cancel")
        self.assertIsNone(error)
        self.assertIn('data-state="cancelled"', answer["html"])
        self.assertEqual(self.order.state, "cancel")
        self.assertIn("does not wait", self._refused("m-buyer", "cancel"))

    def test_approver_cancels_an_order_of_another_person(self):
        _answer, error = self._post("m-approver", f"{self.url}/cancel")
        self.assertIsNone(error)
        self.assertEqual(self.order.state, "cancel")

    def test_confirmed_order_is_not_cancelled_here(self):
        self.member.credit_limit = 10000
        self.order._release_holds(self.member, self.company)
        self.assertIn("does not wait", self._refused("m-buyer", "cancel"))
        self.assertEqual(self.order.state, "sale")

    def test_credit_is_asked_for_once_and_the_page_follows_the_decision(self):
        answer, error = self._post("m-finance", f"{self.url}/credit")
        self.assertIsNone(error)
        self.assertIn("More credit was asked for", answer["html"])
        request = self.order.credit_request_ids
        self.assertEqual((request.amount, request.state), (self.order.hold_amount, "submitted"))
        self.assertTrue(request.activity_ids)
        self.assertIn("asked for already", self._refused("m-buyer", "credit"))
        request._refuse("Pay first")
        page = self._get("m-buyer", self.url).text
        self.assertIn("More credit was refused", page)
        self.assertNotIn("Ask for more credit", page)
