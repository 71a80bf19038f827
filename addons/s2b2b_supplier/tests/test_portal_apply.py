from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.s2b2b_supplier.controllers.application import sitemap_apply

from .common import PDF, PNG
from .common_portal import PortalCommon
from .test_portal_certificates import BAD_UPLOADS

NAME = "Kendal Mint & Co"


@tagged("post_install", "-at_install")
class TestPortalApply(PortalCommon):
    def setUp(self):
        super().setUp()
        self.company.supplier_applications = True
        self.kind = self._certificate_type(required=True, number_format="national")
        self._login()

    def _apply(self, *files, drop=(), cookies=None, **changes):
        paper = f"paper_{self.kind.id}_"
        data = {
            "company_name": NAME,
            "country_id": str(self._gb().id),
            "vat": "GB980780684",
            "contact_name": "Ann Kendal",
            "email": "ann@kendal.example.com",
            "phone": "",
            "introduction": "Mint cake",
            paper + "number": "GB980780684",
            paper + "issuer": "Companies House",
            paper + "expiry_date": str(self._day(300)),
            **{name.replace("paper_0_", paper): value for name, value in changes.items()},
        }
        data = {name: value for name, value in data.items() if name not in drop}
        uploads = self._files(f"{paper}files", *files)
        return self._post("/supplier/apply/send", data, uploads, cookies=cookies)

    def _stored(self):
        return (
            self.partner_model.search([("name", "in", [NAME, "Ann Kendal"])])
            | self.env["s2b2b.qualification"]
            .search([("introduction", "=", "Mint cake")])
            .partner_id
        )

    def _assert_refused(self, answer, *messages):
        self.assertEqual(answer.status_code, 200)
        for message in messages:
            self.assertIn(message, answer.text)
        self.assertFalse(self._stored())
        self.assertFalse(self.env["s2b2b.certificate"].search([("type_id", "=", self.kind.id)]))

    @mute_logger("odoo.http")
    def test_company_that_takes_no_applications_has_no_page(self):
        self.company.supplier_applications = False
        self.assertEqual(self.url_open("/supplier/apply").status_code, 404)
        self.assertEqual(self._apply().status_code, 404)
        self.assertFalse(self._stored())
        self.assertFalse(list(sitemap_apply(self.env, None, None)))
        self.company.supplier_applications = True
        self.assertEqual(list(sitemap_apply(self.env, None, None)), [{"loc": "/supplier/apply"}])

    @mute_logger("odoo.http")
    def test_form_without_its_token_is_refused(self):
        answer = self.url_open("/supplier/apply/send", {"company_name": NAME})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._stored())

    def test_empty_form_has_all_its_fields(self):
        text = self.url_open("/supplier/apply").text
        for name in ("company_name", "country_id", "vat", "contact_name", "email", "introduction"):
            self.assertIn(f'name="{name}"', text)
        self.assertIn(f'name="paper_{self.kind.id}_files"', text)

    def test_missing_and_malformed_fields_are_named(self):
        for name, value, message in (
            ("company_name", "", "Please fill this in."),
            ("contact_name", "  ", "Please fill this in."),
            ("vat", "", "Please fill this in."),
            ("email", "ann at kendal", "This does not look right."),
            ("country_id", "x", "This does not look right."),
            ("country_id", "999999", "This does not look right."),
            ("country_id", "9" * 5000, "This does not look right."),
            ("introduction", "x" * 2001, "This is too long."),
            ("vat", "GB980780685", "GB980780685"),
        ):
            with self.subTest(name=name, value=value[:20]):
                self._assert_refused(self._apply(**{name: value}), message)

    def test_what_was_typed_is_still_there_and_harmless(self):
        answer = self._apply(email="", company_name='<script>"x"</script>', street="1 Mint Row")
        for text in ("Ann Kendal", "Mint cake", "1 Mint Row", "Companies House", "GB980780684"):
            self.assertIn(text, answer.text)
        self.assertNotIn('<script>"x"', answer.text)
        self.assertIn("&lt;script&gt;", answer.text)

    def test_bad_uploads_are_refused_with_the_reason(self):
        for message, files in BAD_UPLOADS.items():
            with self.subTest(message=message):
                self._assert_refused(self._apply(*files), message)

    def test_wrong_certificates_are_refused_with_the_reason(self):
        for name, value, message in (
            ("paper_0_number", "GB980780685", "GB980780685"),
            ("paper_0_number", "", "The number is missing."),
            (
                "paper_0_expiry_date",
                str(self._day(-1)),
                "The expiry date is missing or has passed.",
            ),
            ("paper_0_expiry_date", "", "The expiry date is missing or has passed."),
        ):
            with self.subTest(name=name, value=value):
                self._assert_refused(self._apply(**{name: value}), message)

    def test_second_bad_certificate_takes_the_first_one_back(self):
        other = self._certificate_type("Second Licence")
        answer = self._apply(**{f"paper_{other.id}_number": "N-1"})
        self._assert_refused(answer, "Please attach the document.")

    def test_messages_are_in_the_language_of_the_visitor(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        answer = self._apply(email="", cookies={"frontend_lang": "zh_CN"})
        self._assert_refused(answer, "请填写此项。")

    def test_machine_that_fills_in_everything_is_told_the_same_and_stores_nothing(self):
        answer = self._apply(fax="123")
        self.assertIn("Thank you for your application", answer.text)
        self.assertFalse(self._stored())

    def test_flood_from_one_address_is_stopped(self):
        applied = [self._apply(vat=number) for number in self._numbers(6)]
        self.assertTrue(all("Thank you" in answer.text for answer in applied[:5]))
        self.assertIn("Too many applications", applied[5].text)
        self.assertEqual(len(self._stored().filtered("is_company")), 5)

    def test_sending_for_one_tax_number_again_and_again_is_stopped_and_noted_once(self):
        answers = [self._apply() for _time in range(6)]
        self.assertIn("Too many applications", answers[5].text)
        record = self.env["s2b2b.qualification"].search([("introduction", "=", "Mint cake")])
        notes = record.message_ids.filtered(lambda m: "sent the public form again" in m.body)
        self.assertEqual(len(notes), 1)
        attempts = self.env["s2b2b.application.attempt"].search([])
        self.assertEqual(len(attempts), 5)
        self.assertEqual(len(set(attempts.mapped("address"))), 1)
        attempts.attempted_on = self._day(-2)
        attempts._gc_old()
        self.assertFalse(attempts.exists())

    def _numbers(self, count):
        """British tax numbers with the right check digits."""
        for number in range(1234567, 1234567 + count):
            total = sum(int(d) * w for d, w in zip(str(number), range(8, 1, -1), strict=True))
            yield f"GB{number}{97 - total % 97:02}"

    def test_application_is_stored_with_its_papers_and_answered_by_mail(self):
        answer = self._apply(("licence.pdf", PDF), ("../..\\stamp<1>.png", PNG))
        self.assertIn("Thank you for your application", answer.text)
        partner = self._stored().filtered("is_company")
        self.assertRecordValues(
            partner, [{"name": NAME, "vat": "GB980780684", "supplier_status": "applicant"}]
        )
        self.assertEqual(partner.child_ids.name, "Ann Kendal")
        record = self.env["s2b2b.qualification"].search([("partner_id", "=", partner.id)])
        self.assertRecordValues(record, [{"state": "submitted", "introduction": "Mint cake"}])
        certificate = record.certificate_ids
        self.assertRecordValues(
            certificate, [{"state": "submitted", "expiry_date": self._day(300)}]
        )
        self.assertEqual(
            set(certificate.attachment_ids.mapped("name")), {"licence.pdf", "stamp1.png"}
        )
        mail = self.env["mail.mail"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)]
        )
        self.assertIn("/supplier/application/", mail.body_html)

    def test_same_tax_number_again_is_told_the_same_and_noted_on_the_first(self):
        self._apply()
        partner = self._stored().filtered("is_company")
        answer = self._apply(vat="gb 980 7806 84", contact_name="Bob Kendal")
        self.assertIn("Thank you for your application", answer.text)
        self.assertEqual(self._stored().filtered("is_company"), partner)
        record = self.env["s2b2b.qualification"].search([("partner_id", "=", partner.id)])
        self.assertIn("Bob Kendal", record.message_ids[0].body)
