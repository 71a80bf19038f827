from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import PDF
from .common_claims import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimAccess(ClaimCommon):
    def setUp(self):
        super().setUp()
        self.portal = self._portal_user(self.a, "portal_claims", role="admin")
        self.employee = new_test_user(self.env, "test_claims_employee", "base.group_user")
        self.claim = self._claim(self._received())
        self.enterContext(
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
        )

    def test_portal_and_employees_are_shut_out_of_claims(self):
        for user in (self.portal, self.employee, self.buyer):
            claim = self.claim.with_user(user)
            with self.subTest(user=user.login):
                self.assertFalse(claim.has_access("read"))
                for verb in ("action_answer", "action_escalate", "action_resolve"):
                    with self.assertRaises(AccessError):
                        getattr(claim, verb)()

    def test_portal_reads_neither_conversation_nor_files_by_rpc(self):
        self.claim.attachment_ids = self.env["ir.attachment"].create(
            {"name": "photo.pdf", "raw": PDF}
        )
        message = self.claim.message_post(
            body="We wait.", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        with self.assertRaises(AccessError):
            self.claim.attachment_ids.with_user(self.portal).read(["name", "raw"])
        with self.assertRaises(AccessError):
            message.with_user(self.portal).read(["body", "author_id"])

    def test_claims_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other Platform"})
        user = new_test_user(
            self.env,
            "test_claims_other",
            "s2b2b_supplier.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.env["s2b2b.claim"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            self.claim.with_user(user).read(["description"])

    def test_state_and_clock_are_moved_by_verbs_only(self):
        claim = self.claim.with_user(self.supplier_manager)
        for name, value in (
            ("state", "resolved"),
            ("opened_at", "2020-01-01 08:00:00"),
            ("answer_deadline", "2099-01-01 08:00:00"),
            ("first_response_at", "2026-01-01 08:00:00"),
            ("response_hours", 0.1),
            ("resolved_by_id", self.buyer.id),
            ("credit_move_id", False),
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                claim.write({name: value})
        with self.assertRaises(AccessError):
            self.env["s2b2b.claim"].with_user(self.supplier_user).create(
                {"partner_id": self.a.id, "description": "x", "state": "resolved"}
            )

    def test_user_without_other_rights_opens_and_decides(self):
        self._accounting()
        user = self.supplier_user
        line = self.claim.purchase_line_id
        with Form(
            self.env["s2b2b.claim"]
            .with_user(user)
            .with_context(default_purchase_line_id=line.id, default_partner_id=self.a.id)
        ) as form:
            form.quantity = 1
            form.description = "One box is wet."
        claim = form.record
        claim.action_answer()
        claim.resolution = "return_refund"
        claim.action_resolve()
        self.assertEqual(claim.state, "resolved")
        self.assertTrue(claim.return_picking_id and claim.credit_move_id)

    def test_claim_that_was_sent_does_not_become_another_suppliers(self):
        other = self._supplier("Brent Foods")
        with self.assertRaises(UserError):
            self.claim.partner_id = other
        self.claim.write({"partner_id": self.a.id})

    def test_answered_claim_is_kept(self):
        self.claim.action_answer()
        with self.assertRaises(UserError):
            self.claim.with_user(self.supplier_manager).unlink()
