from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestOnDuty(MemberCommon):
    """Requests and applications go to who may decide, is there, and has the least to do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Second Company"})
        cls.env.ref("s2b2b_member.group_manager").user_ids = False
        cls.one, cls.two = (cls._manager(name, cls.env.company) for name in ("one", "two"))
        cls.foreign = cls._manager("foreign", cls.other)
        cls.member = cls._member()
        cls.users = cls.env["res.users"]

    @classmethod
    def _manager(cls, name, company):
        return new_test_user(
            cls.env,
            f"duty_{name}",
            groups="s2b2b_member.group_manager",
            company_id=company.id,
            company_ids=company.ids,
        )

    def _ask(self, company=None, **vals):
        request = (
            self.env["s2b2b.credit.request"]
            .sudo()
            .create(
                {
                    "partner_id": self.member.id,
                    "company_id": (company or self.env.company).id,
                    "amount": 10,
                    **vals,
                }
            )
        )
        request._schedule_decision()
        return request.activity_ids.user_id

    def _leave(self, user):
        now = fields.Datetime.now()
        user.write(
            {
                "out_of_office_from": now - timedelta(days=1),
                "out_of_office_to": now + timedelta(days=1),
            }
        )

    def test_whoever_has_no_access_to_the_company_is_not_asked(self):
        self.assertEqual(self._ask(self.other), self.foreign)
        self.assertNotEqual(self._ask(), self.foreign)

    def test_least_busy_is_asked(self):
        self.assertEqual([self._ask() for _n in range(3)], [self.one, self.two, self.one])

    def test_whoever_is_away_is_not_asked_unless_all_are(self):
        self._leave(self.one)
        self.assertEqual([self._ask(), self._ask()], [self.two, self.two])
        self._leave(self.two)
        self.assertEqual(self._ask(), self.one)

    def test_account_manager_is_asked_while_on_duty(self):
        self.member.user_id = self.two
        self.assertEqual([self._ask(), self._ask()], [self.two, self.two])
        self._leave(self.two)
        self.assertEqual(self._ask(), self.one)

    def test_applications_go_the_same_way(self):
        self._leave(self.one)
        application = (
            self.env["s2b2b.member.application"]
            .sudo()
            .create(
                {
                    "company_name": "Kendal Gifts",
                    "vat": "GB980780684",
                    "country_id": self.env.ref("base.uk").id,
                    "contact_name": "Ann",
                    "email": "ann@kendal.example.com",
                }
            )
        )
        application._schedule_decision()
        self.assertEqual(application.activity_ids.user_id, self.two)
        self.assertFalse(self.users._get_member_manager(self.other.create({"name": "Third"})))
