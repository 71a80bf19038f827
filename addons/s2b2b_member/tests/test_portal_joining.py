from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import MemberCommon

NAME = "Kendal Mint & Co"


@tagged("post_install", "-at_install")
class TestPortalJoining(HttpCase, MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.uk = cls.env.ref("base.uk")
        cls.env.company.member_joining = True
        cls.env.ref("base.public_user").sudo().write(  # the public's pages are this company's
            {"company_ids": [(4, cls.env.company.id)], "company_id": cls.env.company.id}
        )

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _send(self, path="/member/apply/send", **changes):
        data = {
            "csrf_token": Request.csrf_token(self),
            "company_name": NAME,
            "country_id": str(self.uk.id),
            "vat": "GB980780684",
            "contact_name": "Ann Kendal",
            "email": "ann@kendal.example.com",
            "trade": "Gift shop",
            **changes,
        }
        return self.url_open(path, data=data)

    def _stored(self):
        applications = self.env["s2b2b.member.application"]
        return applications.search([("company_name", "in", (NAME, "Other"))], order="id")

    def _assert_refused(self, answer, message):
        self.assertEqual(answer.status_code, 200)
        self.assertIn(message, answer.text)
        self.assertFalse(self._stored())

    def test_door_is_shut_where_the_company_has_not_opened_it(self):
        self.env.company.member_joining = False
        self.assertEqual(self.url_open("/member/apply").status_code, 404)
        self.assertEqual(self._send().status_code, 404)
        self.assertFalse(self._stored())

    @mute_logger("odoo.http")
    def test_form_without_its_token_is_refused(self):
        self.assertEqual(self._send(csrf_token="").status_code, 400)
        self.assertFalse(self._stored())

    def test_missing_and_malformed_fields_are_named(self):
        for name, value, message in (
            ("company_name", " ", "Please fill this in."),
            ("trade", "", "Please fill this in."),
            ("email", "ann at kendal", "This does not look right."),
            ("country_id", "999999", "This does not look right."),
            ("country_id", "9" * 5000, "This does not look right."),
            ("introduction", "x" * 2001, "This is too long."),
            ("vat", "GB980780685", "is not a tax number of United Kingdom"),
        ):
            with self.subTest(name=name):
                self._assert_refused(self._send(**{name: value}), message)

    def test_what_was_typed_is_still_there_and_harmless(self):
        answer = self._send(email="", company_name='<script>"x"</script>', street="1 Mint Row")
        self.assertIn("1 Mint Row", answer.text)
        self.assertNotIn('<script>"x"', answer.text)

    def test_machine_that_fills_in_everything_is_told_the_same_and_stores_nothing(self):
        self._assert_refused(self._send(fax="123"), "Thank you for your application")

    def test_flood_from_one_address_is_stopped(self):
        *five, sixth = self._numbers(6)
        for number in five:
            self._send(vat=number)
        self.assertEqual(len(self._stored()), 5)
        self.assertIn("Too many applications", self._send(vat=sixth).text)
        self.assertEqual(len(self._stored()), 5)

    def test_sending_for_one_tax_number_again_and_again_is_stopped(self):
        answers = [self._send() for _time in range(6)]
        self.assertIn("Thank you for your application", answers[4].text)
        self.assertIn("Too many applications", answers[5].text)
        notes = self._stored().message_ids.filtered(lambda m: "sent the public form" in m.body)
        self.assertEqual(len(notes), 4)

    def test_form_that_could_not_be_stored_counts_too(self):
        create = "odoo.addons.s2b2b_member.models.s2b2b_member_application"
        with patch(f"{create}.S2b2bMemberApplication.create", side_effect=UserError("Not now")):
            answers = [self._send() for _time in range(6)]
        self.assertIn("Not now", answers[4].text)
        self.assertIn("Too many applications", answers[5].text)
        self.assertFalse(self._stored())

    def test_forms_with_mistakes_are_not_counted(self):
        for _time in range(6):
            self._send(email="")
        self.assertIn("Thank you for your application", self._send().text)

    def test_attempts_are_kept_for_a_day_and_name_nobody(self):
        self._send()
        # sudo: nobody but the form writes attempts
        attempt = self.env["s2b2b.member.application.attempt"].sudo().search([])
        self.assertRecordValues(attempt, [{"address": self._stored().sudo().sender}])
        self.assertNotIn("127.0.0.1", attempt.address)
        attempt.attempted_on = fields.Datetime.now() - timedelta(hours=25)
        attempt._gc_old()
        self.assertFalse(attempt.exists())

    def _numbers(self, count):
        """British tax numbers with the right check digits."""
        for number in range(1234567, 1234567 + count):
            total = sum(int(d) * w for d, w in zip(str(number), range(8, 1, -1), strict=True))
            yield f"GB{number}{97 - total % 97:02}"

    def test_application_waits_for_staff_and_is_answered_by_mail(self):
        self.assertIn("Thank you for your application", self._send().text)
        application = self._stored()
        self.assertRecordValues(application, [{"state": "submitted", "trade": "Gift shop"}])
        self.assertTrue(application.activity_ids)
        self.assertFalse(self.env["res.partner"].search([("name", "=", NAME)]))
        self.assertEqual(self.url_open(application._application_url()).status_code, 200)

    def test_member_and_known_number_are_told_the_same_as_everybody(self):
        self._member("Kendal", vat="980780684")
        first = self._send()
        again = self._send(vat="gb 980 7806 84", contact_name="Bob Kendal")
        self.assertEqual((first.url, first.status_code), (again.url, again.status_code))
        self.assertEqual(len(self._stored()), 1)
        self.assertIn("Bob Kendal", self._stored().message_ids[0].body)

    def test_forged_link_shows_nothing(self):
        for token in ("x", "1", "WzFd"):
            self.assertEqual(self.url_open(f"/member/application/{token}").status_code, 404)

    def test_returned_application_is_mended_behind_its_link(self):
        self._send()
        application = self._stored()
        path = application._application_url().removeprefix(application.get_base_url())
        self._send(f"{path}/send", company_name="Other")
        self.assertEqual(application.company_name, NAME, "nothing to mend yet")
        application._return("Which shop?")
        self.assertIn("Which shop?", self.url_open(path).text)
        self.assertIn("Please fill this in.", self._send(f"{path}/send", trade="").text)
        self._send(f"{path}/send", company_name="Other")
        self.assertRecordValues(application, [{"company_name": "Other", "state": "submitted"}])
