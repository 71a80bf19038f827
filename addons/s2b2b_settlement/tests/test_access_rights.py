from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from .common import SettlementCommon

MODELS = (
    "s2b2b.settlement",
    "s2b2b.settlement.line",
    "s2b2b.commission.rule",
    "s2b2b.commission.line",
)


@tagged("post_install", "-at_install", "fast")
class TestAccessRights(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule(10)
        cls.purchase = cls._delivered((cls.jam, 10))
        cls.settlement = cls._generate(cls.supplier)
        cls.portal = cls._portal_user(cls.supplier, "access_portal", role="admin")
        cls.stranger = cls._portal_user(cls._supplier("Brook"), "access_stranger", role="admin")
        cls.employee = new_test_user(cls.env, "access_employee", "base.group_user")

    def test_employee_without_a_role_reads_nothing(self):
        for model in MODELS:
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.employee).search([])

    def test_portal_sees_nothing_before_it_was_sent(self):
        self.assertFalse(self.settlement.with_user(self.portal).search([]))
        self.assertFalse(self.settlement.line_ids.with_user(self.portal).search([]))

    def test_portal_sees_its_own_and_changes_nothing(self):
        self.settlement.action_send()
        own = self.settlement.with_user(self.portal).search([])
        self.assertEqual(own, self.settlement)
        self.assertEqual(own.line_ids, self.settlement.line_ids)
        self.assertFalse(self.settlement.with_user(self.stranger).search([]))
        self.assertFalse(self.settlement.line_ids.with_user(self.stranger).search([]))
        for verb in ("action_send", "action_confirm", "action_dispute", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(own, verb)()
        with self.assertRaises(AccessError):
            own.action_create_bill()
        with self.assertRaises(AccessError):
            own.line_ids.action_hold()
        with self.assertRaises(AccessError):
            own.line_ids[:1].reason = "x"

    def test_portal_without_the_role_reads_neither_statements_nor_lines(self):
        self.settlement.action_send()
        lines = self.settlement.line_ids
        for role, sees in (("viewer", False), ("orders", False), ("finance", True)):
            self.portal.partner_id.supplier_role = role
            for records in (self.settlement, lines):
                records = records.with_user(self.portal)
                records.invalidate_recordset()
                with self.subTest(role=role, model=records._name):
                    self.assertIs(records.has_access("read"), sees)
                    self.assertIs(bool(records.search([])), sees)

    def test_portal_does_not_see_rules_commission_or_sources(self):
        self.settlement.action_send()
        line = self.settlement.line_ids[:1].with_user(self.portal)
        for name in ("purchase_id", "purchase_line_id", "move_id", "commission_line_id"):
            with self.assertRaises(AccessError):
                line.read([name])
        for model in ("s2b2b.commission.rule", "s2b2b.commission.line"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).search([])

    def test_portal_has_no_wizards(self):
        for model in (
            "s2b2b.settlement.generate",
            "s2b2b.settlement.dispute",
            "s2b2b.commission.rerate",
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).create({})

    def test_user_does_not_rerate(self):
        with self.assertRaises(AccessError):
            self.env["s2b2b.commission.rerate"].with_user(self.settlement_user).create({})

    def test_user_of_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        user = new_test_user(
            self.env,
            "access_elsewhere",
            "s2b2b_settlement.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        for model in MODELS:
            mine = (
                self.env[model].with_user(user).search(Domain("company_id", "=", self.company.id))
            )
            self.assertFalse(mine)

    def test_user_settles_without_rights_on_transfers(self):
        user = self.settlement_user
        user.write({"company_id": self.company.id, "company_ids": [(4, self.company.id)]})
        self.supplier.billing_mode = "self_billed"
        self._delivered((self.tea, 1))
        wizard = (
            self.env["s2b2b.settlement.generate"]
            .with_user(user)
            .create({"date_from": self.period[0], "date_to": self.period[1]})
        )
        wizard.action_generate()
        settlement = self.settlement.with_user(user)
        self.assertEqual(settlement.amount_goods, 107.77)
        settlement.action_send()
        dispute = (
            self.env["s2b2b.settlement.dispute"]
            .with_user(user)
            .create(
                {
                    "settlement_id": settlement.id,
                    "line_ids": settlement.line_ids[-1:].ids,
                    "reason": "Said on the phone",
                }
            )
        )
        dispute.action_dispute()
        settlement.action_confirm()
        settlement.action_create_bill()
        self.assertEqual(self.settlement.state, "billed")

    def test_frozen_commission_is_read_only_for_all(self):
        line = self.purchase.order_line.commission_line_ids
        for user in (self.settlement_user, self.env.user):
            with self.assertRaises(AccessError):
                line.with_user(user).write({"amount": 0})
