import re

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestQualificationFlow(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.applicant = self._supplier("Applicant Ltd", status="none")

    def test_submitting_makes_an_applicant(self):
        record = self._qualification(self.applicant)
        record.with_user(self.supplier_user).action_submit()
        self.assertEqual(record.state, "submitted")
        self.assertEqual(self.applicant.supplier_status, "applicant")

    def test_actions_refuse_a_state_they_do_not_start_from(self):
        for state, actions in {
            "draft": ("action_start_review", "action_start_audit", "action_approve"),
            "submitted": ("action_submit", "action_start_audit", "action_approve"),
            "review": ("action_start_review", "action_approve"),
            "audit": ("action_submit", "action_start_audit"),
        }.items():
            record = self._qualification(self._supplier(state, status="none"), state)
            for action in actions:
                with self.subTest(state=state, action=action), self.assertRaises(UserError):
                    getattr(record.with_user(self.supplier_manager), action)()
                self.assertEqual(record.state, state)

    def test_state_is_refused_outside_the_actions(self):
        record = self._qualification(self.applicant)
        for values in ({"state": "approved"}, {"auditor_id": False}, {"decided_by_id": 1}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                record.with_user(self.supplier_manager).write(values)

    def test_return_says_what_to_mend_and_comes_back_by_submitting(self):
        record = self._qualification(self.applicant, "review")
        with self.assertRaises(UserError):
            record.action_request_changes()
        record.action_request_changes("A legible licence")
        self.assertRecordValues(
            record, [{"state": "returned", "return_reason": "A legible licence"}]
        )
        record.action_submit()
        self.assertEqual(record.state, "submitted")

    def test_mail_of_a_return_holds_the_reason_and_the_applicants_link(self):
        contact = self.partner_model.create(
            {"name": "Joan", "email": "joan@applicant.example", "parent_id": self.applicant.id}
        )
        record = self._qualification(self.applicant, "review", contact_id=contact.id)
        record.action_request_changes("A legible licence")
        about = [("model", "=", record._name), ("res_id", "=", record.id)]
        mail = self.env["mail.mail"].search(about)
        self.assertEqual(mail.recipient_ids, contact)
        self.assertIn("A legible licence", mail.body_html)
        [token] = re.findall(r'href="[^"]*/supplier/application/([^"]+)"', mail.body_html)
        self.assertEqual(record._find_by_token(token), record)

    def test_rejection_asks_for_a_reason_and_ends_the_application(self):
        record = self._qualification(self.applicant, "review").with_user(self.supplier_manager)
        with self.assertRaises(UserError):
            record.action_reject()
        record.action_reject("No licence")
        self.assertRecordValues(
            record,
            [
                {
                    "state": "rejected",
                    "decision_reason": "No licence",
                    "decided_by_id": self.supplier_manager.id,
                }
            ],
        )
        self.assertTrue(record.decision_date)
        self.assertEqual(self.applicant.supplier_status, "none")

    def test_cancelling_takes_the_application_back(self):
        record = self._qualification(self.applicant, "submitted")
        record.action_cancel()
        self.assertEqual(self.applicant.supplier_status, "none")

    def test_only_one_qualification_is_under_way(self):
        self._qualification(self.applicant, "submitted")
        second = self._qualification(self.applicant)
        with self.assertRaises(ValidationError):
            second.action_submit()

    def test_checklist_comes_from_the_template(self):
        template = self.env["s2b2b.qualification.template"].create(
            {
                "name": "Food",
                "criterion_ids": [
                    Command.create({"name": "Clean", "weight": 3, "is_critical": True}),
                    Command.create({"name": "Cold", "weight": 1}),
                ],
            }
        )
        self.company.supplier_template_id = template
        record = self._qualification(self.applicant)
        self.assertRecordValues(
            record.line_ids,
            [
                {"name": "Clean", "weight": 3, "is_critical": True},
                {"name": "Cold", "weight": 1, "is_critical": False},
            ],
        )
        record.line_ids[0].verdict, record.line_ids[1].verdict = "pass", "minor"
        self.assertAlmostEqual(record.checklist_score, 87.5)

    def test_without_a_template_there_is_no_checklist(self):
        self.company.supplier_template_id = False
        self.assertFalse(self._qualification(self.applicant).line_ids)

    def test_decided_checklist_keeps_its_verdicts(self):
        line_vals = {"name": "Clean", "verdict": "pass"}
        record = self._qualification(self.applicant, "audit", line_ids=[Command.create(line_vals)])
        record.with_user(self.supplier_manager).action_reject("Too small")
        with self.assertRaises(UserError):
            record.line_ids.verdict = "fail"

    def test_renewal_in_time_keeps_the_status_for_the_grace_period(self):
        self.company.renewal_grace_days = 20
        supplier = self._supplier(supplier_valid_until=self._day(5))
        record = self._qualification(supplier, "submitted", kind="renewal")
        self.assertEqual(supplier.supplier_valid_until, self._day(25))
        record.with_user(self.supplier_manager).action_reject("Not now")
        self.assertEqual(supplier.supplier_valid_until, self._day(5))

    def test_late_renewal_has_no_grace(self):
        supplier = self._supplier(supplier_valid_until=self._day(5))
        with freeze_time(self._day(6)):
            self._qualification(supplier, "submitted", kind="renewal")
        self.assertEqual(supplier.supplier_valid_until, self._day(5))

    def test_submitted_qualification_cannot_be_deleted(self):
        record = self._qualification(self.applicant, "submitted")
        with self.assertRaises(UserError):
            record.unlink()
        self._qualification(self._supplier(status="none")).unlink()
