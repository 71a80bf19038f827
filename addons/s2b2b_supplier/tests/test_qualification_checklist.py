from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PDF, SupplierCommon


@tagged("post_install", "-at_install")
class TestQualificationChecklist(SupplierCommon):
    """Nobody gets round the checklist, and its evidence can be read by those who decide."""

    def setUp(self):
        super().setUp()
        lines = [
            Command.create({"name": "Clean", "is_critical": True}),
            Command.create({"name": "Cold"}),
        ]
        self.record = self._qualification(self._supplier(status="none"), "audit", line_ids=lines)
        self.critical = self.record.line_ids[0]

    def test_verdict_taken_back_still_bars_from_deciding(self):
        lines = self.record.line_ids.with_user(self.supplier_manager)
        lines[0].verdict = "fail"
        lines.write({"verdict": False})
        self.critical.with_user(self.auditor).verdict = "pass"
        with self.assertRaisesRegex(UserError, "somebody else"):
            self.record.with_user(self.supplier_manager).action_approve()

    def test_critical_point_cannot_be_made_harmless_once_the_audit_began(self):
        line = self.critical.with_user(self.supplier_manager)
        for vals in ({"is_critical": False}, {"weight": 9}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                line.write(vals)
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            self.record.with_user(self.supplier_manager).action_load_checklist()

    def test_points_may_be_added_to_an_audit_but_not_to_a_decision(self):
        vals = {"name": "Dry", "qualification_id": self.record.id}
        self.env["s2b2b.qualification.line"].create(vals)
        self.record.with_user(self.supplier_manager).action_reject("Too small")
        with self.assertRaises(UserError):
            self.env["s2b2b.qualification.line"].create(vals)
        with self.assertRaises(UserError):
            self.record.line_ids[0].unlink()

    def test_evidence_is_read_by_others(self):
        files = self.env["ir.attachment"].with_user(self.auditor)
        photo = files.create({"name": "hall.pdf", "raw": PDF})
        self.critical.with_user(self.auditor).write(
            {"verdict": "minor", "finding": "Dust", "evidence_ids": [Command.link(photo.id)]}
        )
        self.assertEqual(photo.with_user(self.supplier_manager).raw, PDF)

    def test_adverse_entries_ask_for_a_reason(self):
        self.record.credit_adverse = "Court order of May"
        self.critical.with_user(self.auditor).verdict = "pass"
        record = self.record.with_user(self.supplier_manager)
        with self.assertRaisesRegex(UserError, "adverse"):
            record.action_approve()
        record.action_approve("Paid in full since")
        self.assertEqual(record.state, "approved")

    def test_conditions_of_an_approval_bind_at_the_gate(self):
        self.company.supplier_gate_policy = "block"
        food, tools = self._category("Food"), self._category("Tools")
        jam, saw = self._product("Jam", categ_id=food.id), self._product("Saw", categ_id=tools.id)
        self.critical.with_user(self.auditor).verdict = "pass"
        record = self.record.with_user(self.supplier_manager)
        record.write(
            {
                "category_ids": [Command.set(food.ids)],
                "max_amount": 50,
                "valid_until": self._day(30),
            }
        )
        record.action_approve_conditional("Small orders first")
        supplier = record.partner_id
        self.assertEqual(self._order(supplier, {jam: 5}).state, "purchase")
        for quantities in ({jam: 6}, {saw: 1}, {jam: 1, saw: 1}):
            with self.subTest(quantities=quantities), self.assertRaises(UserError):
                self._order(supplier, quantities)
        supplier._supplier_set_validity(self._day(-1))
        with self.assertRaisesRegex(UserError, "ended"):
            self._order(supplier, {jam: 1})
