from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestTierBenefits(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Second Company")["company"]
        cls.term = cls.env["account.payment.term"].create({"name": "60 days for Gold"})
        cls.manager = cls.env.user.copy({"login": "key_account", "name": "Key Account"})
        cls.gold.write(
            {"credit_limit": 9000, "payment_term_id": cls.term.id, "user_id": cls.manager.id}
        )

    def _list_of(self, partner, company=None):
        return partner.with_company(company or self.env.company).specific_property_product_pricelist

    def test_tier_given_at_creation_brings_its_benefits(self):
        member = self._member(grade_id=self.gold.id)
        self.assertEqual(self._list_of(member), self.tier_lists["Gold"])
        self.assertEqual(member.property_payment_term_id, self.term)
        self.assertEqual(member.user_id, self.manager)
        self.assertEqual(member.credit_limit, 9000)
        self.assertTrue(member.grade_since)

    def test_tier_written_later_brings_its_benefits_to_every_company(self):
        member = self._member()
        member.grade_id = self.gold
        for company in (self.env.company, self.other):
            with self.subTest(company=company.name):
                self.assertEqual(self._list_of(member, company), self.tier_lists["Gold"])
                self.assertEqual(member.with_company(company).property_payment_term_id, self.term)
                self.assertEqual(member.with_company(company).credit_limit, 9000)

    def test_cleared_tier_takes_its_benefits_back(self):
        member = self._member(grade_id=self.gold.id)
        member.grade_id = False
        for company in (self.env.company, self.other):
            self.assertFalse(self._list_of(member, company))
            self.assertFalse(member.with_company(company).property_payment_term_id)
            self.assertFalse(member.with_company(company).credit_limit)
        self.assertFalse(member.user_id)

    def test_next_tier_replaces_what_the_former_gave(self):
        member = self._member(grade_id=self.gold.id)
        member.grade_id = self.silver
        self.assertEqual(self._list_of(member), self.tier_lists["Silver"])
        self.assertFalse(member.property_payment_term_id)
        self.assertFalse(member.credit_limit)

    def test_what_was_agreed_with_the_member_survives(self):
        contract = self._tier_list("Contract", 30)
        own_term = self.env["account.payment.term"].create({"name": "Agreed"})
        member = self._member(
            specific_property_product_pricelist=contract.id,
            property_payment_term_id=own_term.id,
            credit_limit=500,
            user_id=self.env.user.id,
        )
        for grade in (self.gold, self.silver, self.env["res.partner.grade"]):
            with self.subTest(tier=grade.name):
                member.grade_id = grade
                self.assertEqual(self._list_of(member), contract)
                self.assertEqual(member.property_payment_term_id, own_term)
                self.assertEqual(member.credit_limit, 500)
                self.assertEqual(member.user_id, self.env.user)

    def test_contract_in_one_company_leaves_the_tier_in_the_other(self):
        contract = self._tier_list("Contract", 30)
        member = self._member()
        member.with_company(self.other).specific_property_product_pricelist = contract
        member.grade_id = self.gold
        self.assertEqual(self._list_of(member), self.tier_lists["Gold"])
        self.assertEqual(self._list_of(member, self.other), contract)

    def test_tier_written_on_a_contact_is_the_companys(self):
        member = self._member(grade_id=self.silver.id)
        contact = self._contact(member)
        contact.grade_id = self.gold
        self.assertEqual(member.grade_id, self.gold)
        self.assertFalse(contact.grade_id)
        self.assertEqual(self._list_of(contact), self.tier_lists["Gold"])

    def test_contact_made_with_a_tier_moves_its_company(self):
        member = self._member()
        contact = self._contact(member, grade_id=self.gold.id)
        self.assertEqual(member.grade_id, self.gold)
        self.assertFalse(contact.grade_id)

    def test_partner_that_becomes_a_contact_loses_its_own_tier(self):
        member = self._member(grade_id=self.silver.id)
        person = self._member("Sole Trader", is_company=False, grade_id=self.gold.id)
        person.parent_id = member
        self.assertFalse(person.grade_id)
        self.assertEqual(member.grade_id, self.silver)

    def test_members_get_a_benefit_that_their_tier_gains_or_loses(self):
        member = self._member(grade_id=self.gold.id)
        self.gold.write({"credit_limit": 12000, "payment_term_id": False})
        self.assertEqual(member.credit_limit, 12000)
        self.assertFalse(member.property_payment_term_id)

    def test_new_company_grants_what_the_tiers_give(self):
        member = self._member(grade_id=self.gold.id)
        company = self.env["res.company"].create({"name": "Third Company"})
        self.assertEqual(self._list_of(member, company), self.tier_lists["Gold"])

    def test_limit_is_given_in_the_currency_of_each_company(self):
        currency = self.setup_other_currency("EUR", rates=[("2000-01-01", 2.0)])
        currency.rate_ids.company_id = False
        company = self.env["res.company"].create({"name": "Euro", "currency_id": currency.id})
        member = self._member(grade_id=self.gold.id)
        self.assertEqual(member.with_company(company).credit_limit, 18000)

    def test_price_list_of_another_company_is_not_given_here(self):
        self.tier_lists["Gold"].company_id = self.other
        member = self._member(grade_id=self.gold.id)
        self.assertFalse(self._list_of(member))
        self.assertEqual(self._list_of(member, self.other), self.tier_lists["Gold"])

    def test_tier_of_another_company_is_refused(self):
        tier = self._tier("Theirs", 0, company_id=self.other.id)
        with self.assertRefused("belongs to Second Company", ValidationError):
            self._member().grade_id = tier

    def test_tier_in_use_cannot_be_deleted(self):
        self._member(grade_id=self.gold.id)
        with self.assertRefused("Gold"):
            self.gold.unlink()

    def test_tier_lists_are_nobody_elses_fallback(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.env["product.pricelist"].search([]).filtered(
            lambda pricelist: pricelist not in [*self.tier_lists.values()]
        ).active = False
        self.assertFalse(stranger.property_product_pricelist)

    def test_order_of_a_gold_member_has_the_gold_price(self):
        member = self._member(grade_id=self.gold.id)
        order = self.env["sale.order"].create(
            {
                "partner_id": member.id,
                "order_line": [(0, 0, {"product_id": self.product_a.id, "tax_ids": False})],
            }
        )
        self.assertEqual(order.pricelist_id, self.tier_lists["Gold"])
        self.assertEqual(order.amount_untaxed, 900)

    def test_each_step_by_hand_is_recorded(self):
        member = self._member(grade_id=self.silver.id)
        member.grade_id = self.gold
        member.grade_id = False
        changes = self.env["s2b2b.grade.change"].search([("partner_id", "=", member.id)])
        self.assertEqual(changes.sorted("id").mapped("direction"), ["new", "up", "down"])
        self.assertEqual(set(changes.mapped("reason")), {"manual"})
        self.assertEqual(changes.user_id, self.env.user)

    def test_same_tier_again_is_no_step(self):
        member = self._member(grade_id=self.silver.id)
        member.grade_id = self.silver
        self.assertEqual(member.grade_change_count, 1)
