from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common_claims import MONDAY, ClaimCommon
from .common_portal import PortalCommon

MARCH = date(2026, 3, 1), date(2026, 3, 31)


@tagged("post_install", "-at_install")
class TestContestClaims(PortalCommon, ClaimCommon):
    """The claims behind the measure of responses: shown, contested, left out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.supplier_contest_days = 9999
        kpi = cls.env.ref("s2b2b_supplier.kpi_response")
        kpi.write({"target": 8, "floor": 40, "minimum_sample": 1, "shrink": False})
        (cls.env["s2b2b.kpi"].search([]) - kpi).action_archive()
        cls.quick = cls._claim(opened=8, supplier=cls.a, kind="service")
        cls.slow = cls._claim(opened=8, supplier=cls.a, kind="service")
        cls.foreign = cls._claim(opened=8, supplier=cls.b, kind="service")
        with freeze_time(MONDAY + timedelta(hours=10)):
            cls.quick.action_answer()
        with freeze_time(MONDAY + timedelta(days=4, hours=17)):
            cls.slow.action_answer()
        cls.card = cls.env["s2b2b.scorecard"]._evaluate(cls.a, *MARCH)
        cls.url = f"/my/supplier/scores/{cls.card.id}/response"

    def _line(self):
        self.env.invalidate_all()
        return self.card.line_ids

    def _contest(self, *claims):
        self._login(self.user_a)
        data = {"text": "Our line was down", "line": [str(claim.id) for claim in claims]}
        self._post(f"{self.url}/contest", data)
        self.env.invalidate_all()
        return self.card.contest_ids

    def test_page_lists_its_own_claims_and_hides_those_of_others(self):
        self._login(self.user_b)
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self._login(self.user_a)
        page = self.url_open(self.url).text
        for claim in (self.quick, self.slow):
            self.assertIn(claim.name, page)
        self.assertNotIn(self.foreign.name, page)
        self.assertIn("Answered after 2.0 h", page)
        self.assertIn("Answered after 40.0 h", page)

    def test_claims_of_others_are_not_in_the_objection(self):
        contest = self._contest(self.slow, self.foreign)
        self.assertEqual(contest.claim_ids, self.slow)
        self.assertFalse(contest.line_ids)

    def test_only_managers_leave_claims_out(self):
        exclusions = self.env["s2b2b.scorecard.exclusion"]
        for user in (self.supplier_user, self.buyer, self.user_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                exclusions.with_user(user)._exclude_claims(self.slow, "No reason")
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.slow.with_user(user).write({"score_exclusion_id": False})

    def test_upheld_objection_leaves_the_claims_out(self):
        self.assertEqual(self._line().value, 21)
        contest = self._contest(self.slow).with_user(self.supplier_manager)
        contest.answer = "Our mails did not reach you"
        contest.action_exclude()
        line = self._line()
        self.assertEqual((line.value, line.sample), (2, 1))
        exclusion = self.slow.score_exclusion_id
        self.assertEqual((exclusion.contest_id, exclusion.partner_id), (contest, self.a))
        self.assertEqual(exclusion.display_name, self.slow.name)
        self.assertIn("did not reach you", self.card.revision_ids[0].cause)
        self.assertIn("did not reach you", self.slow.message_ids[0].body)
        self.assertIn("Not counted", self.url_open(self.url).text)
        action = line.action_open_evidence()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), self.quick)

    def test_lifted_exclusion_counts_the_claims_again(self):
        exclusions = self.env["s2b2b.scorecard.exclusion"].with_user(self.supplier_manager)
        made = exclusions._exclude_claims(self.slow, "Our mistake")
        self.assertEqual(self._line().sample, 1)
        made.action_lift()
        self.assertEqual(self._line().sample, 2)
        self.assertFalse(self.slow.score_exclusion_id)
        self.assertEqual(made.sudo().claim_ids, self.slow)

    def test_wizard_excludes_chosen_claims_once_and_with_a_reason(self):
        wizard = self.env["s2b2b.scorecard.exclude"].with_user(self.supplier_manager)
        wizard = wizard.with_context(active_model="s2b2b.claim", active_ids=self.slow.ids)
        with self.assertRaisesRegex(UserError, "reason"):
            wizard.create({"reason": " "}).action_apply()
        wizard.create({"reason": "Our mistake"}).action_apply()
        self.assertEqual(self._line().sample, 1)
        with self.assertRaisesRegex(UserError, "already"):
            wizard.create({"reason": "Again"}).action_apply()

    def test_excluding_without_any_claim_is_refused(self):
        contest = self._contest().with_user(self.supplier_manager)
        contest.answer = "Right"
        with self.assertRaisesRegex(UserError, "Name the lines"):
            contest.action_exclude()
