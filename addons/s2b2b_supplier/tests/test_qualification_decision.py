from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install", "fast")
class TestQualificationDecision(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.applicant = self._supplier("Applicant Ltd", status="none")

    def _audited(self, **values):
        record = self._qualification(self.applicant, "audit", **values)
        return record.with_user(self.supplier_manager)

    def test_approval_qualifies_with_terms(self):
        food = self._category()
        record = self._audited(category_ids=[Command.set(food.ids)])
        record.action_approve()
        self.assertEqual(record.state, "approved")
        self.assertRecordValues(
            self.applicant,
            [
                {
                    "supplier_status": "qualified",
                    "supplier_category_ids": food.ids,
                    "supplier_valid_until": self.today + relativedelta(months=12),
                }
            ],
        )

    def test_decision_keeps_reason_person_and_time(self):
        record = self._audited()
        record.action_approve("Best jam in Kent")
        self.assertRecordValues(
            record,
            [
                {
                    "decision_reason": "Best jam in Kent",
                    "decided_by_id": self.supplier_manager.id,
                }
            ],
        )
        self.assertTrue(record.decision_date)

    def test_auditor_does_not_decide(self):
        record = self._qualification(self.applicant, "audit")
        for decide in (record.with_user(self.auditor).action_approve,):
            with self.assertRaises(UserError):
                decide()
        with self.assertRaises(UserError):
            record.with_user(self.auditor).action_reject("No")
        self.assertEqual(record.state, "audit")

    def test_who_gave_a_verdict_does_not_decide(self):
        record = self._audited(line_ids=[Command.create({"name": "Clean"})])
        record.line_ids.verdict = "pass"
        with self.assertRaises(UserError):
            record.action_approve()

    def test_user_does_not_decide(self):
        record = self._qualification(self.applicant, "audit").with_user(self.supplier_user)
        for action in (record.action_approve, lambda: record.action_reject("No")):
            with self.assertRaises(AccessError):
                action()

    def test_failed_critical_line_forbids_approval(self):
        lines = [
            Command.create({"name": "Clean", "is_critical": True, "verdict": "fail"}),
            Command.create({"name": "Cold", "verdict": "pass"}),
        ]
        record = self._audited(line_ids=lines)
        with self.assertRaisesRegex(UserError, "Clean"):
            record.action_approve()

    def test_critical_line_without_verdict_forbids_approval(self):
        record = self._audited(line_ids=[Command.create({"name": "Clean", "is_critical": True})])
        with self.assertRaisesRegex(UserError, "Clean"):
            record.action_approve()

    def test_failed_line_that_is_not_critical_does_not_forbid(self):
        record = self._audited(line_ids=[Command.create({"name": "Cold", "verdict": "fail"})])
        record.action_approve()
        self.assertEqual(record.state, "approved")

    def test_approval_needs_each_required_certificate_verified_and_valid(self):
        licence = self._certificate_type("Licence", required=True)
        record = self._audited()
        with self.assertRaisesRegex(UserError, "Licence"):
            record.action_approve()
        certificate = self._certificate(self.applicant, licence, state="submitted")
        with self.assertRaisesRegex(UserError, "Licence"):
            record.action_approve()
        certificate.action_verify()
        record.action_approve()
        self.assertEqual(record.state, "approved")

    def test_certificate_is_required_where_its_categories_are_asked_for(self):
        food, tools = self._category("Food"), self._category("Tools")
        cheese = self._category("Cheese", food)
        kind = self._certificate_type(required=True, category_ids=[Command.set(food.ids)])
        for categories, missing in (
            (food, kind),
            (cheese, kind),
            (tools, kind.browse()),
            (food.browse(), kind),
        ):
            with self.subTest(categories=categories.mapped("name")):
                record = self._qualification(
                    self._supplier(status="none"), category_ids=[Command.set(categories.ids)]
                )
                self.assertEqual(record.missing_type_ids, missing)

    def test_conditional_needs_a_condition_and_a_reason(self):
        record = self._audited()
        with self.assertRaises(UserError):
            record.action_approve_conditional("Small orders first")
        record.max_amount = 500
        with self.assertRaises(UserError):
            record.action_approve_conditional()
        record.action_approve_conditional("Small orders first")
        self.assertRecordValues(
            self.applicant,
            [
                {
                    "supplier_status": "conditional",
                    "supplier_max_amount": 500,
                    "supplier_status_reason": "Small orders first",
                }
            ],
        )

    def test_time_alone_is_a_condition_and_reaches_the_supplier(self):
        record = self._audited(valid_until=self._day(40))
        record.action_approve_conditional("On trial")
        self.assertRecordValues(
            self.applicant,
            [
                {
                    "supplier_status": "conditional",
                    "supplier_valid_until": self._day(40),
                    "supplier_max_amount": 0,
                    "supplier_category_ids": [],
                }
            ],
        )

    def test_second_decision_is_told_who_was_first(self):
        record = self._audited()
        record.action_approve()
        other = self.env["res.users"].browse(self.auditor.id)
        with self.assertRaisesRegex(UserError, "test_supplier_manager .* has decided already"):
            record.with_user(other).action_reject("No")

    def test_same_tax_number_as_a_supplier_forbids_approval(self):
        self._supplier("Twin").vat = "GB 980 7806 84"
        self.applicant.vat = "GB980780684"
        record = self._audited()
        with self.assertRaisesRegex(UserError, "Twin"):
            record.action_approve()

    def test_eliminated_supplier_comes_back_by_a_requalification_only(self):
        self.company.readmission_months = 0
        gone = self._supplier("Gone", status="eliminated")
        with self.assertRaisesRegex(UserError, "only a requalification"):
            self._qualification(gone, "submitted", kind="renewal")
        record = self._qualification(gone, "audit", kind="requalification")
        record.with_user(self.supplier_manager).action_approve()
        self.assertEqual(gone.supplier_status, "qualified")

    def test_approval_invites_the_contact_to_the_portal_as_administrator(self):
        contact = self.partner_model.create(
            {"name": "Joan", "email": "joan@applicant.example", "parent_id": self.applicant.id}
        )
        record = self._audited(contact_id=contact.id)
        record.action_approve()
        self.assertEqual(contact.user_ids.login, "joan@applicant.example")
        self.assertTrue(contact.user_ids._is_portal())
        self.assertEqual(contact.supplier_role, "admin")

    def test_contact_without_address_does_not_stop_the_approval(self):
        record = self._audited()
        record.action_approve()
        self.assertEqual(record.state, "approved")
        self.assertFalse(self.applicant.user_ids)
