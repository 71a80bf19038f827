from dateutil.relativedelta import relativedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install", "fast")
class TestEvaluation(MemberCommon):
    def _figures(self, member):
        return self.env["s2b2b.member.figures"].search([("partner_id", "=", member.id)])

    def test_member_without_purchases_starts_in_the_lowest_tier(self):
        member = self._member()
        change = self._evaluate(member)
        self.assertEqual(member.grade_id, self.normal)
        self.assertRecordValues(
            change,
            [{"direction": "new", "reason": "placed", "amount": 0, "date": self.today}],
        )

    def test_member_rises_at_once_with_all_benefits_and_the_figures_are_kept(self):
        member = self._member(grade_id=self.normal.id)
        for day in ("2026-05-02", "2026-06-29"):
            self._invoice(member, 3000, day)
        change = self._evaluate(member)
        self.assertEqual(member.grade_id, self.gold)
        self.assertEqual(member.grade_since, self.today)
        self.assertEqual(member.grade_review_date, self.today + relativedelta(months=12))
        self.assertEqual(member.specific_property_product_pricelist, self.tier_lists["Gold"])
        self.assertRecordValues(
            change,
            [
                {
                    "from_grade_id": self.normal.id,
                    "to_grade_id": self.gold.id,
                    "direction": "up",
                    "reason": "raised",
                    "amount": 6000,
                    "order_count": 2,
                    "month_count": 1,
                }
            ],
        )

    def test_all_thresholds_must_hold(self):
        member = self._member()
        self._invoice(member, 6000, "2026-06-01")
        self._evaluate(member)
        self.assertEqual(member.grade_id, self.silver, "one invoice is not the two that Gold asks")

    def test_credit_notes_count_against_the_amount_and_not_as_orders(self):
        member = self._member()
        self._invoice(member, 1200, "2026-06-01")
        self._invoice(member, 300, "2026-06-02", kind="out_refund")
        self._evaluate(member)
        self.assertEqual(member.grade_id, self.normal)
        self.assertEqual(member.member_amount, 900)
        self.assertEqual(member.member_order_count, 1)

    def test_period_is_the_twelve_months_up_to_the_day_and_posted_only(self):
        member = self._member()
        cases = {
            "2025-06-30": False,  # a year ago: out
            "2025-07-01": True,
            "2026-06-30": True,
            "2026-07-01": False,  # not yet
        }
        for day in cases:
            self._invoice(member, 100, day)
        self._invoice(member, 100, "2026-06-15", post=False)
        self._evaluate(member)
        self.assertEqual(member.member_amount, 100 * sum(cases.values()))
        self.assertEqual(self._figures(member).month_count, 12, "its history is longer")

    def test_purchases_are_untaxed_and_those_of_contacts_are_the_companys(self):
        member = self._member()
        contact = self._contact(member)
        invoice = self._invoice(contact, 1000, "2026-06-01", post=False)
        invoice.invoice_line_ids.tax_ids = self.tax_sale_a
        invoice.action_post()
        self.assertGreater(invoice.amount_total, 1000)
        self._evaluate(member)
        self.assertEqual(member.member_amount, 1000)

    def test_companies_are_summed_in_the_currency_of_the_tiers(self):
        currency = self.setup_other_currency("EUR", rates=[("2000-01-01", 2.0)])
        currency.rate_ids.company_id = False
        data = self.setup_other_company(name="Euro Branch", currency_id=currency.id)
        member = self._member()
        self._invoice(member, 400, "2026-06-01")
        self._invoice(member, 1600, "2026-06-02", journal_id=data["default_journal_sale"].id)
        self._evaluate(member)
        self.assertEqual(member.member_amount, 400 + 1600 / 2)

    def test_days_before_the_start_date_do_not_count(self):
        member = self._member()
        self._invoice(member, 400, "2026-03-31")
        self._invoice(member, 600, "2026-04-01")
        self.env.company.s2b2b_start_date = "2026-04-01"
        self._evaluate(member)
        self.assertEqual(member.member_amount, 600)

    def test_locked_tier_stays_whatever_the_figures(self):
        rich = self._member(grade_id=self.silver.id, grade_locked=True)
        poor = self._member("Poor", grade_id=self.gold.id, grade_locked=True)
        self._invoice(rich, 9000, "2026-06-01")
        self.assertFalse(self._evaluate(rich | poor))
        self.assertEqual(rich.grade_id, self.silver)
        self.assertEqual(rich.member_amount, 9000, "the figures are kept up to date all the same")

    def test_partner_that_is_no_member_is_left_alone(self):
        stranger = self._member("Stranger", is_member=False)
        self._invoice(stranger, 9000, "2026-06-01")
        self.assertFalse(self._evaluate(stranger))
        self.assertFalse(stranger.grade_id)

    def test_paid_on_time_is_of_invoices_that_fell_due(self):
        self.diamond.min_paid_on_time = 90
        self.gold.min_paid_on_time = 80
        self.silver.min_paid_on_time = 60
        member = self._member()
        for due, paid in (
            ("2026-05-10", "2026-05-10"),
            ("2026-05-11", "2026-05-12"),  # late
            ("2026-05-12", None),  # never
            ("2026-05-13", "2026-05-01"),
            ("2026-07-31", None),  # not due yet
        ):
            invoice = self._invoice(member, 1000, "2026-05-01", invoice_date_due=due)
            if paid:
                self._pay(invoice, paid)
        self._evaluate(member)
        figures = self._figures(member)
        self.assertEqual((figures.rated_count, figures.on_time_count), (4, 2))
        self.assertEqual(member.grade_id, self.normal, "50 % are not the 60 % that Silver asks")

    def test_number_of_queries_does_not_grow_with_the_members(self):
        few, many = (
            self.env["res.partner"].concat(*(self._member(f"{n} {i}") for i in range(n)))
            for n in (2, 12)
        )
        for members in (few, many):
            for member in members:
                self._invoice(member, 1500, "2026-06-01")
            self._evaluate(members)
        self.env.flush_all()
        counts = []
        for members in (few, many):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._evaluate(members, self.today + relativedelta(days=1))
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_cron_does_nothing_until_a_company_switches_it_on(self):
        self.env["res.company"].search([]).member_evaluation = False
        member = self._member()
        self.env["res.partner.grade"]._cron_evaluate_grades()
        self.assertFalse(member.grade_id)
        self.env.company.member_evaluation = True
        self.env["res.partner.grade"]._cron_evaluate_grades()
        self.assertEqual(member.grade_id, self.normal)

    def test_cron_leaves_members_of_companies_that_did_not_switch_it_on(self):
        self.env["res.company"].search([]).member_evaluation = False
        self.env.company.member_evaluation = True
        other = self.env["res.company"].create({"name": "Second"})
        theirs = self._member("Theirs", company_id=other.id)
        self.env["res.partner.grade"]._cron_evaluate_grades()
        self.assertFalse(theirs.grade_id)

    def test_tiers_that_make_no_ladder_are_refused_with_the_reason(self):
        for vals, message in (
            ({"rank": 2}, "same rank"),
            ({"min_amount": 500}, "asks for less than Silver"),
            ({"min_amount": 1000.0, "min_orders": 0}, "nothing more than Silver"),
            ({"currency_id": self.setup_other_currency("EUR").id}, "same currency"),
        ):
            with self.subTest(vals=vals), self.assertRefused(message, ValidationError):
                self.gold.write(vals)

    def test_progress_to_the_next_tier_is_shown(self):
        member = self._member()
        self._invoice(member, 2000, "2026-06-01")
        self._evaluate(member)
        self.assertEqual(member.next_grade_id, self.gold)
        self.assertEqual(member.amount_to_next_grade, 3000)
        self.assertEqual(member.grade_progress, 40)
