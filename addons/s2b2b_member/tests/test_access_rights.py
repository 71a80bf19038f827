from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install", "fast")
class TestAccessRights(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._member(grade_id=cls.gold.id)
        cls.contact = cls._contact(cls.member)
        cls.stranger = cls._member("Other Member", grade_id=cls.silver.id)
        company = {"company_id": cls.env.company.id, "company_ids": cls.env.company.ids}
        cls.portal = new_test_user(cls.env, "member_portal", groups="base.group_portal", **company)
        cls.portal.partner_id.parent_id = cls.member
        cls.employee = new_test_user(cls.env, "employee", groups="base.group_user", **company)
        cls.clerk = new_test_user(
            cls.env, "member_clerk", groups="s2b2b_member.group_user", **company
        )
        cls.manager = new_test_user(
            cls.env, "member_manager", groups="s2b2b_member.group_manager", **company
        )
        cls.change = cls.member.grade_change_ids
        cls.figures = cls.env["s2b2b.member.figures"]
        cls.env["res.partner.grade"]._evaluate_members(cls.member, cls.today)
        cls.figures = cls.figures.search([("partner_id", "=", cls.member.id)])
        cls.request = cls.env["s2b2b.credit.request"].create(
            {"partner_id": cls.member.id, "amount": 10}
        )
        cls.env.company.member_points = True
        cls.points = cls.env["s2b2b.points.entry"]._points_grant(cls.member, 10, "Fair", "fair")
        cls.gate = cls.env["s2b2b.credit.gate"]
        cls.gate._enter(cls.member, cls.env.company)
        cls.gate = cls.gate.search([("partner_id", "=", cls.member.id)])

    def setUp(self):
        super().setUp()
        loggers = ("ir_access", "ir_model", "ir_rule")
        self.enterContext(mute_logger(*(f"odoo.addons.base.models.{name}" for name in loggers)))

    def _denied(self, user, records, *modes):
        for mode in modes:
            records = records.with_user(user)
            with (
                self.subTest(user=user.login, model=records._name, mode=mode),
                self.assertRaises(AccessError),
            ):
                records.check_access(mode)

    def test_portal_reads_none_of_the_records(self):
        for records in (
            self.gold,
            self.change,
            self.figures,
            self.request,
            self.gate,
            self.points,
            self.env["s2b2b.member.application.attempt"],
            self.env["s2b2b.points.adjust"],
            self.env["s2b2b.credit.refusal"],
            self.env["s2b2b.tier.preview"],
            self.env["s2b2b.tier.preview.line"],
            self.env["s2b2b.tier.pricelist"],
            self.env["s2b2b.tier.pricelist.line"],
        ):
            self._denied(self.portal, records, "read", "write", "create", "unlink")

    def test_portal_does_not_read_what_its_company_must_not_see_of_itself(self):
        member = self.member.with_user(self.portal)
        self.assertEqual(member.name, self.member.name)
        for name in (
            "grade_locked",
            "grade_review_date",
            "member_amount",
            "credit_policy",
            "credit_exposure",
            "credit_available",
            "credit_due",
            "credit_ordered",
            "credit_reserved",
            "grade_change_ids",
            "member_order_limit",
            "tier_credit_limit",
            "points_balance",
            "points_entry_ids",
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                member.read([name])

    def test_portal_does_not_read_another_member(self):
        with self.assertRaises(AccessError):
            self.stranger.with_user(self.portal).read(["grade_id"])

    def test_portal_cannot_give_itself_a_tier_or_a_role(self):
        for vals in (
            {"grade_id": self.diamond.id},
            {"is_member": True},
            {"member_role": "admin"},
            {"member_order_limit": 10**6},
        ):
            for partner in (self.member, self.portal.partner_id):
                with self.subTest(vals=vals), self.assertRaises(AccessError):
                    partner.with_user(self.portal).write(vals)

    def test_employee_without_the_role_sees_no_member_records(self):
        attempts = self.env["s2b2b.member.application.attempt"]
        records_of_members = (self.change, self.figures, self.request, self.gate, self.points)
        for records in (*records_of_members, attempts):
            self._denied(self.employee, records, "read", "write", "create", "unlink")
        with self.assertRaises(AccessError):
            self.member.with_user(self.employee).read(["member_amount"])

    def test_user_reads_history_and_figures_and_nobody_writes_them(self):
        for user in (self.clerk, self.manager):
            for records in (self.change, self.figures, self.points):
                records.with_user(user).check_access("read")
                self._denied(user, records, "write", "create", "unlink")
        attempts = self.env["s2b2b.member.application.attempt"]
        for records in (self.gate, attempts):
            self._denied(self.manager, records, "write", "create", "unlink")
        self._denied(self.clerk, attempts, "read")

    def test_user_changes_neither_tiers_nor_prices(self):
        self._denied(self.clerk, self.gold, "write", "create", "unlink")
        self._denied(self.clerk, self.env["s2b2b.tier.pricelist"], "create")
        self._denied(self.clerk, self.request, "unlink")
        self.gold.with_user(self.manager).check_access("write")

    def test_user_previews_but_does_not_apply(self):
        preview = self.env["s2b2b.tier.preview"].with_user(self.clerk).create({})
        with self.assertRaises(AccessError):
            preview.action_apply()

    def test_other_company_sees_neither_requests_nor_gates(self):
        other = self.env["res.company"].create({"name": "Second Company"})
        foreign = new_test_user(
            self.env,
            "foreign_manager",
            groups="s2b2b_member.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        for records in (self.request, self.gate, self.points):
            with mute_logger("odoo.addons.base.models.ir_rule"):
                self._denied(foreign, records, "read")
                self.assertFalse(records.with_user(foreign).search([("id", "in", records.ids)]))
