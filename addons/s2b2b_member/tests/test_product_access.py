from datetime import timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestProductAccess(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env["res.company"])
        cls.gold.early_access_days = 3
        cls.gold_member = cls._member("Gold Gifts", grade_id=cls.gold.id)
        cls.silver_member = cls._member("Silver Gifts", grade_id=cls.silver.id)
        cls.guest = cls.env["res.partner"].create({"name": "Passer-by"})
        cls.product = cls.product_a.product_tmpl_id

    def _may_buy(self, partner):
        """By domain and by reason, which must agree."""
        products = self.env["product.product"]
        domain = products._get_access_domain(partner) & Domain("id", "=", self.product_a.id)
        found = bool(products.search(domain))
        self.assertEqual(found, not self.product_a._get_refusals(partner))
        return found

    def test_product_of_a_tier_is_for_that_tier_and_higher_ones(self):
        self.product.min_grade_id = self.gold
        buyers = (self.gold_member, self.silver_member, self.guest)
        self.assertEqual([self._may_buy(b) for b in buyers], [True, False, False])
        self.silver_member.grade_id = self.diamond
        self.assertTrue(self._may_buy(self.silver_member))

    def test_contact_may_buy_what_its_company_may(self):
        self.product.min_grade_id = self.gold
        self.assertTrue(self._may_buy(self._contact(self.gold_member)))

    def test_who_is_no_member_any_more_has_no_tier(self):
        self.product.min_grade_id = self.gold
        self.gold_member.is_member = False
        self.assertFalse(self._may_buy(self.gold_member))

    def test_early_access_by_the_days_of_the_tier(self):
        for days, expected in ((0, [True] * 3), (3, [True, False, False]), (4, [False] * 3)):
            self.product.launch_date = self.today + timedelta(days)
            buyers = (self.gold_member, self.silver_member, self.guest)
            with self.subTest(days=days):
                self.assertEqual([self._may_buy(b) for b in buyers], expected)

    def test_order_of_a_product_refused_is_not_confirmed_and_says_why(self):
        self.product.min_grade_id = self.gold
        order = self._order(self.silver_member, 10)
        self.assertIn("Only for members from tier Gold on.", order.product_refusal)
        with self.assertRefused("Only for members from tier Gold on."):
            order.action_confirm()
        self.assertEqual(order.state, "draft")
        allowed = self._order(self.gold_member, 10)
        allowed.action_confirm()
        self.assertEqual((allowed.state, allowed.product_refusal), ("sale", False))

    def test_salesperson_without_rights_on_members_is_told_too(self):
        self.product.min_grade_id = self.gold
        seller = new_test_user(self.env, "seller", groups="sales_team.group_sale_salesman")
        order = self._order(self.silver_member, 10, user_id=seller.id).with_user(seller)
        with self.assertRefused("Gold"):
            order.action_confirm()

    def test_tier_that_a_product_asks_for_is_not_shown_to_the_portal(self):
        portal = new_test_user(self.env, "x_portal", groups="base.group_portal")
        names = ["min_grade_id", "launch_date"]
        self.assertEqual(self.env["product.template"].with_user(portal).fields_get(names), {})

    def test_queries_do_not_grow_with_the_lines(self):
        def count(products):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            products._get_refusals(self.silver_member)
            return self.env.cr.sql_log_count - start

        many = self.env["product.product"].create([{"name": f"P{n}"} for n in range(40)])
        count(many)
        self.assertLessEqual(count(many), count(many[:2]))
