from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalOrderCommon


@tagged("post_install", "-at_install")
class TestQuickOrderGift(PortalOrderCommon):
    """A gift for the points of the member, chosen with the order that it places in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"member_points": True, "points_value": 0.1})
        cls.entries = cls.env["s2b2b.points.entry"]
        cls.entries._points_grant(cls.member, 500, "Trade fair", "fair")
        program = cls.env["loyalty.program"]._get_points_program(cls.company)
        cls.mug = cls._goods("Mug", 7.0, default_code="M-1")
        cls.dear_gift, cls.gift = cls.env["loyalty.reward"].create(
            [
                {
                    "program_id": program.id,
                    "reward_type": "product",
                    "reward_product_id": cls.mug.id,
                    "required_points": points,
                }
                for points in (501, 300)
            ]
        )
        cls.lines = [{"product_id": cls.lamp.id, "quantity": "10"}]

    def _key(self, gift=None):
        return f"{(gift or self.gift).id}-{self.mug.id}"

    def _call(self, step, login="m-buyer", gift=None, **params):
        return self._post(
            login, f"/my/order/new/{step}", lines=self.lines, gift=gift or self._key(), **params
        )

    def _quote(self, **params):
        answer, error = self._call("quote", **params)
        self.assertIsNone(error)
        return answer, self._say(answer["summary"].replace("\xa0", " "))

    def _placed(self):
        return self.env["sale.order"].search([("partner_id", "child_of", self.member.id)])

    def _balance(self):
        return self.entries._get_balances(self.member, self.company).get(self.member.id, 0)

    @mute_logger("odoo.http")
    def test_who_may_not_order_takes_no_gift(self):
        self._login("m-finance", self.member, member_role="finance")
        for login in ("m-viewer", "m-finance", "s-cheap"):
            with self.subTest(login=login):
                self.assertTrue(self._call("place", login, key="k")[1])
        self.assertEqual((len(self._placed()), self._balance()), (0, 500))

    def test_other_member_pays_with_its_own_points_only(self):
        answer, error = self._call("place", "m-other", key="k")
        self.assertIsNone(error)
        self.assertIn("not offered any more", answer["header_errors"]["gift"])
        self.assertEqual(self._balance(), 500)

    def test_gifts_beyond_the_points_or_archived_are_refused(self):
        archived = self._key()
        self.gift.active = False
        for gift in (self._key(self.dear_gift), archived, "1-1", "<b>"):
            answer, _error = self._call("place", key="k", gift=gift)
            with self.subTest(gift=gift):
                self.assertIn("not offered any more", answer["header_errors"]["gift"])
        self.assertEqual((len(self._placed()), self._balance()), (0, 500))
        self.assertNotIn("A gift for my points", self._get("m-buyer", "/my/order/new").text)

    def test_page_offers_what_the_points_pay_for(self):
        page = self._get("m-buyer", "/my/order/new").text
        self.assertIn("A gift for my points", page)
        self.assertIn(f'value="{self._key()}"', page)
        self.assertIn("Mug: 300 points", self._say(page))
        self.assertNotIn(f'value="{self._key(self.dear_gift)}"', page)
        other = self._get("m-other", "/my/order/new").text
        self.assertNotIn("A gift for my points", other)

    def test_quote_shows_the_gift_and_leaves_the_price(self):
        answer, summary = self._quote()
        self.assertFalse(answer["header_errors"])
        self.assertIn("Your gift: Mug 300 points", summary)
        self.assertIn("180.00", summary)

    def test_order_has_the_gift_and_spends_its_points_once(self):
        for _time in range(2):
            answer, error = self._call("place", key="k")
            self.assertIsNone(error)
        order = self._placed()
        self.assertEqual((order.state, order.amount_total), ("sale", 180))
        line = order.order_line.filtered("is_reward_line")
        self.assertRecordValues(line, [{"product_id": self.mug.id, "product_uom_qty": 1}])
        self.assertEqual(self._balance(), 200)

    def test_discount_is_for_the_points_that_the_gift_leaves(self):
        _answer, summary = self._quote(use_points="1")
        self.assertIn("160.00", summary)
        self._call("place", key="k", use_points="1")
        self.assertEqual((self._placed().amount_total, self._balance()), (160, 0))

    def test_gift_that_takes_all_points_leaves_no_discount(self):
        self.gift.required_points = 500
        _answer, summary = self._quote(use_points="1")
        self.assertNotIn("Your points", summary)
        self._call("place", key="k", use_points="1")
        self.assertEqual((self._placed().amount_total, self._balance()), (180, 0))

    def test_points_without_a_worth_still_pay_for_gifts(self):
        self.company.points_value = 0
        self.assertIn("Your gift: Mug", self._quote()[1])

    def test_held_order_keeps_the_gift_and_spends_when_it_is_released(self):
        self.company.member_credit_policy = "block"
        self.member.write({"credit_policy": "limit", "credit_limit": 100})
        self._call("place", key="k")
        order = self._placed()
        self.assertEqual((order.hold_reason, self._balance()), ("credit", 500))
        self.assertNotIn("A gift for my points", self._get("m-buyer", "/my/order/new").text)
        self.member.credit_limit = 1000
        order._release_holds(self.member, self.company)
        self.assertEqual((order.state, self._balance()), ("sale", 200))
