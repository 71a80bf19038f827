from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import TwoOffersCommon


@tagged("post_install", "-at_install")
class TestKpiAcceptance(TwoOffersCommon):
    """What suppliers were asked for and accepted, refused, or left unanswered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.normal_type.accept_hours = 4
        cls.normal_type.sla_clock = "always"
        cls.kpi = cls.env.ref("s2b2b_order.kpi_acceptance")
        cls.was_active = cls.kpi.active
        (cls.env["s2b2b.kpi"].search([]) - cls.kpi).action_archive()
        cls.kpi.write({"active": True, "minimum_sample": 1, "shrink": False})
        cls.now = fields.Datetime.now()
        cls.later = cls.now + timedelta(days=2)

    def _asked(self, quantity=10):
        return self._purchase(self._sale((self.lamp, quantity)), self.cheap)

    def _line(self, supplier=None, at=None):
        with freeze_time(at or self.later):
            cards = self.env["s2b2b.scorecard"]
            card = cards._evaluate(supplier or self.cheap, self._day(-5), self._day(5))
            return card.line_ids

    def _figures(self, **options):
        line = self._line(**options)
        return line.numerator, line.denominator

    def test_supplier_that_was_never_asked_is_not_rated(self):
        line = self._line(self.dear)
        self.assertEqual((line.is_rated, line.reason_code), (False, "no_data"))

    def test_supplier_that_still_has_time_is_not_rated(self):
        self._asked()
        self.assertEqual(self._figures(at=self.now), (0, 0))

    def test_accepted_in_part_counts_in_part(self):
        purchase = self._asked()
        purchase._supplier_accept({purchase.order_line: 6})
        self._asked()._supplier_accept()
        self.assertEqual(self._figures(), (1.6, 2))

    def test_refusal_counts_as_not_accepted(self):
        self._asked()._supplier_refuse("No stock")
        self.assertEqual(self._figures(), (0, 1))

    def test_silence_past_the_deadline_counts_as_not_accepted(self):
        purchase = self._asked()
        self.assertEqual(self._figures(), (0, 1))
        with freeze_time(self.later):
            purchase._withdraw("timeout", "No answer by the deadline.")
        self.assertEqual(purchase.supplier_answer, "timeout")
        self.assertEqual(self._figures(), (0, 1))

    def test_answer_after_the_deadline_counts_as_not_accepted(self):
        purchase = self._asked()
        with freeze_time(self.later):
            purchase._supplier_accept()
        self.assertEqual(self._figures(), (0, 1))

    def test_other_date_that_staff_take_later_was_answered_in_time(self):
        purchase = self._asked()
        day = purchase._get_planned_date() + timedelta(days=30)
        purchase._supplier_accept(promised_date=day)
        self.assertEqual(self._figures(), (0, 0))
        with freeze_time(self.later):
            purchase._take_proposal()
        self.assertEqual(self._figures(), (1, 1))

    def test_what_the_platform_took_back_in_time_does_not_count(self):
        self._asked().button_cancel()
        self._asked()._withdraw("timeout", "Suspended")
        self.assertEqual(self._figures(), (0, 0))

    def test_what_was_cancelled_after_a_silence_counts(self):
        purchase = self._asked()
        with freeze_time(self.later):
            purchase.button_cancel()
        self.assertEqual(self._figures(), (0, 1))

    def test_excluded_line_does_not_count_and_the_card_follows(self):
        purchase = self._asked()
        purchase._supplier_refuse("No stock")
        self.assertEqual(self._figures(), (0, 1))
        exclusions = self.env["s2b2b.scorecard.exclusion"]
        exclusions._exclude(purchase.order_line, "We asked for the wrong lamp")
        card = self.env["s2b2b.scorecard"].search([("partner_id", "=", self.cheap.id)])
        self.assertEqual(card.line_ids.denominator, 0)
        self.assertTrue(card.revision)

    def test_measure_is_off_until_switched_on(self):
        demo = self.env["ir.module.module"].search([("name", "=", "s2b2b_order")]).demo
        self.assertEqual(self.was_active, demo)

    def test_evidence_opens_the_lines(self):
        purchase = self._asked()
        purchase._supplier_accept()
        action = self._line().action_open_evidence()
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines, purchase.order_line)

    def test_supplier_sees_its_answers_and_may_contest_them(self):
        purchase, foreign = self._asked(), self._purchase(self._sale((self.lamp, 5)), self.cheap)
        purchase._supplier_refuse("No stock")
        foreign.sudo().partner_id = self.dear
        card = self._line().scorecard_id
        pages = self.env["s2b2b.supplier.portal"].sudo()
        measure = pages._get_measure(self.cheap, card.id, "acceptance")
        self.assertEqual([row["title"] for row in measure["rows"]], [purchase.name])
        self.assertEqual(measure["rows"][0]["badge"], "Accepted 0 of 10")
        self.assertIsNone(pages._get_measure(self.dear, card.id, "acceptance"))
        contact = self._portal_user(self.cheap, "acceptance_portal").partner_id
        lines = [str(purchase.order_line.id), str(foreign.order_line.id)]
        contest = pages._contest_score(
            self.cheap, card.id, "acceptance", "It was cancelled by you", lines, contact
        )
        self.assertEqual(contest.line_ids, purchase.order_line)
