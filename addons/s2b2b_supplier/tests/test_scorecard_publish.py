from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestScorecardPublish(SupplierCommon):
    """Which card is the supplier's score and grade, and that nobody chooses it."""

    def setUp(self):
        super().setUp()
        self.supplier, self.product = self._supplier(), self._product()
        self.env["s2b2b.kpi"].search([]).write({"minimum_sample": 1, "shrink": False})
        self.company.scorecard_period = "month"
        self.cards = self.env["s2b2b.scorecard"]
        self.best, self.worst = self.env["s2b2b.supplier.grade"].search([]).sorted("low")[::-3]

    def _deliver(self, month, days_late=0):
        promised = month[0] + relativedelta(days=1)
        order = self._order(self.supplier, {self.product: 5}, promised=promised)
        self._receive(order, day=promised + relativedelta(days=days_late))
        return order

    def _assert_published(self, score, grade):
        self.assertRecordValues(
            self.supplier,
            [
                {
                    "supplier_score": score,
                    "supplier_is_rated": bool(grade),
                    "supplier_grade_id": grade.id if grade else False,
                }
            ],
        )

    def _wizard(self, first, last, user=None):
        wizard = self.env["s2b2b.scorecard.evaluate"].with_user(user or self.supplier_user)
        return wizard.create(
            {"date_from": first, "date_to": last, "partner_ids": self.supplier.ids}
        )

    def _not_rated(self):
        self._assert_published(0, None)

    def test_user_cannot_pin_a_grade_by_choosing_days(self):
        month = self._month()
        self._deliver(month)
        late = month[0] + relativedelta(days=9)
        self._order(self.supplier, {self.product: 5}, promised=late)
        good = month[0], month[0] + relativedelta(days=4)
        for first, last in (good, (good[0], self._day(-1))):
            self.cards._evaluate(self.supplier, first, last)
        self._not_rated()
        found = self.cards.search(self._wizard(*good).action_evaluate()["domain"])
        self.assertEqual((found.date_from, found.date_to), month)
        self.assertLess(self.supplier.supplier_score, 100)
        self.assertEqual(self.supplier.supplier_score, found.score)

    def test_wizard_refuses_strangers_and_what_has_not_begun(self):
        with self.assertRaises(AccessError):
            self._wizard(*self._month(), user=self.buyer)
        for first, last, message in (
            (self._day(-1), self._day(-9), "before it begins"),
            (self._day(40), self._day(90), "not begun"),
            (self._day(-2000), self._day(0), "at most"),
        ):
            with self.subTest(message=message), self.assertRaisesRegex(UserError, message):
                self._wizard(first, last).action_evaluate()

    def test_wizard_evaluates_all_whole_periods_between_two_days(self):
        self.company.scorecard_period = "quarter"
        wizard = self._wizard("2025-02-10", "2025-07-01")
        found = self.cards.search(wizard.action_evaluate()["domain"], order="date_from")
        self.assertEqual(
            [(str(card.date_from), str(card.date_to)) for card in found],
            [
                ("2025-01-01", "2025-03-31"),
                ("2025-04-01", "2025-06-30"),
                ("2025-07-01", "2025-09-30"),
            ],
        )
        self.assertIn("2025", wizard.periods_text)

    def test_open_period_is_a_running_figure_only(self):
        self._deliver(self._month())
        self._deliver(self._month(0), days_late=-10)
        running = self.cards._evaluate(self.supplier, *self._month(0))
        self.assertTrue(running.is_rated)
        self.assertTrue(running.is_running)
        self._not_rated()
        closed = self.cards._evaluate(self.supplier, *self._month())
        self.assertFalse(closed.is_running)
        self._assert_published(100, self.best)

    def test_newest_rated_card_of_a_closed_period_is_the_suppliers_score(self):
        self._deliver(self._month(2))
        promised = self._month(3)[0]
        self._order(self.supplier, {self.product: 5}, promised=promised)
        for back in (2, 3, 1):
            self.cards._evaluate(self.supplier, *self._month(back))
        self._assert_published(100, self.best)

    def test_score_is_the_companys_own(self):
        self._deliver(self._month())
        self.cards._evaluate(self.supplier, *self._month())
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.supplier.with_company(other)
        self.assertFalse(foreign.supplier_is_rated)
        self.assertFalse(foreign.supplier_grade_id)
        self.cards.with_company(other)._evaluate(self.supplier, *self._month())
        self._assert_published(100, self.best)

    def test_exclusion_of_all_that_counted_makes_it_not_rated_again(self):
        order = self._order(self.supplier, {self.product: 5}, promised=self._month()[0])
        self.cards._evaluate(self.supplier, *self._month())
        self._assert_published(0, self.worst)
        exclusions = self.env["s2b2b.scorecard.exclusion"].with_user(self.supplier_manager)
        made = exclusions._exclude(order.order_line, "Our dock was closed")
        self._not_rated()
        made.action_lift()
        self._assert_published(0, self.worst)

    def test_upheld_objection_makes_it_not_rated_again(self):
        order = self._order(self.supplier, {self.product: 5}, promised=self._month()[0])
        card = self.cards._evaluate(self.supplier, *self._month())
        line = card.line_ids.filtered(lambda line: line.kpi_key == "on_time")
        self.company.supplier_contest_days = 99
        contest = self.env["s2b2b.scorecard.contest"]._contest(
            line, "Never ordered", order.order_line, self.env.user.partner_id
        )
        contest = contest.with_user(self.supplier_manager)
        contest.answer = "Right"
        contest.action_exclude()
        self._not_rated()
