from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestJoining(MemberCommon):
    """Staff decide on applications; what is approved is a member with tier and login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.applications = cls.env["s2b2b.member.application"]
        cls.uk = cls.env.ref("base.uk")

    def _application(self, **vals):
        return self.applications.create(
            {
                "company_name": "Kendal Gifts",
                "vat": "GB 980 7806 84",
                "country_id": self.uk.id,
                "contact_name": "Ann Kendal",
                "email": "ann@kendal.example.com",
                "trade": "Gift shop",
                **vals,
            }
        )

    def _mails(self, subject):
        return self.env["mail.mail"].search([("subject", "=", subject)])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_access")
    def test_only_managers_decide(self):
        application = self._application()
        for name, groups in (
            ("joining_portal", "base.group_portal"),
            ("joining_employee", "base.group_user"),
            ("joining_clerk", "s2b2b_member.group_user"),
        ):
            user = new_test_user(self.env, name, groups=groups)
            record = application.with_user(user)
            for call in (
                lambda r=record: r.action_approve(),
                lambda r=record: r.action_ask(),
                lambda r=record: r.write({"company_name": "x"}),
                lambda u=user: self.env["s2b2b.member.decision"].with_user(u).create({}),
            ):
                with self.subTest(user=name), self.assertRaises(AccessError):
                    call()
        self.assertEqual(application.state, "submitted")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_other_company_does_not_see_it(self):
        other = self.env["res.company"].create({"name": "Second"})
        user = new_test_user(
            self.env,
            "joining_foreign",
            groups="s2b2b_member.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        with self.assertRaises(AccessError):
            self._application().with_user(user).read(["vat"])

    def test_state_is_not_written_by_hand(self):
        application = self._application()
        with self.assertRaises(UserError):
            application.state = "approved"
        with self.assertRaises(UserError):
            application.with_context(s2b2b_step=True).write({"state": "approved"})
        with self.assertRaises(UserError):
            self._application(state="approved")

    def test_approved_company_is_a_member_with_tier_contact_login_and_welcome(self):
        application = self._application()
        application.action_approve()
        member = application.partner_id
        self.assertRecordValues(
            member, [{"name": "Kendal Gifts", "is_member": True, "grade_id": self.normal.id}]
        )
        self.assertTrue(member.member_ref)
        contact = member.child_ids
        self.assertRecordValues(contact, [{"name": "Ann Kendal", "member_role": "admin"}])
        self.assertTrue(contact.user_ids._is_portal())
        self.assertRecordValues(application, [{"state": "approved", "decided_by_id": self.env.uid}])
        welcome = self._mails(f"Welcome to {self.env.company.name}")
        self.assertIn(member.member_ref, welcome.body_html)

    def test_chosen_tier_comes_with_its_prices(self):
        application = self._application(grade_id=self.gold.id)
        application.action_approve()
        member = application.partner_id
        self.assertEqual(member.specific_property_product_pricelist, self.tier_lists["Gold"])

    def test_known_customer_becomes_the_member_with_the_tier_it_has_earned(self):
        customer = self._member("Kendal", is_member=False, vat="GB980780684")
        today = self.applications._fields["decided_at"].today()
        self._invoice(customer, 2000, today)
        contact = self._contact(customer, email="Ann@kendal.example.com")
        application = self._application()
        self.assertEqual(application.same_partner_ids, customer)
        application.action_approve()
        self.assertEqual(application.partner_id, customer)
        self.assertEqual(customer.child_ids, contact)
        self.assertEqual(customer.grade_id, self.silver)

    def test_two_customers_with_the_number_are_for_staff_to_choose_from(self):
        twins = self._member("One", vat="GB980780684") | self._member("Two", vat="980780684")
        application = self._application()
        with self.assertRefused("choose the one"):
            application.action_approve()
        application.partner_id = twins[1]
        application.action_approve()
        self.assertEqual(application.partner_id, twins[1])

    def test_applicant_whose_mail_is_a_login_already_is_approved_without_a_second_one(self):
        new_test_user(self.env, "ann@kendal.example.com", groups="base.group_user")
        application = self._application()
        application.action_approve()
        self.assertFalse(application.partner_id.child_ids.user_ids)
        self.assertIn("No portal access", "".join(application.message_ids.mapped("body")))

    def test_returned_and_refused_say_why_and_refused_is_the_end(self):
        application = self._application()
        decision = self.env["s2b2b.member.decision"].create(
            {"application_ids": application.ids, "kind": "returned", "reason": "Which shop?"}
        )
        decision.action_decide()
        self.assertEqual((application.state, application.reason), ("returned", "Which shop?"))
        mail = self._mails("Your application needs something more")
        self.assertIn("/member/application/", mail.body_html)
        with self.assertRaises(UserError):
            application._refuse(" ")
        decision.copy({"kind": "refused", "reason": "Too far"}).action_decide()
        for call in (
            application.action_approve,
            lambda: application._return("Again"),
            lambda: application._refuse("Again"),
        ):
            with self.assertRefused("has been decided"):
                call()
