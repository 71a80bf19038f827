from psycopg2.errors import CheckViolation

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install", "fast")
class TestTierPrices(MemberCommon):
    def test_one_percentage_makes_or_renews_the_list_of_each_tier(self):
        wizard = Form(self.env["s2b2b.tier.pricelist"]).save()
        percents = dict(zip(wizard.line_ids.grade_id, wizard.line_ids, strict=True))
        self.assertEqual(percents[self.gold].percent, 10)
        self.assertEqual(percents[self.normal].percent, 0)
        percents[self.gold].percent = 12
        percents[self.normal].percent = 2
        wizard.action_apply()
        self.assertEqual(self.gold.default_pricelist_id, self.tier_lists["Gold"])
        for grade, price in ((self.normal, 980), (self.silver, 950), (self.gold, 880)):
            with self.subTest(tier=grade.name):
                self.assertEqual(
                    grade.default_pricelist_id._get_product_price(self.product_a, 1), price
                )
        self.assertFalse(self.normal.default_pricelist_id.company_id)

    def test_members_who_have_the_tier_get_its_new_list(self):
        member = self._member(grade_id=self.normal.id)
        self.normal._apply_flat_discount(3)
        self.assertEqual(
            member.specific_property_product_pricelist, self.normal.default_pricelist_id
        )

    def test_discount_outside_of_a_percentage_is_refused(self):
        wizard = Form(self.env["s2b2b.tier.pricelist"]).save()
        for percent in (-1, 100):
            with (
                self.subTest(percent=percent),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
            ):
                wizard.line_ids[0].percent = percent
                self.env.flush_all()

    def test_product_shows_the_ladder_of_prices(self):
        ladder = self.product_a.product_tmpl_id.tier_price_ladder
        for text in ("Normal", "1,000.00", "Silver", "950.00", "Gold", "900.00", "850.00", "15"):
            self.assertIn(text, ladder)

    def test_product_without_tier_lists_shows_no_ladder(self):
        self.env["res.partner.grade"].search([]).default_pricelist_id = False
        self.assertFalse(self.product_a.product_tmpl_id.tier_price_ladder)

    def test_line_of_the_wizard_keeps_its_tier(self):
        lines = Form(self.env["s2b2b.tier.pricelist"]).save().line_ids
        self.assertEqual(lines._name, "s2b2b.tier.pricelist.line")
        self.assertEqual(lines.grade_id, self.normal | self.silver | self.gold | self.diamond)
