from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models.s2b2b_kpi import Run
from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestScorecardApply(SupplierCommon):
    """What becomes of the figures: cards, grades, revisions and their traces."""

    def setUp(self):
        super().setUp()
        self.supplier, self.product = self._supplier(), self._product()
        self.kpis = self.env["s2b2b.kpi"].search([])
        self.kpis.write({"minimum_sample": 1, "shrink": False})
        self.cards = self.env["s2b2b.scorecard"]

    def _evaluate(self, suppliers=None, date_from=-30, date_to=30):
        return self.cards._evaluate(
            suppliers or self.supplier, self._day(date_from), self._day(date_to)
        )

    def _on_time(self, supplier=None, promised=-10):
        order = self._order(
            supplier or self.supplier, {self.product: 5}, promised=self._day(promised)
        )
        self._receive(order, day=self._day(promised))
        return order

    def test_nothing_delivered_and_nothing_due_is_not_rated(self):
        card = self._evaluate()
        self.assertFalse(card.is_rated)
        self.assertFalse(card.score)
        self.assertFalse(card.grade_id)
        self.assertFalse(any(card.line_ids.mapped("is_rated")))
        self.assertIn("no data", card.line_ids[0].reason)
        self.assertFalse(self.supplier.supplier_is_rated)

    def test_unrated_cards_stay_out_of_averages(self):
        self._on_time()
        cards = self._evaluate(self.supplier | self._supplier("Silent"))
        mean = self.cards._read_group([("id", "in", cards.ids)], [], ["score:avg"])[0][0]
        self.assertEqual(mean, 100)

    def test_perfect_supplier_has_100_and_the_top_grade(self):
        self._on_time()
        card = self._evaluate()
        self.assertEqual(card.score, 100)
        self.assertEqual(card.grade_id, self.env["s2b2b.supplier.grade"].search([], limit=1))

    def test_never_delivering_has_0_and_the_lowest_grade(self):
        self._order(self.supplier, {self.product: 5}, promised=self._day(-10))
        card = self._evaluate()
        self.assertEqual(card.score, 0)
        self.assertTrue(card.is_rated)
        self.assertEqual(card.grade_id.low, 0)

    def test_small_sample_is_not_rated_and_its_weight_is_shared_out(self):
        self._on_time()
        self.kpis.filtered(lambda k: k.key != "in_full").minimum_sample = 2
        card = self._evaluate()
        self.assertEqual(card.line_ids.filtered("is_rated").mapped("kpi_key"), ["in_full"])
        self.assertEqual(card.score, 100)
        small = card.line_ids.filtered(lambda line: line.kpi_key == "on_time")
        self.assertIn("at least 2", small.reason)

    def test_small_samples_are_drawn_to_the_mean_of_all(self):
        self.kpis.write({"shrink": True, "minimum_sample": 2})
        lucky, steady = self._supplier("Lucky"), self._supplier("Steady")
        for supplier, count in ((lucky, 2), (steady, 6)):
            for _n in range(count):
                self._on_time(supplier)
        for _n in range(2):
            self._order(steady, {self.product: 5}, promised=self._day(-10))
        cards = self._evaluate(lucky | steady)
        line = cards.filtered(lambda c: c.partner_id == lucky).line_ids[0]
        self.assertEqual(line.value, 1)
        self.assertLess(line.counted_value, 1)
        self.assertIn("counts as", line.reason)

    def test_lowest_measure_decides_where_the_company_says_so(self):
        order = self._order(self.supplier, {self.product: 5}, promised=self._day(-10))
        self._receive(order, day=self._day(-5))
        weighted = self._evaluate().score
        self.company.supplier_score_total = "lowest"
        card = self._evaluate()
        self.assertGreater(weighted, 0)
        self.assertEqual(card.score, 0)
        self.assertEqual(card.total, "lowest")

    def test_one_card_for_supplier_company_and_period(self):
        self._on_time()
        self.assertEqual(self._evaluate(), self._evaluate())

    def test_same_figures_leave_no_trace(self):
        self._on_time()
        card = self._evaluate()
        messages, evaluated_at = card.message_ids, card.evaluated_at
        with freeze_time(self._day(1)):
            self._evaluate()
        self.assertEqual(card.message_ids, messages)
        self.assertEqual(card.evaluated_at, evaluated_at)
        self.assertFalse(card.revision)

    def test_late_data_revise_the_card_with_a_trace(self):
        self._on_time()
        late = self._order(self.supplier, {self.product: 5}, promised=self._day(-9))
        card = self._evaluate()
        before = card.score
        self._receive(late, day=self._day(-9))
        self._evaluate()
        self.assertEqual(card.score, 100)
        self.assertEqual(card.revision, 1)
        trace = card.message_ids[0].body
        self.assertIn(f"{before:.1f} → 100.0", trace)
        self.assertIn("1/2 → 2/2", trace)

    def test_evidence_opens_the_counted_lines(self):
        order = self._on_time()
        self._on_time(self._supplier("Other"))
        line = self._evaluate().line_ids[0]
        action = line.with_user(self.supplier_user).action_open_evidence()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.order_id, order)
        self.assertEqual(sum(found.mapped("on_time")), line.numerator)

    def test_nobody_writes_cards(self):
        card = self._evaluate()
        for user in (self.supplier_user, self.supplier_manager, self.buyer):
            with self.subTest(user=user.login), mute_logger("odoo.addons.base.models.ir_model"):
                with self.assertRaises(AccessError):
                    card.with_user(user).write({"score": 100})
                with self.assertRaises(AccessError):
                    card.line_ids.with_user(user).write({"score": 100})

    def test_more_suppliers_cost_no_more_queries(self):
        suppliers = self.partner_model.union(*(self._supplier(f"S{n}") for n in range(12)))
        for supplier in suppliers:
            self._on_time(supplier)
        self.env.flush_all()

        def count(batch):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            evaluation = self._evaluation(batch)
            self.cards._prepare_cards(evaluation, batch)
            return self.cr.sql_log_count - before

        count(suppliers)
        self.assertEqual(count(suppliers[:3]), count(suppliers))

    def _evaluation(self, suppliers):
        period = (self._day(-30), self._day(30))
        return Run(suppliers, self.company, [period]).evaluations[0]


@tagged("post_install", "-at_install", "fast")
class TestScorecardPeriods(SupplierCommon):
    def test_periods_are_whole_and_after_the_start(self):
        self.company.write({"scorecard_recent_periods": 2})
        for period, start, today, expected in (
            ("month", "2026-01-01", "2026-03-31", ["2026-01-01", "2026-02-01", "2026-03-01"]),
            ("month", "2026-01-02", "2026-03-31", ["2026-02-01", "2026-03-01"]),
            ("month", "2024-01-01", "2024-02-29", ["2023-12-01", "2024-01-01", "2024-02-01"][1:]),
            ("quarter", "2020-01-01", "2026-02-10", ["2025-07-01", "2025-10-01", "2026-01-01"]),
            ("month", "2027-01-01", "2026-03-31", []),
        ):
            with self.subTest(period=period, today=today):
                self.company.write({"s2b2b_start_date": start, "scorecard_period": period})
                periods = self.company._scorecard_periods(self._date(today))
                self.assertEqual([str(first) for first, _last in periods], expected)

    def test_period_ends_on_the_last_day(self):
        self.company.write({"s2b2b_start_date": "2020-01-01", "scorecard_recent_periods": 0})
        for period, today, last in (
            ("month", "2024-02-10", "2024-02-29"),
            ("quarter", "2026-05-10", "2026-06-30"),
        ):
            self.company.scorecard_period = period
            self.assertEqual(str(self.company._scorecard_periods(self._date(today))[0][1]), last)

    def test_job_leaves_companies_without_a_start_date_alone(self):
        supplier = self._supplier()
        self.env["res.company"].search([]).s2b2b_start_date = False
        self._run_cron()
        self.assertFalse(self.env["s2b2b.scorecard"].search([("partner_id", "=", supplier.id)]))

    def test_job_evaluates_suppliers_with_a_status(self):
        supplier, vendor = self._supplier(), self._supplier(status="none")
        self.company.write({"s2b2b_start_date": "2020-01-01", "scorecard_recent_periods": 1})
        self._run_cron()
        cards = self.env["s2b2b.scorecard"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(cards.filtered(lambda c: c.partner_id == supplier)), 2)
        self.assertNotIn(vendor, cards.partner_id)

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("s2b2b_supplier.cron_evaluate").method_direct_trigger()

    def _date(self, text):
        return self.env["s2b2b.scorecard"]._fields["date_to"].to_date(text)
