from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestProfile(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("is_member", "=", True)]).is_member = False
        cls.profiles = cls.env["s2b2b.member.profile"]
        cls.members = cls.env["res.partner"]
        for place in range(5):
            member = cls._member(f"Member {place}")
            cls._invoice(member, 100 * (place + 1), cls.today - timedelta(100 - 20 * place))
            for _again in range(place):
                cls._invoice(member, 10, cls.today - timedelta(100))
            cls.members |= member
        cls.prospect = cls._member("Prospect")
        cls.former = cls._member("Former")
        cls._invoice(cls.former, 9000, cls.today - timedelta(500))

    def _profile(self):
        self.profiles._profile(self.today)
        return self.profiles.search([]).grouped("partner_id")

    @mute_logger("odoo.addons.base.models.ir_access", "odoo.addons.base.models.ir_model")
    def test_portal_and_employees_see_no_profiles(self):
        self._profile()
        for group in ("base.group_portal", "base.group_user"):
            user = new_test_user(self.env, f"x_{group[-4:]}", groups=group)
            for model in ("s2b2b.member.profile", "s2b2b.segment"):
                with self.subTest(group=group, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_members_are_scored_against_each_other(self):
        found = self._profile()
        for place, member in enumerate(self.members):
            profile = found[member]
            self.assertEqual(
                (profile.recency, profile.frequency, profile.monetary), (place + 1,) * 3
            )
        best = found[self.members[-1]]
        self.assertEqual((best.rfm_group, best.invoice_count, best.amount), ("champion", 5, 540))
        self.assertEqual(best.last_invoice_date, self.today - timedelta(20))

    def test_without_purchases_a_prospect_and_with_old_ones_lost(self):
        found = self._profile()
        self.assertEqual(found[self.prospect].rfm_group, "prospect")
        self.assertEqual(found[self.former].rfm_group, "lost")
        self.assertEqual(self.former.rfm_group, "lost")

    def test_credit_notes_are_taken_off(self):
        self._invoice(self.members[-1], 500, self.today, kind="out_refund")
        found = self._profile()
        self.assertEqual(found[self.members[-1]].amount, 40)
        self.assertEqual(found[self.members[-1]].monetary, 1)

    def test_profile_goes_with_the_membership(self):
        self._profile()
        self.prospect.is_member = False
        self.assertNotIn(self.prospect, self._profile())

    def test_group_is_a_condition_on_contacts(self):
        self._profile()
        found = self.env["res.partner"].search([("rfm_group", "in", ["prospect", "champion"])])
        self.assertEqual(found, self.prospect | self.members[-1:])

    def test_number_of_queries_does_not_depend_on_the_members(self):
        self._profile()
        start = self.env.cr.sql_log_count
        self._profile()
        few = self.env.cr.sql_log_count - start
        for place in range(20):
            self._invoice(self._member(f"More {place}"), 10, self.today)
        self._profile()
        start = self.env.cr.sql_log_count
        self._profile()
        self.assertLessEqual(self.env.cr.sql_log_count - start, few)

    def test_job_does_nothing_until_it_is_switched_on(self):
        self.env["res.company"].search([]).member_profiles = False
        self.profiles._cron_profile_members()
        self.assertFalse(self.profiles.search([]))
        self.env.company.member_profiles = True
        self.profiles._cron_profile_members()
        today = fields.Date.context_today(self.profiles)
        self.assertEqual(set(self.profiles.search([]).mapped("date")), {today})

    def test_row_opens_the_member(self):
        action = self._profile()[self.prospect].action_view_partner()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.prospect.id))
