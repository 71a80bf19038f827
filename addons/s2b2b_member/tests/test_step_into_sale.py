from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestStepIntoSale(MemberCommon):
    """What a member may not buy is refused whatever way it gets onto an order, and not offered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.silver_member = cls._member("Silver Gifts", grade_id=cls.silver.id)
        cls.gold_member = cls._member("Gold Gifts", grade_id=cls.gold.id)
        cls.rare = cls.env["product.product"].create(
            {"name": "Rare", "list_price": 9, "min_grade_id": cls.gold.id}
        )
        today = fields.Date.context_today(cls.env["res.company"])
        cls.coming = cls.env["product.product"].create(
            {"name": "Coming", "list_price": 9, "launch_date": today + timedelta(5)}
        )

    def _confirmed(self, member):
        order = self._order(member, 10)
        order.action_confirm()
        return order

    def _line(self, product):
        return Command.create({"product_id": product.id})

    def test_state_written_or_created_is_refused(self):
        for product in (self.rare, self.coming):
            order = self._order(self.silver_member, 10)
            order.order_line = [self._line(product)]
            with self.subTest(product=product.name), self.assertRefused(product.name):
                order.write({"state": "sale"})
            with self.subTest(created=product.name), self.assertRefused(product.name):
                self._order(self.silver_member, 1, order_line=[self._line(product)], state="sale")

    def test_line_added_to_a_confirmed_order_is_refused(self):
        order = self._confirmed(self.silver_member)
        for product in (self.rare, self.coming):
            with self.subTest(product=product.name), self.assertRefused(product.name):
                order.order_line = [self._line(product)]
            with self.subTest(other=product.name), self.assertRaises(UserError):
                order.order_line.product_id = product
        order.order_line = [self._line(self.product_b)]
        self.assertEqual(len(order.order_line), 2)

    def test_member_of_the_tier_may(self):
        order = self._confirmed(self.gold_member)
        order.order_line = [self._line(self.rare)]
        created = self._order(self.gold_member, 1, order_line=[self._line(self.rare)])
        created.write({"state": "sale"})
        self.assertEqual(created.state, "sale")

    def test_price_list_names_what_the_member_may_buy(self):
        lists = self.env["s2b2b.member.pricelist"]
        for member, expected in ((self.silver_member, set()), (self.gold_member, {"Rare"})):
            groups = lists._prepare_pricelist(member)["groups"]
            names = {row["name"] for group in groups for row in group["rows"]}
            self.assertEqual(names & {"Rare", "Coming"}, expected)

    def test_catalogue_of_an_order_shows_what_its_customer_may_buy(self):
        both = (self.rare | self.coming).ids
        for member, expected in (
            (self.silver_member, self.rare.browse()),
            (self.gold_member, self.rare),
        ):
            domain = self._order(member, 1)._get_product_catalog_domain()
            found = self.env["product.product"].search(domain & fields.Domain("id", "in", both))
            self.assertEqual(found, expected)
