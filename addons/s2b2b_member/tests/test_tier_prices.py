from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install", "fast")
class TestTierPrices(MemberCommon):
    """The table ``s2b2b.tier.pricelist`` with its ``s2b2b.tier.pricelist.line``, and its prices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.garden = cls.env["product.category"].create({"name": "Garden"})

    def _table(self):
        return Form(self.env["s2b2b.tier.pricelist"]).save()

    def _price(self, grade):
        return grade.default_pricelist_id._get_product_price(self.product_a, 1)

    def test_one_percentage_makes_or_renews_the_list_of_each_tier(self):
        wizard = self._table()
        line = wizard.line_ids
        self.assertEqual((line.percent_1, line.percent_3, line.category_id.id), (0, 10, False))
        line.write({"percent_1": 2, "percent_3": 12})
        wizard.action_apply()
        self.assertEqual(self.gold.default_pricelist_id, self.tier_lists["Gold"])
        for grade, price in ((self.normal, 980), (self.silver, 950), (self.gold, 880)):
            with self.subTest(tier=grade.name):
                self.assertEqual(self._price(grade), price)
        self.assertFalse(self.normal.default_pricelist_id.company_id)

    def test_category_has_discounts_of_its_own_until_its_row_goes(self):
        wizard = self._table()
        wizard.line_ids = [
            Command.create({"category_id": self.garden.id, "percent_2": 7, "percent_3": 0})
        ]
        wizard.action_apply()
        self.product_a.categ_id = self.garden
        self.assertEqual((self._price(self.silver), self._price(self.gold)), (930, 1000))
        again = self._table()
        row = again.line_ids.filtered("category_id")
        self.assertEqual((row.category_id, row.percent_2), (self.garden, 7))
        row.unlink()
        again.action_apply()
        self.assertEqual((self._price(self.silver), self._price(self.gold)), (950, 900))

    def test_rules_for_single_products_and_quantities_stay(self):
        pricelist = self.gold.default_pricelist_id
        own = {"compute_price": "fixed", "fixed_price": 777}
        pricelist.item_ids = [
            Command.create(
                {"applied_on": "1_product", "product_tmpl_id": self.product_a.product_tmpl_id.id}
                | own
            ),
            Command.create(
                {"min_quantity": 50, "compute_price": "percentage", "percent_price": 30}
            ),
        ]
        self.gold._apply_flat_discount(11)
        self.assertEqual(self._price(self.gold), 777)
        self.assertEqual(pricelist._get_product_price(self.product_b, 50), 140)
        self.assertEqual(pricelist._get_product_price(self.product_b, 49), 178)

    def test_category_is_refused_twice(self):
        row = Command.create({"category_id": self.garden.id})
        with self.assertRefused("has one row"):
            self._table().line_ids = [row, row]

    def test_columns_are_named_after_the_tiers(self):
        arch = self.env["s2b2b.tier.pricelist"].get_view(view_type="form")["arch"]
        self.assertIn("Gold (%)", arch)
        self.assertNotIn("percent_5", arch)
        self.gold.name = "Golden"
        arch = self.env["s2b2b.tier.pricelist"].get_view(view_type="form")["arch"]
        self.assertIn("Golden (%)", arch)

    def test_members_who_have_the_tier_get_its_new_list(self):
        member = self._member(grade_id=self.normal.id)
        self.normal._apply_flat_discount(3)
        self.assertEqual(
            member.specific_property_product_pricelist, self.normal.default_pricelist_id
        )

    def test_discount_outside_of_a_percentage_names_row_and_tier(self):
        wizard = self._table()
        for percent in (-1, 100):
            with self.subTest(percent=percent), self.assertRefused("All Other Products, Gold"):
                wizard.line_ids.percent_3 = percent

    def test_product_shows_the_ladder_of_prices(self):
        ladder = self.product_a.product_tmpl_id.tier_price_ladder
        for text in ("Normal", "1,000.00", "Silver", "950.00", "Gold", "900.00", "850.00", "15"):
            self.assertIn(text, ladder)

    def test_product_without_tier_lists_shows_no_ladder(self):
        self.env["res.partner.grade"].search([]).default_pricelist_id = False
        self.assertFalse(self.product_a.product_tmpl_id.tier_price_ladder)

    def test_tiers_beyond_the_columns_of_the_table_are_named(self):
        wizards = self.env["s2b2b.tier.pricelist"]
        self.assertFalse(Form(wizards).left_out_note)
        for place in range(5, 10):
            self._tier(f"Tier {place}", place, min_amount=place * 10**5, min_orders=9, min_months=9)
        self.assertIn("Tier 9", Form(wizards).left_out_note)
        self.assertNotIn("Tier 8", Form(wizards).left_out_note)
