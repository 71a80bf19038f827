from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestDashboard(MemberCommon):
    """Members by tier and movement, purchases by tier, who is about to drop, credit in use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("is_member", "=", True)]).is_member = False
        cls.today = fields.Date.context_today(cls.env["res.company"])
        cls.small = cls._member("Small Shop")
        cls.big = cls._member("Big Shop", credit_limit=4000)
        cls.new = cls._member("New Shop")
        cls._invoice(cls.small, 500, cls.today)
        cls._invoice(cls.big, 1500, cls.today)
        cls.env["res.partner.grade"]._evaluate_members(cls.small | cls.big, cls.today)

    def _page(self):
        self.env.invalidate_all()
        return self.env["s2b2b.member.dashboard"].get_dashboard()

    def _tiles(self):
        return {tile["key"]: tile for s in self._page()["sections"] for tile in s["tiles"]}

    def _open(self, action):
        return self.env[action["res_model"]].search(action["domain"])

    def test_others_than_member_staff_see_nothing(self):
        for groups in ("base.group_portal", "base.group_user", "sales_team.group_sale_manager"):
            user = new_test_user(self.env, groups.replace(".", "_"), groups=groups)
            with self.subTest(groups=groups), self.assertRaises(AccessError):
                self.env["s2b2b.member.dashboard"].with_user(user).get_dashboard()

    def test_members_with_and_without_a_tier(self):
        tiles = self._tiles()
        self.assertEqual((tiles["members"]["count"], tiles["no_tier"]["count"]), (3, 1))
        self.assertEqual(self._open(tiles["no_tier"]["action"]), self.new)

    def test_movement_of_the_last_30_and_90_days(self):
        self.big.grade_id = self.gold
        self.small.grade_id = self.silver
        old = self.small.grade_change_ids[:1].sudo()
        old.date = self.today - relativedelta(days=60)
        tile = self._tiles()["up"]
        self.assertEqual(tile["count"], 1)
        self.assertIn("2 in 90 days", tile["note"])
        self.assertEqual(self._open(tile["action"]).partner_id, self.big)

    def test_purchases_and_credit_by_tier(self):
        tiers = {tier["label"]: tier for tier in self._page()["tiers"]}
        self.assertIn("1,500.00", tiers["Silver"]["revenue"])
        self.assertEqual(tiers["Silver"]["share"], 75)
        self.assertIn("1,500.00", tiers["Silver"]["used"])
        self.assertEqual(tiers["Silver"]["credit_use"], 38)
        self.assertEqual(self._open(tiers["Silver"]["action"]), self.big)

    def test_credit_by_tier_is_the_sum_of_the_members(self):
        self._order(self.big, 300).action_confirm()
        self._invoice(self.small, 70, self.today, post=False)
        gate, members = self.env["s2b2b.credit.gate"], self.small | self.big | self.new
        single = gate._get_exposures(members, self.env.company)
        by_tier = gate._get_exposures_by_tier(members, self.env.company)
        for member in self.small | self.big:
            self.assertAlmostEqual(by_tier[member.grade_id.id], sum(single[member.id].values()))

    def test_members_about_to_drop_with_what_they_lack(self):
        self.big.grade_id = self.gold
        self.env["res.partner.grade"]._evaluate_members(self.big, self.today)
        self.assertEqual(self._tiles()["at_risk"]["count"], 1)
        (row,) = self._page()["at_risk"]
        self.assertEqual((row["name"], row["tier"]), ("Big Shop", "Gold"))
        self.assertIn("3,500.00", row["notice"])

    def test_trend_is_by_month_and_tier(self):
        action = self._page()["trend"]
        report = self.env["account.invoice.report"]
        groups = report._read_group(
            [("partner_id", "in", (self.small | self.big).ids), ("state", "=", "posted")],
            ["invoice_date:month", "member_grade_id"],
            ["price_subtotal:sum"],
        )
        self.assertEqual(
            {(g, amount) for _m, g, amount in groups}, {(self.normal, 500), (self.silver, 1500)}
        )
        self.assertEqual(action["res_model"], "account.invoice.report")
        clerk = new_test_user(self.env, "dashboard_clerk", groups="s2b2b_member.group_user")
        self.assertFalse(self.env["s2b2b.member.dashboard"].with_user(clerk)._get_trend_action())

    def test_queries_are_the_same_for_10_and_200_members(self):
        def count(members):
            for place in range(members):
                self._member(f"More {place}", grade_id=self.silver.id)
            self.env.flush_all()
            self._page()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.env["s2b2b.member.dashboard"].get_dashboard()
            return self.env.cr.sql_log_count - start

        self.assertEqual(count(10), count(190))
