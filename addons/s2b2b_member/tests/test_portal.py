from odoo.tests import HttpCase, new_test_user, tagged

from .common import MemberCommon


class PortalCommon(HttpCase, MemberCommon):
    """A Gold member with a portal login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gold.write({"user_id": cls.env.user.id, "credit_limit": 4000, "early_access_days": 3})
        cls.env.user.name = "Kay Account"
        cls.member = cls._member("Riverside Gifts")
        cls.portal = new_test_user(
            cls.env,
            "riverside",
            password="riverside",
            groups="base.group_portal",
            company_id=cls.env.company.id,
            company_ids=[(6, 0, cls.env.company.ids)],
        )
        cls.portal.partner_id.write({"parent_id": cls.member.id, "member_role": "admin"})
        for day in ("2026-06-01", "2026-06-02"):
            cls._invoice(cls.member, 3000, day)
        cls.env["res.partner.grade"]._evaluate_members(cls.member, cls.today)


@tagged("post_install", "-at_install")
class TestPortal(PortalCommon):
    def _page(self, path="/my/membership"):
        self.authenticate("riverside", "riverside")
        return self.url_open(path)

    def test_stranger_is_sent_to_the_login(self):
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open("/my/membership").url)

    def test_customer_that_is_no_member_has_no_such_page(self):
        self.member.is_member = False
        self.assertEqual(self._page().status_code, 404)
        self.assertNotIn("/my/membership", self._page("/my").text)

    def test_credit_is_for_those_who_see_to_the_money(self):
        for role in ("viewer", "buyer", "approver", False):
            self.portal.partner_id.member_role = role
            with self.subTest(role=role):
                self.assertNotIn("Credit limit", self._page().text)
        self.portal.partner_id.member_role = "finance"
        self.assertIn("Credit limit", self._page().text)

    def test_member_sees_tier_progress_benefits_and_account_manager(self):
        page = self._page()
        self.assertEqual(page.status_code, 200)
        for text in (
            "Gold",
            self.member.member_ref,
            "6,000.00",
            "14,000.00",  # to Diamond
            "Diamond",
            "Gold prices",
            "4,000.00",
            "3 days before others",
            "Kay Account",
        ):
            with self.subTest(text=text):
                self.assertIn(text, page.text)
        self.assertIn("/my/membership", self._page("/my").text)

    def test_home_page_counts_nothing_that_has_no_card(self):
        self.authenticate("riverside", "riverside")
        answer = self.make_jsonrpc_request("/my/counters", {"counters": []})
        self.assertNotIn("is_member", answer)

    def test_member_at_risk_sees_what_keeps_its_tier(self):
        self.member.grade_review_date = "2027-06-30"
        self.env["res.partner.grade"]._evaluate_members(
            self.member, self.env["res.partner"]._fields["grade_since"].to_date("2027-06-30")
        )
        self.assertIn("keeps Gold", self._page().text)
