from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from .test_points_earning import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsExpiry(PointsCommon):
    def setUp(self):
        super().setUp()
        self.now = fields.Date.context_today(self.entries)
        self.entries._points_grant(self.member, 100, "Trade fair", "fair")
        self.company.points_months = 6
        self.entries._points_grant(self.member, 50, "Survey", "survey")

    def _in(self, **delta):
        return self.now + relativedelta(**delta)

    def test_last_day_is_still_good(self):
        self.assertFalse(self.entries._expire(self.company, self._in(months=6)))

    def test_each_lot_ends_by_itself_and_once(self):
        day = self._in(months=6, days=1)
        gone = self.entries._expire(self.company, day)
        self.assertRecordValues(gone, [{"kind": "expire", "quantity": -50, "date": day}])
        self.assertEqual(self._balance(), 100)
        self.assertFalse(self.entries._expire(self.company, day))
        self.entries._expire(self.company, self._in(months=13))
        self.assertEqual(self._balance(), 0)

    def test_what_was_spent_first_does_not_expire(self):
        self.entries._grant("adjust", self.member, -60, "Spent", "spent")
        self.assertFalse(self.entries._expire(self.company, self._in(months=7)))
        self.assertEqual(self._balance(), 90)

    def test_points_without_end_stay(self):
        self.company.points_months = 0
        self.entries._points_grant(self.member, 10, "Referral", "referral")
        self.entries._expire(self.company, self._in(years=50))
        self.assertEqual(self._balance(), 10)

    def test_member_is_warned_once(self):
        early = self._in(months=6, days=-31)
        self.assertFalse(self.entries._warn(self.company, early))
        day = self._in(months=6, days=-30)
        self.assertEqual(self.entries._warn(self.company, day), self.member)
        self.assertFalse(self.entries._warn(self.company, day))
        mail = self.env["mail.mail"].search([("recipient_ids", "in", self.member.ids)])
        self.assertEqual(len(mail), 1)
        self.assertIn("/my/membership", mail.body_html)

    def test_member_sees_what_expires_within_the_warning_time(self):
        self.company.points_warning_days = 200
        self.assertEqual(self.member.points_balance, 150)
        self.assertEqual(self.member.points_expiring, 50)
        self.assertEqual(self.member.points_expiry_date, self._in(months=6))

    def test_nightly_job_leaves_companies_without_points_alone(self):
        self.env.cr.execute(
            "UPDATE s2b2b_points_entry SET expiry_date = %s WHERE company_id = %s",
            (self._in(days=-1), self.company.id),
        )
        self.entries.invalidate_model()
        self.company.member_points = False
        self.entries._cron_points()
        self.assertEqual(self._balance(), 150)
        self.company.member_points = True
        self.entries._cron_points()
        self.assertEqual(self._balance(), 0)
