from odoo.tests import tagged

from .common import PDF, PNG
from .common_portal import PortalCommon

URL = "/my/supplier/certificates"
BAD_UPLOADS = {
    "is not a PDF, PNG or JPEG": [("licence.pdf", b"<html><script>alert(1)</script></html>")],
    "does not fit what is in the file": [("licence.exe", PDF)],
    "is empty": [("licence.pdf", b"")],
    "is larger than 10 MB": [("licence.pdf", PDF + b"0" * 10 * 1024 * 1024)],
    "five files at most": [(f"{number}.pdf", PDF) for number in range(6)],
}


@tagged("post_install", "-at_install")
class TestPortalCertificates(PortalCommon):
    def setUp(self):
        super().setUp()
        self.kind = self._certificate_type(required=True, number_format="national")
        self._login(self.user_a)

    def _upload(self, *files, **changes):
        data = {
            "type_id": str(self.kind.id),
            "number": "GB980780684",
            "issuer": "Companies House",
            "expiry_date": str(self._day(400)),
            **changes,
        }
        return self._post(f"{URL}/upload", data, self._files("files", *files))

    def _assert_refused(self, answer, message):
        self.assertEqual(answer.status_code, 200)
        self.assertIn(message, answer.text)
        self.assertIn('value="Companies House"', answer.text, "what was typed is still there")
        self.assertFalse(self.a.supplier_certificate_ids)

    def test_bad_uploads_are_refused_with_the_reason(self):
        for message, files in BAD_UPLOADS.items():
            with self.subTest(message=message):
                self._assert_refused(self._upload(*files), message)

    def test_wrong_check_digit_is_refused(self):
        self._assert_refused(self._upload(number="GB980780685"), "GB980780685")

    def test_past_missing_or_meaningless_dates_are_refused(self):
        for text in (str(self._day(-1)), "", "soon"):
            with self.subTest(text=text):
                answer = self._upload(expiry_date=text)
                self._assert_refused(answer, "The expiry date is missing or has passed.")

    def test_meaningless_type_is_refused(self):
        for text in ("", "0", "x", "9" * 5000):
            with self.subTest(text=text[:5]):
                self._assert_refused(self._upload(type_id=text), "Please choose what you upload.")

    def test_malicious_file_name_is_made_harmless(self):
        self._upload(('../../etc/pass"wd<img src=x>.png', PNG))
        file = self.a.supplier_certificate_ids.attachment_ids
        self.assertEqual(file.mimetype, "image/png")
        self.assertFalse(set(file.name) & set('/\\<>"'))

    def test_renewal_waits_for_verification_and_the_status_stays(self):
        old = self._certificate(self.a, self.kind, expiry=self._day(5), number="GB980780684")
        self.assertIn("5 days left", self._page_text())
        answer = self._upload()
        self.assertTrue(answer.url.endswith("?sent=1"))
        renewal = self.a.supplier_certificate_ids - old
        self.assertRecordValues(
            renewal,
            [
                {
                    "state": "submitted",
                    "number": "GB980780684",
                    "issuer": "Companies House",
                    "expiry_date": self._day(400),
                }
            ],
        )
        self.assertEqual(renewal.attachment_ids.raw, PDF)
        self.assertEqual(self.a.supplier_status, "qualified")
        self.assertEqual(old.state, "verified")

    def test_verified_renewal_ends_the_suspension(self):
        old = self._certificate(self.a, self.kind, expiry=self._day(0), number="GB980780684")
        old._write_guarded({"expiry_date": self._day(-3)})
        old._expire()
        self.a._review_supplier_status(self.today)
        self.assertEqual(self.a.supplier_status, "suspended")
        self._upload()
        (self.a.supplier_certificate_ids - old).with_user(self.supplier_user).action_verify()
        self.assertEqual(self.a.supplier_status, "qualified")

    def test_reason_of_a_rejection_is_shown(self):
        self._certificate(self.a, self.kind, state="submitted", number="GB980780684").action_reject(
            "The second page is missing"
        )
        self.assertIn("The second page is missing", self._page_text())

    def _page_text(self):
        return " ".join(
            self.url_open(URL).text.replace("<span>", "").replace("</span>", "").split()
        )
