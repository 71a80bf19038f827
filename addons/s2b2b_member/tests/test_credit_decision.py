from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestCreditDecision(MemberCommon):
    """The member hears what was decided on its credit, from the company, in its language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "platform@example.com"
        cls.member = cls._member()
        cls.people = {
            role: cls._contact(
                cls.member, role or "Nobody", email=f"{role}@example.com", member_role=role
            )
            for role in ("admin", "buyer", "approver", "finance", "viewer", False)
        }
        cls._contact(cls.member, "Without mail", member_role="finance")
        other = cls._member("Other Member")
        cls._contact(other, "Stranger", email="s@example.com", member_role="finance")
        cls.request = cls.env["s2b2b.credit.request"].create(
            {"partner_id": cls.member.id, "amount": 1234, "valid_until": "2026-12-24"}
        )

    def _told(self, request=None):
        """The message to the member in the chatter of the request, and who got it."""
        request = request or self.request
        message = request.message_ids.filtered(lambda m: m.message_type == "comment")
        return message, message.notified_partner_ids

    def _person(self, *roles):
        return self.env["res.partner"].concat(*(self.people[role] for role in roles))

    def test_who_may_not_decide_mails_nobody(self):
        clerk = new_test_user(self.env, "clerk", groups="s2b2b_member.group_user")
        request = self.request.with_user(clerk)
        for call in (
            request.action_approve,
            request.action_refuse,
            lambda: request._refuse("No"),
            lambda: request.env["s2b2b.credit.refusal"].create({"reason": "No"}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertFalse(self._told()[0])

    def test_refusal_without_a_reason_is_none(self):
        for call in (
            lambda: self.request._refuse(" "),
            lambda: self.request.write({"state": "refused"}),
        ):
            with self.assertRefused("Say why."):
                call()
        self.assertEqual(self.request.state, "submitted")
        self.assertFalse(self._told()[0])

    def test_finance_people_of_this_member_are_told_the_amount(self):
        self.request.action_approve()
        message, told = self._told()
        self.assertEqual(told, self._person("admin", "finance"))
        self.assertIn("1,234.00", message.body)
        self.assertIn("1,234.00", message.subject)
        self.assertIn("12/24/2026", message.body)
        self.assertIn("platform@example.com", message.email_from)

    def test_refusal_tells_its_reason_and_keeps_it(self):
        wizard = Form(
            self.env["s2b2b.credit.refusal"].with_context(**self.request.action_refuse()["context"])
        )
        wizard.reason = "Pay <b>first</b>"
        wizard.save().action_decide()
        self.assertEqual(self.request.state, "refused")
        message, told = self._told()
        self.assertEqual(told, self._person("admin", "finance"))
        self.assertIn("Pay &lt;b&gt;first", message.body)
        with self.assertRefused("has been decided"):
            self.request.refusal_reason = "Another one"

    def test_decision_written_by_another_program_is_told_as_well(self):
        self.request.write({"state": "approved"})
        self.assertEqual(len(self._told()[0]), 1)

    def test_who_asked_is_told_too(self):
        order = self._order(self.member, 10, s2b2b_contact_id=self.people["buyer"].id)
        request = self.request.copy({"order_id": order.id})
        request._refuse("No")
        message, told = self._told(request)
        self.assertEqual(told, self._person("admin", "finance", "buyer"))
        self.assertIn(order.name, message.body)

    def test_company_itself_is_told_where_nobody_looks_after_its_money(self):
        self._person("admin", "finance").member_role = "viewer"
        self.request.action_approve()
        self.assertEqual(self._told()[1], self.member)

    def test_mail_is_in_the_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["s2b2b_member"], ["zh_CN"])
        self.member.lang = "zh_CN"
        self.request.action_approve()
        self.assertIn("尊敬的", self._told()[0].body)
