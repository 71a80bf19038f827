from odoo.tests import tagged

from .common_rectification import RectificationCommon


@tagged("post_install", "-at_install")
class TestRectificationRaise(RectificationCommon):
    def _all(self):
        return self.env["s2b2b.rectification"].search([("company_id", "=", self.company.id)])

    def test_grade_that_asks_for_it_raises_a_draft_with_the_weak_measures(self):
        record = self._raised()
        self.assertRecordValues(
            record,
            [
                {
                    "state": "draft",
                    "date_from": self.month[0],
                    "date_to": self.month[1],
                    "grade_id": self.env.ref("s2b2b_supplier.grade_d").id,
                }
            ],
        )
        self.assertEqual(record.line_ids.kpi_key, "on_time")

    def test_suggestions_name_the_late_orders_and_the_lead_time(self):
        self._delivered([0, 4, 9, None])
        self._evaluate()
        text = self._all().line_ids.suggestion
        days = (self.today - self.month[0]).days - 14
        for expected in (
            "3 of 4 order lines were late",
            "Tea is in 3 of the 3 late lines.",
            "Tea: 9 day(s) late.",
            f"nothing has arrived, {days} day(s) after the promise.",
            "With 9 more day(s) promised, 2 of the 3 late lines would have been on time.",
        ):
            self.assertIn(expected, text)

    def test_suggestions_are_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        record = self._raised()
        english = record.line_ids.suggestion
        chinese = record.with_context(lang="zh_CN").line_ids
        chinese.invalidate_recordset(["suggestion"])
        self.assertNotEqual(chinese.suggestion, english)

    def test_unanswered_claims_and_returns_are_named(self):
        response = self.env.ref("s2b2b_supplier.kpi_response")
        response.write({"active": True, "minimum_sample": 1, "shrink": False})
        claim = self._claim(kind="service")
        claim._write_guarded({"opened_at": self.month[0]})
        self._delivered([0])
        self._evaluate()
        card = self.env["s2b2b.scorecard"].search([("partner_id", "=", self.a.id)])
        action = card.action_rectify()
        record = self.env["s2b2b.rectification"].browse(action["res_id"])
        self.assertEqual(record.line_ids.suggestion, f"{claim.name} was not answered.")
        self.assertEqual(card.action_rectify()["res_id"], record.id, "one for a card")

    def test_nothing_is_raised_where_it_is_not_switched_on(self):
        for switch in (
            {"rectification_policy": "off"},
            {"rectification_policy": "draft", "s2b2b_start_date": False},
            {"rectification_policy": "draft", "s2b2b_start_date": self._day(0)},
        ):
            self.company.write(switch)
            with self.subTest(**switch):
                self.assertFalse(self._raised())

    def test_good_grade_and_open_period_raise_nothing(self):
        self._delivered([0, 0])
        self._evaluate()
        late = self._supplier("Brent Foods")
        self._delivered([4], late, month=(self.today.replace(day=1), self.today))
        self._evaluate(late, month=(self.today.replace(day=1), self._day(31)))
        self.assertFalse(self._all())

    def test_evaluating_again_raises_nothing_twice(self):
        record = self._raised()
        self._evaluate()
        self.assertEqual(self._all(), record)
        record.action_issue()
        self._answer(record)
        record.review_note = "No."
        record.action_reject()
        self._evaluate()
        self.assertEqual(self._all(), record, "a period is asked about once")

    def test_supplier_with_an_open_one_gets_no_second(self):
        record = self._raised()
        self._delivered([5], month=self.next_month)
        self._evaluate(month=self.next_month)
        self.assertEqual(self._all(), record)

    def test_nightly_job_asks_about_the_newest_period(self):
        self.company.write({"scorecard_period": "month", "scorecard_recent_periods": 3})
        self._delivered([4, 6])
        self._delivered([5], month=self.next_month)
        list(self.env["s2b2b.scorecard"]._evaluate_company(self.company, self.today))
        self.assertEqual(self._all().date_to, self.next_month[1])

    def test_supplier_that_has_done_better_since_is_not_asked(self):
        self.company.write({"scorecard_period": "month", "scorecard_recent_periods": 3})
        self._delivered([4, 6])
        self._delivered([0], month=self.next_month)
        list(self.env["s2b2b.scorecard"]._evaluate_company(self.company, self.today))
        self.assertFalse(self._all())

    def test_policy_may_issue_at_once(self):
        self.company.rectification_policy = "issue"
        self._raised()
        self.assertEqual(self._all().state, "issued")

    def test_raising_costs_the_same_queries_for_any_number_of_suppliers(self):
        self._supplier("Warm-up")
        suppliers = [self._supplier(f"Supplier {number}") for number in range(6)]
        for supplier in suppliers:
            self._delivered([4], supplier)
        self.company.rectification_policy = "off"
        counts = []
        model = self.env["s2b2b.rectification"]
        for batch in (suppliers[0], suppliers[1], self.partner_model.concat(*suppliers[2:])):
            self._evaluate(batch)
            self.env.flush_all()
            before = self.cr.sql_log_count
            model._gather_evidence(batch, self.company, *self.month)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
