from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestTierRights(MemberCommon):
    """Tiers are credit and prices of all who have them: member managers decide, nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.env.company.id, "company_ids": cls.env.company.ids}
        contacts = "base.group_user,base.group_partner_manager"
        cls.outsiders = [
            new_test_user(cls.env, login, groups=groups, **company)
            for login, groups in (
                ("rights_seller", f"sales_team.group_sale_salesman,{contacts}"),
                ("rights_sales_manager", f"sales_team.group_sale_manager,{contacts}"),
                ("rights_keeper", contacts),
                ("rights_clerk", f"s2b2b_member.group_user,{contacts}"),
            )
        ]
        cls.manager = new_test_user(
            cls.env, "rights_manager", groups=f"s2b2b_member.group_manager,{contacts}", **company
        )
        cls.member = cls._member(grade_id=cls.silver.id)
        cls.contact = cls._contact(cls.member)

    def setUp(self):
        super().setUp()
        loggers = ("ir_access", "ir_model", "ir_rule")
        self.enterContext(mute_logger(*(f"odoo.addons.base.models.{name}" for name in loggers)))

    def _refused(self, user, call):
        with self.subTest(user=user.login), self.assertRaises(AccessError):
            call()

    def test_salespeople_change_no_tier(self):
        tiers = self.env["res.partner.grade"]
        for user in self.outsiders:
            gold = self.gold.with_user(user)
            self._refused(user, lambda g=gold: g.write({"credit_limit": 10**6}))
            self._refused(user, lambda g=gold: g.write({"min_amount": 1}))
            self._refused(user, lambda g=gold: g.write({"default_pricelist_id": False}))
            self._refused(user, lambda g=gold: g.unlink())
            self._refused(
                user, lambda u=user: tiers.with_user(u).create({"name": "Own", "rank": 9})
            )
            self.assertFalse(gold.has_access("write"))
            self.assertEqual(gold.name, "Gold")
        self.assertEqual(self.gold.credit_limit, 0)

    def test_manager_changes_tiers(self):
        self.gold.with_user(self.manager).credit_limit = 500
        self.assertEqual(self.gold.credit_limit, 500)

    def test_others_change_nothing_of_a_members_tier(self):
        for user in self.outsiders[:1] + self.outsiders[2:]:
            for record, vals in (
                (self.member, {"grade_id": self.diamond.id}),
                (self.member, {"grade_id": False}),
                (self.contact, {"grade_id": self.diamond.id}),
                (self.member, {"grade_locked": True}),
                (self.member, {"grade_review_date": "2030-01-01"}),
                (self.member, {"is_member": False}),
            ):
                self._refused(user, lambda u=user, r=record, v=vals: r.with_user(u).write(v))
        self.assertEqual(self.member.grade_id, self.silver)
        self.assertTrue(self.member.is_member)

    def test_others_make_no_member_with_a_tier(self):
        partners = self.env["res.partner"]
        for user in self.outsiders:
            new = partners.with_user(user)
            vals = {"name": "Own Firm", "is_company": True, "is_member": True}
            self._refused(user, lambda n=new, v=vals: n.create({**v, "grade_id": self.gold.id}))
            self._refused(user, lambda n=new, v=vals: n.create({**v, "grade_locked": True}))
            self._refused(
                user,
                lambda n=new, v=vals: n.with_context(default_grade_id=self.gold.id).create(v),
            )
            self._refused(
                user,
                lambda n=new: n.create(
                    {"name": "C", "parent_id": self.member.id, "grade_id": self.gold.id}
                ),
            )
            firm = new.create({"name": "Later", "is_company": True, "grade_id": self.gold.id})
            self._refused(user, lambda f=firm: f.write({"is_member": True}))

    def test_others_enrol_members_and_save_forms_that_change_no_tier(self):
        keeper = self.outsiders[2]
        partners = self.env["res.partner"].with_user(keeper)
        firm = partners.create({"name": "New Firm", "is_company": True, "is_member": True})
        self.assertTrue(firm.member_ref)
        self.member.with_user(keeper).write(
            {"grade_id": self.silver.id, "grade_locked": False, "is_member": True, "city": "York"}
        )
        self.assertEqual(self.member.city, "York")

    def test_manager_sets_a_members_tier(self):
        self.member.with_user(self.manager).write({"grade_id": self.gold.id, "grade_locked": True})
        self.assertEqual(self.member.grade_id, self.gold)
        self.assertEqual(self.member.specific_property_product_pricelist, self.tier_lists["Gold"])

    def test_product_that_sells_a_tier_gives_it_whoever_confirms(self):
        product = self.env["product.product"].create(
            {
                "name": "Gold for a year",
                "type": "service",
                "service_tracking": "partnership",
                "grade_id": self.gold.id,
            }
        )
        seller = self.outsiders[0]
        order = self.env["sale.order"].create(
            {
                "partner_id": self.member.id,
                "user_id": seller.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        order.with_user(seller).action_confirm()
        self.assertEqual(self.member.grade_id, self.gold)
