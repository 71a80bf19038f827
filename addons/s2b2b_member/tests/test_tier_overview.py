from odoo import fields
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestTierOverview(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("is_member", "=", True)]).is_member = False
        cls.today = fields.Date.context_today(cls.env["res.company"])
        cls.company = cls.env.company
        cls.company.member_credit_policy = "warn"
        cls.small = cls._member("Small Shop")
        cls.big = cls._member("Big Shop", credit_limit=4000)
        cls._invoice(cls.small, 500, cls.today)
        cls._invoice(cls.big, 1500, cls.today)
        cls.env["res.partner.grade"]._evaluate_members(None, cls.today)

    def _card(self, grade):
        self.env.invalidate_all()
        return self.env["res.partner.grade"].browse(grade.id)

    def test_members_and_purchases_by_tier(self):
        normal, silver = self._card(self.normal), self._card(self.silver)
        self.assertEqual((normal.member_count, silver.member_count), (1, 1))
        self.assertEqual((normal.revenue, silver.revenue), (500, 1500))
        self.assertEqual((normal.revenue_share, silver.revenue_share), (25, 75))
        self.assertEqual(self._card(self.gold).member_count, 0)

    def test_members_who_moved_up_and_down(self):
        self.big.grade_id = self.gold
        self.assertEqual(self._card(self.gold).up_count, 1)
        self.big.grade_id = self.silver
        self.assertEqual(self._card(self.silver).down_count, 1)

    def test_credit_in_use_of_what_is_granted_in_this_company(self):
        silver = self._card(self.silver)
        self.assertEqual((silver.credit_used, silver.credit_granted), (1500, 4000))
        self.assertEqual(silver.credit_use, 37.5)
        self.assertEqual(self._card(self.normal).credit_use, 0)

    def test_members_about_to_drop_are_counted_and_opened(self):
        figures = self.env["s2b2b.member.figures"].search([("partner_id", "=", self.big.id)])
        figures.sudo().at_risk = True
        silver = self._card(self.silver)
        self.assertEqual(silver.at_risk_count, 1)
        domain = silver.action_view_at_risk()["domain"]
        self.assertEqual(self.env["res.partner"].search(domain), self.big)
        everybody = silver.action_view_members()["domain"]
        self.assertEqual(self.env["res.partner"].search(everybody), self.big)

    def test_orders_on_hold_are_counted_and_opened(self):
        order = self._order(self.big, 10)
        order.write({"hold_reason": "credit", "hold_amount": 10})
        silver = self._card(self.silver)
        self.assertEqual(silver.hold_count, 1)
        domain = silver.action_view_holds()["domain"]
        self.assertEqual(self.env["sale.order"].search(domain), order)

    def test_queries_do_not_grow_with_the_members(self):
        grades = self.normal | self.silver | self.gold | self.diamond

        def count():
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            grades.mapped("member_count")
            return self.env.cr.sql_log_count - start

        count()
        few = count()
        for place in range(20):
            self._member(f"More {place}", grade_id=self.silver.id)
        self.assertLessEqual(count(), few)
