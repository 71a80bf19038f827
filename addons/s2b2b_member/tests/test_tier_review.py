from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestTierReview(MemberCommon):
    """Down one step, at the review date only, after a notice that said what was missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._member(grade_id=cls.gold.id)
        cls.member.grade_review_date = cls.today
        cls.changes = cls.member.grade_change_ids

    def _figures(self):
        return self.env["s2b2b.member.figures"].search([("partner_id", "=", self.member.id)])

    def test_member_at_risk_is_told_first_and_keeps_its_tier_during_the_notice(self):
        self.assertFalse(self._evaluate(self.member))
        self.assertEqual(self.member.grade_id, self.gold)
        self.assertEqual(self.member.grade_review_date, self.today + relativedelta(days=30))
        self.assertEqual(self._figures().notice_date, self.today)
        self.assertTrue(self.member.grade_at_risk)

    def test_notice_says_what_is_missing_by_when_for_which_tier(self):
        self._invoice(self.member, 3800, "2026-06-01")
        self._evaluate(self.member)
        self.assertIn("1,200.00", self.member.tier_notice)
        self.assertIn("1 invoices", self.member.tier_notice)
        self.assertIn("07/30/2026", self.member.tier_notice)
        self.assertIn("keeps Gold", self.member.tier_notice)
        mail = self.env["mail.mail"].search([("res_id", "=", self.member.id)])
        self.assertIn("keeps Gold", mail.subject)

    def test_nobody_is_told_twice(self):
        for days in (0, 1):
            self._evaluate(self.member, self.today + relativedelta(days=days))
        self.assertEqual(len(self.env["mail.mail"].search([("res_id", "=", self.member.id)])), 1)
        self.assertEqual(self._figures().notice_date, self.today)

    def test_member_falls_one_step_when_the_notice_has_run_out(self):
        self._evaluate(self.member)
        end = self.today + relativedelta(days=30)
        self.assertFalse(self._evaluate(self.member, end - relativedelta(days=1)))
        change = self._evaluate(self.member, end)
        self.assertEqual(self.member.grade_id, self.silver, "not to Normal, though figures are 0")
        self.assertRecordValues(change, [{"direction": "down", "reason": "lowered"}])
        self.assertFalse(self._figures().notice_date, "the next step needs its own notice")
        self.assertEqual(self.member.grade_review_date, end + relativedelta(months=12))

    def test_member_that_recovers_keeps_its_tier_and_the_notice_is_void(self):
        self._evaluate(self.member)
        for day in ("2026-07-05", "2026-07-06"):
            self._invoice(self.member, 2500, day)
        end = self.today + relativedelta(days=30)
        self.assertFalse(self._evaluate(self.member, end))
        self.assertEqual(self.member.grade_id, self.gold)
        self.assertFalse(self._figures().notice_date)
        self.assertEqual(self.member.grade_review_date, end + relativedelta(months=12))

    def test_no_notice_long_before_the_review(self):
        self.member.grade_review_date = self.today + relativedelta(days=31)
        self._evaluate(self.member)
        self.assertFalse(self._figures().notice_date)
        self.assertEqual(self.member.grade_review_date, self.today + relativedelta(days=31))
        self._evaluate(self.member, self.today + relativedelta(days=1))
        self.assertTrue(self._figures().notice_date)

    def test_credit_note_that_comes_late_counts_from_its_own_date(self):
        for day in ("2026-05-01", "2026-05-02"):
            self._invoice(self.member, 2500, day)
        self.assertFalse(self._evaluate(self.member))
        self.assertFalse(self.member.grade_at_risk)
        self._invoice(self.member, 1, "2026-07-10", kind="out_refund")
        self.member.grade_review_date = "2026-07-31"
        self._evaluate(self.member, self.today + relativedelta(days=11))
        self.assertTrue(self.member.grade_at_risk)

    def test_member_without_mail_address_is_told_by_its_account_manager(self):
        self.member.email = False
        self._evaluate(self.member)
        self.assertIn("keeps Gold", self.member.message_ids[0].body)
