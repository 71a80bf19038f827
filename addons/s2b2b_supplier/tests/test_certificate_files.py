from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PDF, PNG, SupplierCommon


@tagged("post_install", "-at_install")
class TestCertificateFiles(SupplierCommon):
    def setUp(self):
        super().setUp()
        self.kind = self._certificate_type()
        self.supplier = self._supplier()

    def _with_files(self, *files):
        commands = [Command.create({"name": name, "raw": raw}) for name, raw in files]
        return self._certificate(self.supplier, self.kind, state="draft", attachment_ids=commands)

    def test_documents_and_pictures_are_taken(self):
        certificate = self._with_files(("licence.pdf", PDF), ("stamp.PNG", PNG))
        self.assertEqual(len(certificate.attachment_ids), 2)

    def test_other_contents_are_refused_whatever_they_are_called(self):
        for name, raw in (
            ("licence.pdf", b"<html><script>alert(1)</script></html>"),
            ("licence.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ("licence.exe", b"MZ\x90\x00"),
            ("licence.html", PDF),
            ("licence", PDF),
            ("licence.pdf", b""),
        ):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self._with_files((name, raw))

    def test_too_large_and_too_many_are_refused(self):
        with self.assertRaises(ValidationError):
            self._with_files(("big.pdf", PDF + b"0" * 10 * 1024 * 1024))
        with self.assertRaises(ValidationError):
            self._with_files(*((f"{n}.pdf", PDF) for n in range(6)))

    def test_own_loose_upload_becomes_readable_through_the_certificate(self):
        user = self.env["ir.attachment"].with_user(self.supplier_user)
        upload = user.create({"name": "licence.pdf", "raw": PDF})
        certificate = self._with_files().with_user(self.supplier_user)
        certificate.attachment_ids = upload
        self.assertEqual((upload.res_model, upload.res_id), (certificate._name, certificate.id))

    def test_file_of_another_record_is_not_taken_over(self):
        other = self._with_files(("licence.pdf", PDF))
        certificate = self._certificate(self.supplier, self.kind, state="draft")
        certificate.attachment_ids = other.attachment_ids
        self.assertEqual(other.attachment_ids.res_id, other.id)

    def test_verified_certificate_keeps_what_was_verified(self):
        certificate = self._certificate(self.supplier, self.kind)
        for vals in (
            {"expiry_date": self._day(9999)},
            {"number": "N-2"},
            {"attachment_ids": [Command.create({"name": "x.pdf", "raw": PDF})]},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                certificate.write(vals)
        with self.assertRaises(UserError):
            certificate.unlink()

    def test_state_is_changed_by_actions_only(self):
        certificate = self._certificate(self.supplier, self.kind, state="draft")
        with self.assertRaises(AccessError):
            certificate.state = "verified"
        with self.assertRaises(UserError):
            certificate.action_verify()

    def test_expired_paper_cannot_be_verified(self):
        certificate = self._certificate(
            self.supplier, self.kind, expiry=self._day(-1), state="submitted"
        )
        with self.assertRaises(UserError):
            certificate.action_verify()

    def test_rejection_asks_for_a_reason(self):
        certificate = self._certificate(self.supplier, self.kind, state="submitted")
        with self.assertRaises(UserError):
            certificate.action_reject()
        certificate.action_reject("Not legible")
        self.assertRecordValues(
            certificate, [{"state": "rejected", "reject_reason": "Not legible"}]
        )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_file_is_closed_to_another_supplier(self):
        file = self._with_files(("licence.pdf", PDF)).attachment_ids
        other = self._portal_user(self._supplier("Other"), "portal_other")
        with self.assertRaises(AccessError):
            file.with_user(other).read(["raw"])
