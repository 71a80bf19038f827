from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestOrderAgreement(MemberCommon):
    """The agreement of a member's approver is neither gone round nor written by a seller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._member()
        cls.buyer = cls._contact(cls.member, member_role="buyer", member_order_limit=500)
        cls.free = cls._contact(cls.member, "Frances Free", member_role="buyer")
        company = {"company_id": cls.env.company.id, "company_ids": cls.env.company.ids}
        cls.seller = new_test_user(
            cls.env,
            "agreement_seller",
            groups="s2b2b_member.group_user,sales_team.group_sale_manager",
            **company,
        )
        cls.portal = new_test_user(
            cls.env, "agreement_portal", groups="base.group_portal", **company
        )
        cls.order = cls._order(cls.buyer, 800)

    def test_state_written_directly_is_refused(self):
        with self.assertRefused("approver has to agree"):
            self.order.with_user(self.seller).write({"state": "sale"})
        with self.assertRefused("approver has to agree"):
            self._order(self.buyer, 800, state="sale")
        self.assertEqual(self.order.state, "draft")

    def test_order_within_the_limit_or_agreed_to_enters(self):
        small = self._order(self.buyer, 100)
        small.with_user(self.seller).write({"state": "sale"})
        self.assertEqual(small.state, "sale")
        self.order.action_confirm()
        self.order._approve_for_member()
        self.assertEqual(self.order.state, "sale")

    def test_seller_writes_no_agreement(self):
        order = self.order.with_user(self.seller)
        for vals in (
            {"member_approved_amount": 10**6},
            {"member_approver_id": self.free.id},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                order.write(vals)
            with self.subTest(create=vals), self.assertRaises(AccessError):
                order.create({"partner_id": self.member.id, **vals})
        with self.assertRaises(AccessError):
            order.with_context(default_member_approved_amount=10**6).create(
                {"partner_id": self.member.id}
            )

    def test_seller_does_not_rewrite_who_has_placed_an_order(self):
        own = self.env["sale.order"].with_user(self.portal).sudo()
        placed = own.create({"partner_id": self.member.id, "s2b2b_contact_id": self.buyer.id})
        self.order.action_confirm()
        self.assertEqual(self.order.hold_reason, "member_approval")
        for order in (placed, self.order):
            for contact in (self.free, self.free.browse()):
                with self.subTest(order=order.name), self.assertRaises(AccessError):
                    order.with_user(self.seller).write({"s2b2b_contact_id": contact.id})
            order.with_user(self.seller).write({"s2b2b_contact_id": self.buyer.id})
        self.assertEqual((placed | self.order).s2b2b_contact_id, self.buyer)

    def test_seller_names_who_ordered_by_telephone_and_mends_it(self):
        order = self.order.with_user(self.seller).create({"partner_id": self.member.id})
        order.s2b2b_contact_id = self.buyer
        order.s2b2b_contact_id = self.free
        self.assertEqual(order.s2b2b_contact_id, self.free)

    def test_manager_mends_who_has_placed_an_order(self):
        self.order.action_confirm()
        self.order.s2b2b_contact_id = self.free
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_order_held_by_several_checks_says_the_first(self):
        self.env.company.member_credit_policy = "block"
        self.member.write({"credit_limit": 10, "credit_policy": "limit"})
        with self.assertRaises(UserError):
            self.order.write({"state": "sale"})
