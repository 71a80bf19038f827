from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestMerge(MemberCommon):
    """Members that are merged have one tier, said why, and keep what was agreed with each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        mail = "one@example.com"
        cls.stays = cls._member("Stays", grade_id=cls.silver.id, email=mail)
        cls.goes = cls._member("Goes", grade_id=cls.gold.id, email=mail)
        cls.contract = cls._tier_list("Agreed", 30)

    def _merge(self, goes, stays, user=None):
        with mute_logger("odoo.addons.base.wizard.base_partner_merge"):
            wizard = self.env["base.partner.merge.automatic.wizard"].with_user(
                user or self.env.user
            )
            wizard._merge((goes | stays).ids, stays.with_user(user or self.env.user))
        self.env.invalidate_all()

    def _said(self, partner):
        return "".join(partner.message_ids.mapped("body"))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_access")
    def test_whoever_may_not_edit_contacts_merges_nothing(self):
        employee = new_test_user(self.env, "merge_employee", groups="base.group_user")
        with self.assertRaises(AccessError):
            self._merge(self.goes, self.stays, employee)

    def test_higher_tier_of_the_one_that_goes_is_kept_and_said(self):
        self.goes.write({"grade_locked": True, "grade_review_date": "2027-03-01"})
        self._merge(self.goes, self.stays)
        self.assertRecordValues(
            self.stays, [{"grade_id": self.gold.id, "is_member": True, "grade_locked": True}]
        )
        self.assertEqual(str(self.stays.grade_review_date), "2027-03-01")
        self.assertEqual(self.stays.specific_property_product_pricelist.name, "Gold prices")
        self.assertIn("Silver → Gold", self._said(self.stays))

    def test_higher_tier_of_the_one_that_stays_is_kept_and_said(self):
        self._merge(self.stays, self.goes)
        self.assertEqual(self.goes.grade_id, self.gold)
        self.assertIn("Stays: Silver", self._said(self.goes))

    def test_manager_of_contacts_merges_members(self):
        keeper = new_test_user(
            self.env,
            "merge_keeper",
            groups="base.group_user,base.group_partner_manager",
            company_id=self.env.company.id,
        )
        self._merge(self.goes, self.stays, keeper)
        self.assertEqual(self.stays.grade_id, self.gold)

    def test_agreed_price_lists_survive_in_every_company(self):
        other = self.env["res.company"].create({"name": "Second"})
        theirs = self._tier_list("Agreed there", 40)
        self.goes.specific_property_product_pricelist = self.contract
        self.goes.with_company(other).specific_property_product_pricelist = theirs
        self._merge(self.goes, self.stays)
        lists = [
            self.stays.with_company(company).specific_property_product_pricelist
            for company in (self.env.company, other)
        ]
        self.assertEqual(lists, [self.contract, theirs])
        self.stays.grade_id = self.diamond
        self.assertEqual(self.stays.specific_property_product_pricelist, self.contract)

    def test_price_list_agreed_with_the_one_that_stays_comes_first(self):
        self.stays.specific_property_product_pricelist = self.contract
        self.goes.specific_property_product_pricelist = self._tier_list("Other", 20)
        self._merge(self.goes, self.stays)
        self.assertEqual(self.stays.specific_property_product_pricelist, self.contract)

    def test_member_merged_into_a_contact_becomes_one_with_its_company(self):
        contact = self._contact(self.stays, email="one@example.com")
        self.goes.specific_property_product_pricelist = self.contract
        self._merge(self.goes, contact)
        self.assertFalse(contact.is_member)
        self.assertFalse(contact.grade_id)
        self.assertEqual(self.stays.grade_id, self.gold)
        self.assertEqual(self.stays.specific_property_product_pricelist, self.contract)
        self.assertIn("Silver → Gold", self._said(self.stays))

    def test_partners_that_are_no_members_are_merged_as_before(self):
        one, two = self.env["res.partner"].create(
            [{"name": name, "email": "x@example.com"} for name in ("One", "Two")]
        )
        self._merge(one, two)
        self.assertFalse(one.exists())
        self.assertFalse(two.is_member)
