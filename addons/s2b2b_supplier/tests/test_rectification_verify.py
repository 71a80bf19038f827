from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_rectification import RectificationCommon


@tagged("post_install", "-at_install")
class TestRectificationVerify(RectificationCommon):
    def test_better_scorecard_closes_it_as_effective(self):
        record = self._accepted()
        self._delivered([0, 0], month=self.next_month)
        card = self._evaluate(month=self.next_month)
        self.assertRecordValues(
            record,
            [{"state": "closed", "outcome": "effective", "verified_scorecard_id": card.id}],
        )

    def test_weak_scorecard_closes_it_as_failed(self):
        record = self._accepted()
        self._delivered([3, 0, 5], month=self.next_month)
        self._evaluate(month=self.next_month)
        self.assertEqual((record.state, record.outcome), ("closed", "ineffective"))

    def test_scorecard_that_rates_nothing_of_it_leaves_it_open(self):
        record = self._accepted()
        self._evaluate(month=self.next_month)
        self.assertEqual(record.state, "accepted")
        with self.assertRaises(UserError):
            record.action_verify()

    def test_period_that_was_over_before_it_was_accepted_proves_nothing(self):
        record = self._accepted()
        record._write_guarded({"accepted_date": self.today})
        self._delivered([0, 0], month=self.next_month)
        self._evaluate(month=self.next_month)
        self.assertEqual(record.state, "accepted")

    def test_same_period_evaluated_again_proves_nothing(self):
        record = self._accepted()
        self._evaluate()
        self.assertEqual(record.state, "accepted")

    def test_what_no_scorecard_shows_is_closed_by_hand(self):
        record = self.env["s2b2b.rectification"].create(
            {"partner_id": self.a.id, "line_ids": [(0, 0, {"name": "Labels in two languages"})]}
        )
        record.action_issue()
        self._answer(record)
        record.action_accept()
        record.action_close_effective()
        self.assertEqual((record.state, record.outcome), ("closed", "effective"))

    def _failed(self, closed=None):
        record = self.env["s2b2b.rectification"].create(
            {"partner_id": self.a.id, "line_ids": [(0, 0, {"name": "Labels"})]}
        )
        record.user_id = self.supplier_user
        record.action_issue()
        self._answer(record)
        record.review_note = "They are still missing."
        record.action_reject()
        if closed:
            record._write_guarded({"closed_date": closed})
        return record

    def test_one_failure_proposes_nothing(self):
        self.assertFalse(self._proposed(self._failed()))

    def test_second_failure_within_the_months_proposes_elimination(self):
        self._failed(self._day(-300))
        self.assertTrue(self._proposed(self._failed()))

    def test_failures_long_ago_do_not_count(self):
        self._failed(self._day(-400))
        self.assertFalse(self._proposed(self._failed()))

    def test_closing_as_effective_proposes_nothing(self):
        self._failed(self._day(-3))
        record = self._accepted()
        record.action_close_effective()
        self.assertFalse(self._proposed(record))

    def test_user_without_managers_rights_causes_the_proposal_as_well(self):
        self._failed(self._day(-3))
        record = self._accepted()
        record.with_user(self.supplier_user).action_close_ineffective()
        self.assertIn("2 rectifications have failed", self._proposed(record).reason)

    def test_who_rejected_does_not_decide_on_the_elimination(self):
        self._failed(self._day(-3))
        record = self._accepted()
        record.with_user(self.supplier_manager).action_close_ineffective()
        proposal = self._proposed(record)
        self.assertTrue(proposal.is_automatic)
        for decide in ("action_decide", "action_refuse"):
            with self.assertRaisesRegex(UserError, "somebody else"):
                getattr(proposal.with_user(self.supplier_manager), decide)()
        proposal.with_user(self.auditor).action_decide()
        self.assertEqual(self.a.supplier_status, "eliminated")

    def _proposed(self, record):
        return self.env["s2b2b.supplier.elimination"].search(
            [("partner_id", "=", record.partner_id.id), ("state", "=", "proposed")]
        )
