from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestPromotion(MemberCommon):
    """Promotions that only members of a tier get."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["loyalty.program"].search([]).active = False
        cls.program = cls.env["loyalty.program"].create(
            {
                "name": "Gold weeks",
                "program_type": "promotion",
                "trigger": "auto",
                "min_grade_id": cls.gold.id,
                "rule_ids": [Command.create({"minimum_qty": 1})],
                "reward_ids": [Command.create({"discount": 10})],
            }
        )

    def _rewards(self, partner):
        order = self._order(partner, 100)
        order._update_programs_and_rewards()
        return order._get_claimable_rewards()

    def test_lower_tiers_and_others_do_not_get_it(self):
        guest = self.env["res.partner"].create({"name": "Passer-by"})
        silver = self._member("Silver Gifts", grade_id=self.silver.id)
        for partner in (guest, silver):
            self.assertFalse(self._rewards(partner))

    def test_tier_and_higher_ones_get_it(self):
        for grade in (self.gold, self.diamond):
            self.assertTrue(self._rewards(self._member(grade.name, grade_id=grade.id)))

    def test_code_of_the_promotion_opens_it_to_nobody_else(self):
        self.program.write({"trigger": "with_code"})
        self.program.rule_ids.write({"mode": "with_code", "code": "GOLDWEEKS"})
        silver = self._order(self._member("Silver Gifts", grade_id=self.silver.id), 100)
        self.assertIn("error", silver._try_apply_code("GOLDWEEKS"))
        gold = self._order(self._member("Gold Gifts", grade_id=self.gold.id), 100)
        self.assertNotIn("error", gold._try_apply_code("GOLDWEEKS"))

    def test_promotion_without_a_tier_is_for_everybody(self):
        with Form(self.program) as form:
            form.min_grade_id = self.env["res.partner.grade"]
        self.assertTrue(self._rewards(self.env["res.partner"].create({"name": "Passer-by"})))

    def test_portal_does_not_read_the_tier_of_a_promotion(self):
        portal = new_test_user(self.env, "promotion_portal", groups="base.group_portal")
        programs = self.env["loyalty.program"].with_user(portal)
        self.assertNotIn("min_grade_id", programs.fields_get())
