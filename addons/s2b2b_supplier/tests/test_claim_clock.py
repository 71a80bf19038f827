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

    def _close(self, first, last):
        """Closes the supplier from day to day of the week of MONDAY."""
        monday = MONDAY.date()
        days = [monday + timedelta(days=day) for day in (first, last)]
        self.a.write({"supplier_closed_from": days[0], "supplier_closed_to": days[1]})

    def test_announced_closure_moves_the_deadline(self):
        self._close(1, 2)
        for opened, due in (
            (8, 3 * 24 + 17),  # a whole day, then closed
            (24 + 9, 4 * 24 + 17),  # opened while it is closed
            (3 * 24 + 8, 4 * 24 + 17),  # opened when it is over
        ):
            with self.subTest(opened=opened):
                claim = self._claim(opened=opened)
                self.assertEqual(claim.answer_deadline, MONDAY + timedelta(hours=due))

    def test_closed_days_are_those_of_the_companys_calendar(self):
        self.company.resource_calendar_id.tz = "America/New_York"
        self._close(1, 1)
        claim = self._claim(opened=8 + 5)  # at eight in New York
        self.assertEqual(claim.answer_deadline, MONDAY + timedelta(days=2, hours=17 + 5))

    def test_hours_leave_out_the_closure_and_remember_it(self):
        self._close(1, 2)
        claim = self._claim(opened=16)
        self.a.write({"supplier_closed_from": False, "supplier_closed_to": False})
        with freeze_time(MONDAY + timedelta(days=3, hours=10)):
            claim.action_answer()
        self.assertEqual(claim.response_hours, 3)
        claim.resolution = "reject"
        with freeze_time(MONDAY + timedelta(days=4, hours=10)):
            claim.action_resolve()
        self.assertEqual(claim.resolution_hours, 1 + 8 + 2)

    def test_closure_that_is_announced_after_the_claim_excuses_nothing(self):
        claim = self._claim(opened=8)
        self._close(0, 4)
        with freeze_time(MONDAY + timedelta(days=1, hours=9)):
            claim.action_answer()
        self.assertEqual(claim.answer_deadline, MONDAY + timedelta(days=1, hours=17))
        self.assertEqual(claim.response_hours, 9)

    def test_closure_that_is_over_or_years_away_is_none(self):
        for first, last in ((-9, -2), (400, 500)):
            with self.subTest(first=first):
                self._close(first, last)
                self.assertFalse(self._claim(opened=8).supplier_closed_from)

    def test_closure_of_a_mistyped_year_ends(self):
        self.a.write({"supplier_closed_from": "0001-01-01", "supplier_closed_to": "9999-12-31"})
        claim = self._claim(opened=8)
        self.assertEqual(claim.supplier_closed_to, MONDAY.date() + timedelta(days=365))
        self.assertGreater(claim.answer_deadline, MONDAY + timedelta(days=366))

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

    def test_job_waits_for_a_supplier_that_is_closed(self):
        self.company.s2b2b_start_date = MONDAY.date()
        self.a.write({"supplier_closed_from": self._day(-21), "supplier_closed_to": self._day(1)})
        opened = (self._now() - timedelta(days=20) - MONDAY) / timedelta(hours=1)
        closed = self._claim(opened=opened)
        other = self._claim(opened=opened, supplier=self._supplier("Brook Foods"))
        self._run_cron()
        self.assertEqual([closed.state, other.state], ["open", "escalated"])

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
