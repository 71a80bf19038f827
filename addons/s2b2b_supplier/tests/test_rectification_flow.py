from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_rectification import RectificationCommon


@tagged("post_install", "-at_install")
class TestRectificationFlow(RectificationCommon):
    def test_issuing_starts_the_time_of_the_settings(self):
        record = self._issued()
        self.assertEqual(record.due_date, self._day(14))
        self.assertEqual(record.issued_date, self.today)

    def test_nothing_to_ask_for_is_not_issued(self):
        record = self.env["s2b2b.rectification"].create({"partner_id": self.a.id})
        with self.assertRaises(UserError):
            record.action_issue()

    def test_answer_needs_cause_and_action_for_each_line(self):
        record = self._issued()
        for missing in ("root_cause", "action"):
            with self.subTest(missing=missing), self.assertRaises(UserError):
                self._answer(record, **{missing: " "})
        self.assertEqual(record.state, "issued")

    def test_sent_back_is_another_round_with_new_time(self):
        record = self._issued()
        record.due_date = self._day(1)
        self._answer(record)
        with self.assertRaises(UserError):
            record.action_send_back()
        record.review_note = "Since when is there a second truck?"
        record.action_send_back()
        self.assertEqual((record.state, record.round), ("issued", 2))
        self.assertEqual(record.due_date, self._day(14))
        self._answer(record, action="A second truck since Monday.")
        bodies = " ".join(record.message_ids.mapped("body"))
        self.assertIn("A second truck.", bodies, "what was said in the first round is kept")
        self.assertIn("Round 2", bodies)

    def test_answered_lines_change_no_more_until_they_are_sent_back(self):
        record = self._issued()
        self._answer(record)
        with self.assertRaises(UserError):
            record.line_ids.root_cause = "Weather"

    def test_steps_that_do_not_apply_are_refused(self):
        record = self._issued()
        for verb in ("action_issue", "action_accept", "action_send_back", "action_close_effective"):
            with self.subTest(verb=verb), self.assertRaises(UserError):
                getattr(record, verb)()

    def test_job_reminds_once_and_marks_what_is_overdue(self):
        record = self._issued()
        record.due_date = self._day(3)
        mails = self.env["mail.mail"]
        before = mails.search_count([("model", "=", record._name)])
        self._run_cron()
        self._run_cron()
        self.assertEqual(mails.search_count([("model", "=", record._name)]), before + 1)
        record.due_date = self._day(-1)
        self._run_cron()
        self.assertEqual(record.state, "overdue")
        self._answer(record)
        self.assertEqual(record.state, "answered", "late is better than never")

    def _ignored(self, record):
        """Issued, and nothing has come by the due date."""
        if record.state == "draft":
            record.action_issue()
        record.due_date = self._day(-1)
        self._run_cron()
        self.assertEqual(record.state, "overdue")

    def _raised_again(self):
        """What the next late month raises, beside what there is of the first one."""
        first = self.env["s2b2b.rectification"].search([("partner_id", "=", self.a.id)])
        self._delivered([5], month=self.next_month)
        self._evaluate(month=self.next_month)
        return first.search([("partner_id", "=", self.a.id)]) - first

    def _proposed(self):
        return self.env["s2b2b.supplier.elimination"].search([("partner_id", "=", self.a.id)])

    def test_responsible_is_told_that_no_answer_has_come(self):
        record = self._issued()
        record.user_id = self.supplier_user
        self._ignored(record)
        self.assertEqual(record.activity_ids.user_id, self.supplier_user)
        self.assertEqual(record.activity_ids.summary, "The supplier has not answered in time")
        self._answer(record)
        self.assertEqual(record.activity_ids.summary, "Review the supplier's answer")

    def test_two_ignored_ones_propose_elimination(self):
        self._ignored(self._raised())
        self.assertFalse(self._proposed())
        second = self._raised_again()
        self.assertEqual(second.date_to, self.next_month[1], "an ignored one blocks no later one")
        self._ignored(second)
        self.assertIn("2 rectifications have failed", self._proposed().reason)
        self._run_cron()
        self.assertEqual(len(self._proposed()), 1)

    def test_answer_after_the_due_date_ends_the_failure(self):
        first = self._raised()
        self._ignored(first)
        second = self._raised_again()
        self._answer(first)
        self._ignored(second)
        self.assertFalse(self._proposed())

    def test_ignored_one_that_is_rejected_counts_once(self):
        record = self._raised()
        self._ignored(record)
        record.review_note = "Nothing has come."
        record.action_reject()
        self.assertFalse(self._proposed())

    def test_ignored_one_is_not_asked_again_for_its_own_period(self):
        record = self._raised()
        self._ignored(record)
        self._evaluate()
        self.assertEqual(record.search([("partner_id", "=", self.a.id)]), record)

    def test_job_leaves_companies_alone_that_have_not_begun(self):
        record = self._issued()
        record.due_date = self._day(-1)
        self.company.s2b2b_start_date = False
        self._run_cron()
        self.assertEqual(record.state, "issued")

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("s2b2b_supplier.cron_follow_up_rectifications").method_direct_trigger()

    def test_responsible_is_asked_to_review(self):
        record = self._issued()
        record.user_id = self.supplier_user
        self._answer(record)
        self.assertEqual(record.activity_ids.user_id, self.supplier_user)
        record.action_accept()
        self._evaluate_better(record)
        self.assertFalse(record.activity_ids)

    def _evaluate_better(self, record):
        record._write_guarded({"accepted_date": self.month[1] + timedelta(days=1)})
        self._delivered([0], month=self.next_month)
        self._evaluate(month=self.next_month)
