from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common_claims import MONDAY, ClaimCommon

MARCH = date(2026, 3, 1), date(2026, 3, 31)


@tagged("post_install", "-at_install")
class TestKpiResponse(ClaimCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kpi = cls.env.ref("s2b2b_supplier.kpi_response")
        cls.kpi.write(
            {"target": 8, "floor": 40, "minimum_sample": 2, "shrink": False, "active": True}
        )
        (cls.env["s2b2b.kpi"].search([]) - cls.kpi).action_archive()

    def _handled(self, answer, closing=None, supplier=None):
        """A claim of Monday at eight, answered and closed after so many working hours."""
        claim = self._claim(opened=8, supplier=supplier, kind="service")
        if answer is not None:
            with freeze_time(self._after(answer)):
                claim.action_answer()
        if closing is not None:
            claim.resolution = "reject"
            with freeze_time(self._after(closing)):
                claim.action_resolve()
        return claim

    def _after(self, hours):
        days, rest = divmod(hours, 8)
        return MONDAY + timedelta(days=days, hours=8 + rest + (rest > 4))

    def _card_line(self, supplier=None):
        cards = self.env["s2b2b.scorecard"]._evaluate(supplier or self.a, *MARCH)
        return cards.line_ids

    def test_value_is_the_median_of_answers_and_closings(self):
        self._handled(2, 10)
        self._handled(4, 20)
        self._handled(8)
        line = self._card_line()
        self.assertEqual(line.sample, 3)
        self.assertEqual((line.numerator, line.denominator), (3 * 4 + 2 * 15, 5))
        self.assertAlmostEqual(line.score, 98.8, 1)

    def test_unanswered_claim_counts_with_the_hours_it_waits(self):
        self._handled(2)
        self._handled(None)
        with freeze_time(self._after(38)):
            line = self._card_line()
        self.assertEqual(line.value, 20)
        self.assertEqual(line.score, 62.5)

    def test_claim_decided_without_an_answer_counts_until_then(self):
        claim = self._handled(None)
        claim.action_escalate()
        claim.resolution = "reject"
        with freeze_time(self._after(24)):
            claim.action_resolve()
        self._handled(24, 24)
        self.assertEqual(self._card_line().value, 24)

    def test_too_few_claims_or_none_are_not_rated(self):
        self._handled(2)
        line = self._card_line()
        self.assertFalse(line.is_rated)
        self.assertEqual(line.reason_code, "small_sample")
        other = self._supplier("Brent Foods")
        self.assertEqual(self._card_line(other).reason_code, "no_data")

    def test_other_periods_suppliers_and_companies_do_not_count(self):
        other = self._supplier("Brent Foods")
        self._handled(2, supplier=other)
        self._handled(2)
        self._handled(2)
        before = self._handled(2)
        before._write_guarded({"opened_at": MONDAY - timedelta(days=2)})
        self.assertEqual(self._card_line().sample, 2)

    def test_evidence_opens_the_claims(self):
        claims = self._handled(2) | self._handled(3)
        action = self._card_line().action_open_evidence()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, claims)

    def test_measuring_costs_the_same_queries_for_any_number_of_claims(self):
        other = self._supplier("Brent Foods")
        for _number in range(2):
            self._handled(2)
        for _number in range(12):
            self._handled(2, supplier=other)
        counts = []
        for supplier in (self.a, other):
            self._card_line(supplier)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._card_line(supplier)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)
