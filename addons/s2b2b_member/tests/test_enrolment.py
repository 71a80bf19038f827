from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestEnrolment(MemberCommon):
    """What was invoiced counts by its date, whenever it was posted and whoever was a member."""

    def test_back_dated_invoice_that_is_posted_later_raises_the_tier(self):
        member = self._member()
        self._evaluate(member)
        self.assertEqual(member.grade_id, self.normal)
        self._invoice(member, 1500, "2025-07-15")
        change = self._evaluate(member)
        self.assertEqual((change.from_grade_id, change.to_grade_id), (self.normal, self.silver))
        self.assertEqual((change.amount, change.order_count), (1500, 1))

    def test_back_dated_invoice_from_before_the_twelve_months_only_makes_the_history_longer(self):
        member = self._member()
        self._invoice(member, 500, "2026-06-01")
        self._evaluate(member)
        self._invoice(member, 90000, "2025-06-30")
        self.assertFalse(self._evaluate(member))
        figures = member.member_figures_ids
        self.assertEqual((figures.amount, figures.order_count, figures.month_count), (500, 1, 12))

    def test_back_dated_credit_note_counts_at_the_next_evaluation(self):
        member = self._member()
        self._invoice(member, 1500, "2026-06-01")
        self._evaluate(member)
        self._invoice(member, 1000, "2026-05-01", kind="out_refund")
        self._evaluate(member)
        self.assertEqual(member.member_amount, 500)
        self.assertTrue(member.grade_at_risk)

    def test_customer_who_becomes_a_member_has_its_past_purchases(self):
        customer = self._member("Old Customer", is_member=False)
        for day in ("2026-01-10", "2026-02-10"):
            self._invoice(customer, 3000, day)
        self.assertFalse(self._evaluate())
        customer.is_member = True
        change = self._evaluate()
        self.assertEqual((change.partner_id, change.direction), (customer, "new"))
        self.assertEqual((customer.grade_id, customer.member_amount), (self.gold, 6000))
        self.assertEqual(customer.specific_property_product_pricelist, self.tier_lists["Gold"])

    def test_purchases_of_all_companies_count_and_all_of_them_grant(self):
        other = self.setup_other_company(name="Second Company")["company"]
        self.gold.credit_limit = 700
        member = self._member("Group Customer")
        self._invoice(member, 3000, "2026-06-01")
        invoice = (
            self.env["account.move"]
            .with_company(other)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": member.id,
                    "invoice_date": "2026-06-02",
                    "invoice_line_ids": [
                        (0, 0, {"name": "Goods", "price_unit": 2500, "tax_ids": False})
                    ],
                }
            )
        )
        invoice.action_post()
        self._evaluate(member)
        self.assertEqual((member.grade_id, member.member_amount), (self.gold, 5500))
        for company in self.env.company | other:
            here = member.with_company(company)
            self.assertEqual(
                here.specific_property_product_pricelist, self.tier_lists["Gold"], company.name
            )
            self.assertEqual(here.credit_limit, 700, company.name)
