from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalOrderCommon


@tagged("post_install", "-at_install")
class TestQuickOrderPoints(PortalOrderCommon):
    """Points of the member as a discount of the orders that it places in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"member_points": True, "points_value": 0.1})
        cls.entries = cls.env["s2b2b.points.entry"]
        cls.entries._points_grant(cls.member | cls.other_member, 500, "Trade fair", "fair")
        cls.lines = [{"product_id": cls.lamp.id, "quantity": "10"}]

    def _quote(self, login="m-buyer", **params):
        answer, error = self._post(login, "/my/order/new/quote", lines=self.lines, **params)
        self.assertIsNone(error)
        return self._say(answer["summary"].replace("\xa0", " "))

    def _place(self, key="k-1", login="m-buyer", use_points="1", **params):
        answer, error = self._post(
            login, "/my/order/new/place", key=key, lines=self.lines, use_points=use_points, **params
        )
        self.assertIsNone(error)
        return self.env["sale.order"].browse(int(answer["url"].rsplit("/", 1)[1]))

    def _balance(self, member=None):
        member = member or self.member
        return self.entries._get_balances(member, self.company).get(member.id, 0)

    def test_who_may_not_order_uses_no_points(self):
        for login in ("m-viewer", "s-cheap"):
            with self.subTest(login=login), mute_logger("odoo.http"):
                _answer, error = self._post(
                    login, "/my/order/new/place", key="k", lines=self.lines, use_points="1"
                )
                self.assertTrue(error)
        self.assertEqual(self._balance(), 500)

    def test_points_of_another_member_are_not_touched(self):
        self._place()
        self.assertEqual((self._balance(), self._balance(self.other_member)), (0, 500))

    def test_page_offers_the_points_with_their_worth(self):
        page = self._say(self._get("m-buyer", "/my/order/new").text.replace("\xa0", " "))
        self.assertIn("Use my points 500 points, worth $ 50.00", page)

    def test_company_without_points_offers_none(self):
        self.company.member_points = False
        self.assertNotIn("Use my points", self._get("m-buyer", "/my/order/new").text)
        self.assertNotIn("Your points", self._quote(use_points="1"))
        self.assertEqual(self._place().amount_total, 180)

    def test_quote_shows_the_discount_only_when_it_is_wanted(self):
        self.assertNotIn("Your points", self._quote())
        summary = self._quote(use_points="1")
        self.assertIn("Your points", summary)
        self.assertIn("130.00", summary)

    def test_total_of_the_quote_is_the_total_of_the_order_with_taxes_too(self):
        tax = self.tax_sale_a.copy({"amount": 17, "name": "17%"})
        (self.lamp | self.vase).taxes_id = tax
        self.lamp.list_price = 13.37
        self.lines = [*self.lines, {"product_id": self.vase.id, "quantity": "3"}]
        summary = self._quote(use_points="1")
        order = self._place()
        self.assertIn(f"{order.amount_total:.2f}", summary)
        self.assertLess(order.amount_total, order.order_line[0].price_total + 100)
        self.assertEqual(self._balance(), 0)

    def test_order_is_placed_once_and_spends_the_points_once(self):
        first, again = self._place(), self._place()
        self.assertEqual(first, again)
        self.assertEqual((first.state, first.amount_total), ("sale", 130))
        self.assertEqual(self._balance(), 0)

    def test_order_that_is_not_to_use_points_keeps_them(self):
        order = self._place(use_points="")
        self.assertEqual((order.amount_total, self._balance()), (180, 500))

    def test_credit_is_checked_for_what_is_left_to_pay(self):
        self.company.member_credit_policy = "block"
        self.member.write({"credit_policy": "limit", "credit_limit": 130})
        order = self._place()
        self.assertEqual((order.state, order.hold_reason), ("sale", False))

    def test_held_order_spends_nothing_until_it_is_released_and_sets_the_points_aside(self):
        self.company.member_credit_policy = "block"
        self.member.write({"credit_policy": "limit", "credit_limit": 100})
        order = self._place()
        self.assertEqual((order.hold_reason, order.hold_amount), ("credit", 30))
        self.assertEqual(self._balance(), 500)
        self.assertNotIn("Your points", self._quote(use_points="1"))
        self.member.credit_limit = 200
        order._release_holds(self.member, self.company)
        self.assertEqual((order.state, order.amount_total), ("sale", 130))
        self.assertEqual(self._balance(), 0)

    def test_order_that_waits_for_its_approver_spends_when_it_is_approved(self):
        self.buyer_user.partner_id.member_order_limit = 100
        order = self._place()
        self.assertEqual((order.hold_reason, self._balance()), ("member_approval", 500))
        self._post("m-approver", f"/my/order/{order.id}/approve")
        self.assertEqual((order.state, self._balance()), ("sale", 0))

    def test_limit_of_the_person_is_compared_with_what_is_left_to_pay(self):
        self.buyer_user.partner_id.member_order_limit = 130
        self.assertEqual(self._place().state, "sale")

    def test_cancelled_order_gives_the_points_back(self):
        order = self._place()
        order._action_cancel()
        self.assertEqual(self._balance(), 500)
