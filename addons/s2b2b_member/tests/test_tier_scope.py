from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestTierScope(MemberCommon):
    """Which tiers make the ladder, which members and documents count, and what no list means."""

    def test_tier_of_one_company_has_neither_rank_nor_thresholds(self):
        for vals in ({"rank": 9}, {"rank": 0, "min_amount": 90000}):
            with self.subTest(vals=vals), self.assertRaises(ValidationError), self.cr.savepoint():
                self._tier("Own", vals.pop("rank"), company_id=self.env.company.id, **vals)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.gold.company_id = self.env.company
        own = self._tier("Own", 0, company_id=self.env.company.id)
        self.assertNotIn(own, own._get_ladder_grades())

    def test_members_of_a_tier_without_a_list_pay_ordinary_prices(self):
        member = self._member(grade_id=self.gold.id)
        self.product_a.list_price = 100
        price = self._order(member, 1).order_line
        self.gold.default_pricelist_id = False
        order = self._order(member, 1)
        self.assertNotEqual(order.pricelist_id, self.tier_lists["Gold"])
        order.order_line.invalidate_recordset()
        order._recompute_prices()
        self.assertEqual(order.order_line.price_unit, 100)
        self.assertTrue(price)

    def test_tier_without_a_list_is_named_in_the_preview(self):
        note = Form(self.env["s2b2b.tier.preview"]).unpriced_note
        self.assertIn("Normal", note)
        self.assertNotIn("Gold", note)

    def test_segment_has_the_members_that_are_evaluated(self):
        group = self._member("Group")
        part = self._member("Part of the Group", parent_id=group.id)
        person = self._contact(group, is_member=True)
        segment = self.env["s2b2b.segment"].create({"name": "All"})
        inside = self.env["res.partner"].search(segment._get_members_domain())
        evaluated = self.env["s2b2b.member.figures"]._gather(None, self.today)
        self.assertLessEqual(group | part, inside)
        self.assertNotIn(person, inside)
        self.assertEqual(set(inside.ids), {row.partner_id for row in evaluated})

    def test_what_was_before_the_first_day_counts_nowhere(self):
        today = fields.Date.context_today(self.env["res.company"])
        member = self._member()
        early = fields.Date.add(today, days=-40)
        self._pay(self._invoice(member, 900, early, invoice_date_due=early), early)
        self.diamond.min_paid_on_time = 10
        segment = self.env["s2b2b.segment"].create(
            {"name": "Buyers", "category_ids": self.product_a.categ_id.ids}
        )
        bought = self._invoice(member, 900, early, post=False)
        bought.invoice_line_ids.product_id = self.product_a
        bought.action_post()
        figures = self.env["s2b2b.member.figures"]

        def seen():
            return (
                figures._gather(member, today)[0].rated,
                bool(figures._get_last_days(member, today)),
                segment._find_buyers(),
            )

        self.assertEqual(seen()[1:], (True, member.ids))
        self.assertGreater(seen()[0], 0)
        self.env.company.s2b2b_start_date = fields.Date.add(today, days=-10)
        self.assertEqual(seen(), (0, False, []))

    def test_invoices_of_an_archived_company_count(self):
        data = self.setup_other_company(name="Closed Branch")
        member = self._member()
        self._invoice(member, 100, self.today)
        self._invoice(member, 300, self.today, journal_id=data["default_journal_sale"].id)
        data["company"].active = False
        row = self.env["s2b2b.member.figures"]._gather(member, self.today)[0]
        self.assertEqual((row.amount, row.orders), (40_000, 2))

    def test_bar_shows_the_figure_furthest_behind_and_says_which(self):
        member = self._member()
        self._invoice(member, 4500, "2026-06-01")
        self._evaluate(member)
        self.assertEqual((member.grade_id, member.next_grade_id), (self.silver, self.gold))
        self.assertEqual(member.grade_progress, 50, "one invoice of two")
        self.assertIn("500.00", member.next_grade_missing)
        self.assertIn("1 invoices", member.next_grade_missing)
        self._invoice(member, 500, "2026-06-02")
        self._evaluate(member)
        self.assertEqual(member.grade_id, self.gold)
        self.assertIn("6 months", member.next_grade_missing)
        self.assertEqual(member.grade_progress, 0, "no full month as a member yet")
