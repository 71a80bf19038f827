from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestScorecardContest(SupplierCommon):
    """What a supplier says against a line of its card, and what staff decide."""

    def setUp(self):
        super().setUp()
        self.supplier, self.product = self._supplier(), self._product()
        self.user = self._portal_user(self.supplier, "contest_portal", role="admin")
        self.env["s2b2b.kpi"].search([]).write({"minimum_sample": 1, "shrink": False})
        self.late = self._order(self.supplier, {self.product: 5}, promised=self._day(-10))
        self.picking = self._receive(self.late, day=self._day(-7))
        self.card = self.env["s2b2b.scorecard"]._evaluate(
            self.supplier, self._day(-30), self._day(-1)
        )
        self.line = self.card.line_ids.filtered(lambda line: line.kpi_key == "on_time")

    def _contest(self, text="The lorry waited at your gate", lines=None):
        contests = self.env["s2b2b.scorecard.contest"]
        lines = self.late.order_line if lines is None else lines
        return contests._contest(self.line, text, lines, self.user.partner_id)

    def _decider(self, contest, answer="Checked with the dock"):
        contest = contest.with_user(self.supplier_manager)
        contest.answer = answer
        return contest

    def test_only_managers_decide(self):
        contest = self._decider(self._contest())
        for user in (self.supplier_user, self.buyer, self.user):
            for action in ("action_uphold", "action_exclude", "action_refuse"):
                decide = getattr(contest.with_user(user), action)
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    decide()
        self.assertEqual(contest.state, "open")
        with self.assertRaises(AccessError):
            contest.state = "decided"

    def test_line_is_contested_once(self):
        self._contest()
        with self.assertRaisesRegex(UserError, "already"):
            self._contest()

    def test_kpi_is_named_in_the_reader_s_language_and_as_it_was_when_it_is_gone(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        contest, kpi = self._contest(), self.line.kpi_id
        kpi.with_context(lang="zh_CN").name = "准时交付"
        chinese = self.line.with_context(lang="zh_CN")
        self.assertEqual(chinese.kpi_name, "准时交付")
        self.assertEqual(contest.with_context(lang="zh_CN").kpi_name, "准时交付")
        self.assertTrue(contest.with_context(lang="zh_CN").display_name.startswith("准时交付"))
        self.assertEqual(contest.kpi_name, "On Time")
        kpi.unlink()
        self.assertEqual(self.line.kpi_name, "On Time")

    def test_empty_late_and_unmeasured_objections_are_refused(self):
        with self.assertRaises(UserError):
            self._contest("   ")
        with freeze_time(self._day(40)), self.assertRaisesRegex(UserError, "time"):
            self._contest()
        self.line = self.card.line_ids.filtered(lambda line: line.kpi_key == "price")
        with self.assertRaisesRegex(UserError, "measured"):
            self._contest()

    def test_answer_is_needed(self):
        contest = self._contest().with_user(self.supplier_manager)
        with self.assertRaisesRegex(UserError, "answer"):
            contest.action_refuse()

    def test_refused_figure_stands_and_the_answer_is_kept(self):
        contest = self._decider(self._contest())
        contest.action_refuse()
        self.assertRecordValues(
            contest,
            [
                {
                    "state": "decided",
                    "decision": "refuse",
                    "decided_by_id": self.supplier_manager.id,
                    "score_before": 0,
                    "score_after": 0,
                }
            ],
        )
        self.assertFalse(self.card.revision)
        with self.assertRaises(UserError):
            contest.answer = "Something else"

    def test_excluded_lines_no_longer_count(self):
        contest = self._decider(self._contest())
        contest.action_exclude()
        exclusion = self.late.order_line.score_exclusion_id
        self.assertEqual(exclusion.contest_id, contest)
        self.assertFalse(self.card.is_rated)
        self.assertEqual(contest.decision, "exclude")

    def test_excluding_needs_lines(self):
        contest = self._decider(self._contest(lines=self.late.order_line.browse()))
        with self.assertRaisesRegex(UserError, "lines"):
            contest.action_exclude()

    def test_upheld_objection_computes_the_corrected_data(self):
        contest = self._decider(self._contest())
        self.picking.supplier_arrival_date = self._day(-10)
        contest.action_uphold()
        self.assertEqual(contest.score_after, 100)
        self.assertEqual(self.line.numerator, 1)
        self.assertIn("upheld", self.card.revision_ids[0].cause)

    def test_second_decision_is_told_of_the_first(self):
        contest = self._decider(self._contest())
        contest.action_refuse()
        with self.assertRaisesRegex(UserError, "meanwhile"):
            contest.with_user(self.auditor).action_uphold()

    def test_supplier_is_told_what_was_decided(self):
        contest = self._decider(self._contest())
        contest.action_refuse()
        message = contest.message_ids[0]
        self.assertIn(self.user.partner_id, message.partner_ids)
        self.assertIn("Checked with the dock", message.body)

    def test_buyer_of_the_supplier_has_it_on_the_list(self):
        self.supplier.buyer_id = self.supplier_user
        contest = self._contest()
        self.assertEqual(contest.activity_ids.user_id, self.supplier_user)
        self._decider(contest).action_refuse()
        self.assertFalse(contest.activity_ids)
