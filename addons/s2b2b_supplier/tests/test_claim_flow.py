from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import PDF
from .common_claims import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimFlow(ClaimCommon):
    def test_claim_takes_supplier_product_and_value_from_the_receipt_line(self):
        order = self._received()
        claim = self._claim(order)
        self.assertRecordValues(
            claim,
            [
                {
                    "partner_id": self.a.id,
                    "product_id": self.tea.id,
                    "purchase_id": order.id,
                    "picking_id": order.picking_ids.id,
                    "amount": 20.0,
                    "state": "open",
                }
            ],
        )
        self.assertTrue(claim.name.startswith("CLM/"))

    def test_claim_on_a_contact_is_the_companys(self):
        contact = self._portal_user(self.a, "claims_contact").partner_id
        order = self._received(contact)
        self.assertEqual(self._claim(order).partner_id, self.a)

    def test_order_line_of_another_supplier_is_refused(self):
        order = self._received(self._supplier("Brent Foods"))
        with self.assertRaises(ValidationError):
            self._claim(order, partner_id=self.a.id)

    def test_open_claim_cannot_be_decided_before_it_is_answered_or_escalated(self):
        claim = self._claim(self._received(), resolution="reject")
        with self.assertRaises(UserError):
            claim.action_resolve()
        claim.action_escalate()
        claim.action_resolve()
        self.assertEqual(claim.state, "refused")

    def test_decision_needs_a_resolution(self):
        claim = self._answered(self._received())
        with self.assertRaises(UserError):
            claim.action_resolve()

    def test_late_answer_is_heard_but_the_platform_keeps_deciding(self):
        claim = self._claim(self._received())
        claim.action_escalate()
        claim.action_answer()
        self.assertEqual(claim.state, "escalated")
        self.assertTrue(claim.first_response_at)

    def test_decided_claim_changes_no_more(self):
        claim = self._answered(self._received(), resolution="reject")
        claim.action_resolve()
        for name, value in (("quantity", 5), ("resolution", "refund"), ("description", "x")):
            with self.subTest(name=name), self.assertRaises(UserError):
                claim.write({name: value})

    def test_second_decision_is_told_who_has_decided(self):
        claim = self._answered(self._received(), resolution="reject")
        claim.with_user(self.supplier_manager).action_resolve()
        with self.assertRaises(UserError) as refusal:
            claim.with_user(self.supplier_user).action_resolve()
        self.assertIn(self.supplier_manager.name, str(refusal.exception))

    def test_files_that_are_no_pictures_or_papers_are_refused(self):
        claim = self._claim(self._received())
        bad = {"name": "run.pdf", "raw": b"<script>"}
        with self.assertRaises(ValidationError):
            claim.attachment_ids = self.env["ir.attachment"].create(bad)
        claim.attachment_ids = self.env["ir.attachment"].create({"name": "a.pdf", "raw": PDF})
        self.assertEqual(claim.attachment_ids.res_id, claim.id)

    def test_report_reaches_the_supplier_without_the_customers_name(self):
        order = self._received()
        buyer = self.partner_model.create({"name": "Hale & Sons", "is_company": True})
        order.dest_address_id = buyer
        claim = self._claim(
            order,
            description=None,
            report="Hale & Sons (ann@hale.example, +44 20 7946 0018): 2 of 10 boxes broken.",
        )
        self.assertEqual(claim.description, "… (…, …): 2 of 10 boxes broken.")

    def test_responsible_is_asked_to_decide_once(self):
        claim = self._claim(self._received(), user_id=self.supplier_user.id)
        contact = self._portal_user(self.a, "claims_activity").partner_id
        claim._answer(contact, "We look into it.")
        claim._answer(contact, "It was the carrier.")
        self.assertEqual(len(claim.activity_ids), 1)
        self.assertEqual(claim.activity_ids.user_id, self.supplier_user)
        claim.resolution = "reject"
        claim.action_resolve()
        self.assertFalse(claim.activity_ids)
