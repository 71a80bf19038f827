from odoo import fields
from odoo.tests import tagged

from .test_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalCredit(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.member_credit_policy = "block"
        cls.member.write({"credit_policy": "limit", "credit_limit": 9000})
        cls.person = cls.portal.partner_id
        cls._order(cls.member, 1234).action_confirm()

    def _page(self, login="riverside"):
        self.authenticate(login, login)
        return self.url_open("/my/membership").text

    def _be(self, role):
        self.person.write({"parent_id": self.member.id, "member_role": role})

    def test_people_without_finance_do_not_see_what_the_company_owes(self):
        for role in ("buyer", "approver", "viewer"):
            with self.subTest(role=role):
                self._be(role)
                page = self._page()
                self.assertIn("s2b2b_membership", page)
                self.assertNotIn("s2b2b_credit", page)
                self.assertNotIn("1,234.00", page)

    def test_people_of_another_company_see_nothing_of_this_one(self):
        other = self._member("Other Member", credit_policy="limit", credit_limit=7000)
        self.person.write({"parent_id": other.id, "member_role": "admin"})
        page = self._page()
        self.assertIn("7,000.00", page)
        self.assertNotIn("1,234.00", page)
        self.assertNotIn("9,000.00", page)

    def test_credit_that_is_not_checked_is_not_shown(self):
        self.env.company.member_credit_policy = "off"
        self.assertNotIn("s2b2b_credit", self._page())
        self.env.company.member_credit_policy = "block"
        self.member.credit_policy = "none"
        self.assertNotIn("s2b2b_credit", self._page())

    def test_finance_sees_the_parts_of_the_credit_in_use(self):
        self._be("finance")
        self._invoice(self.member, 321, fields.Date.today(), post=False)
        page = self._page()
        for text in ("Your credit", "Open Orders", "1,234.00", "Draft Invoices", "321.00"):
            with self.subTest(text=text):
                self.assertIn(text, page)
        self.assertNotIn("Down Payments", page)
