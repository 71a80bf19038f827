from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalApplicationLink(PortalCommon):
    def setUp(self):
        super().setUp()
        self.kind = self._certificate_type(number_format="national")
        self.applicant = self._supplier("Kendal Mint", status="none")
        self.record = self._qualification(self.applicant, "review", introduction="Mint cake")
        self.path = "/supplier/" + self.record._application_url().split("/supplier/")[1]
        self._login()

    def _send(self, **changes):
        paper = f"paper_{self.kind.id}_"
        data = {
            "introduction": "Mint cake and fudge",
            paper + "number": "GB980780684",
            paper + "expiry_date": str(self._day(300)),
            **{name.replace("paper_", paper): value for name, value in changes.items()},
        }
        return self._post(f"{self.path}/send", data, self._files(f"{paper}files"))

    def test_forged_links_open_nothing(self):
        for path in (
            "/supplier/application/1",
            "/supplier/application/%00",
            "/supplier/application/" + "A" * 500,
            self.path[:-4] + "AAAA",
        ):
            with self.subTest(path=path):
                self.assertEqual(self.url_open(path).status_code, 404)
                self.assertEqual(self._post(f"{path}/send").status_code, 404)

    def test_link_ends_after_the_days_of_the_company(self):
        later = fields.Datetime.now() + timedelta(days=self.company.supplier_link_days, hours=1)
        token = self.path.rpartition("/")[2]
        self.assertEqual(self.record._find_by_token(token), self.record)
        with freeze_time(later):
            self.assertFalse(self.record._find_by_token(token))

    def test_link_of_one_application_shows_nothing_of_another(self):
        self._qualification(self.b, "submitted", kind="renewal")
        self.assertNotIn(self.b.name, self.url_open(self.path).text)

    def test_nothing_can_be_sent_while_nothing_is_asked_for(self):
        self.assertNotIn("<textarea", self.url_open(self.path).text)
        self._send()
        self.assertEqual(self.record.state, "review")
        self.assertEqual(self.record.introduction, "Mint cake")
        self.assertFalse(self.applicant.supplier_certificate_ids)

    def test_internal_remarks_are_not_shown(self):
        self.record.credit_adverse = "County court judgement"
        self.assertNotIn("County court judgement", self.url_open(self.path).text)

    def test_wrong_certificate_keeps_the_application_returned(self):
        self.record.action_request_changes("Please send the licence")
        answer = self._send(paper_number="GB980780685")
        self.assertIn("GB980780685", answer.text)
        self.assertIn("Mint cake and fudge", answer.text)
        self.assertEqual(self.record.state, "returned")
        self.assertFalse(self.applicant.supplier_certificate_ids)

    def test_returned_application_resumes_with_what_was_mended(self):
        self.record.action_request_changes("Please send the licence")
        self.assertIn("Please send the licence", self.url_open(self.path).text)
        answer = self._send()
        self.assertIn("Thank you, we have what you sent.", answer.text)
        self.assertEqual(self.record.state, "submitted")
        self.assertEqual(self.record.introduction, "Mint cake and fudge")
        self.assertEqual(self.record.certificate_ids.state, "submitted")

    def test_decision_is_shown(self):
        self.record.with_user(self.auditor).action_start_audit()
        self.record.with_user(self.supplier_manager).action_reject("Not for us")
        text = self.url_open(self.path).text
        self.assertIn("Your application was rejected.", text)
        self.assertIn("Not for us", text)
