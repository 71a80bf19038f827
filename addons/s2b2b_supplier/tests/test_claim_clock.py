from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common_claims import MONDAY, ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimClock(ClaimCommon):
    def test_deadline_counts_working_hours_of_the_companys_calendar(self):
        for opened, hours, due in (
            (8, 16, 24 + 17),  # two whole days
            (15, 4, 24 + 10),  # two hours today, two tomorrow
            (12.5, 1, 14),  # opened at lunch
            (-24, 8, 17),  # opened on Sunday
            (4 * 24 + 16, 2, 7 * 24 + 9),  # on Friday, an hour before the weekend
        ):
            with self.subTest(opened=opened, hours=hours):
                self.company.claim_answer_hours = hours
                claim = self._claim(opened=opened)
                self.assertEqual(claim.answer_deadline, MONDAY + timedelta(hours=due))

    def test_public_holiday_moves_the_deadline(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": MONDAY + timedelta(days=1),
                "date_to": MONDAY + timedelta(days=2),
            }
        )
        claim = self._claim(opened=8)
        self.assertEqual(claim.answer_deadline, MONDAY + timedelta(days=2, hours=17))

    def test_hours_stop_at_the_first_answer_and_at_the_decision(self):
        claim = self._claim(opened=16)
        with freeze_time(MONDAY + timedelta(days=1, hours=10)):
            claim.action_answer()
        with freeze_time(MONDAY + timedelta(days=2, hours=10)):
            claim.action_answer()
        claim.resolution = "reject"
        with freeze_time(MONDAY + timedelta(days=7, hours=9)):
            claim.action_resolve()
        self.assertEqual(claim.response_hours, 3)
        self.assertEqual(claim.first_response_at, MONDAY + timedelta(days=1, hours=10))
        self.assertEqual(claim.resolution_hours, 1 + 4 * 8 + 1)

    def test_company_without_a_calendar_counts_every_hour(self):
        self.company.resource_calendar_id = False
        claim = self._claim(opened=0)
        self.assertEqual(claim.answer_deadline, MONDAY + timedelta(hours=16))

    def test_batch_of_claims_asks_the_calendar_once(self):
        self._claim(opened=1)
        claims = self.env["s2b2b.claim"].concat(*(self._claim(opened=n) for n in range(5)))
        counts = []
        for batch in (claims[:1], claims):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch._get_worked_hours("opened_at", MONDAY + timedelta(days=9))
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("s2b2b_supplier.cron_escalate_claims").method_direct_trigger()

    def test_job_escalates_what_is_overdue_and_open(self):
        self.company.s2b2b_start_date = MONDAY.date()
        user = self.supplier_user.id
        late, answered, early = (self._claim(opened=8, user_id=user) for _number in range(3))
        answered.action_answer()
        early._write_guarded({"answer_deadline": self._now() + timedelta(days=1)})
        self._run_cron()
        self.assertEqual(
            [late.state, answered.state, early.state], ["escalated", "answered", "open"]
        )
        self.assertTrue(late.escalated_at)
        self.assertEqual(late.activity_ids.user_id, late.user_id)

    def test_job_leaves_companies_alone_that_have_not_begun(self):
        claim = self._claim(opened=8)
        self._run_cron()
        self.assertEqual(claim.state, "open")
        self.company.s2b2b_start_date = (MONDAY + timedelta(days=1)).date()
        self._run_cron()
        self.assertEqual(claim.state, "open")

    def test_overdue_claims_are_found(self):
        late = self._claim(opened=8)
        other = self._claim()
        found = self.env["s2b2b.claim"].search(
            [("is_overdue", "=", True), ("partner_id", "=", self.a.id)]
        )
        self.assertEqual(found, late)
        self.assertTrue(late.is_overdue)
        self.assertFalse(other.is_overdue)
