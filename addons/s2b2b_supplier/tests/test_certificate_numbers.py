import csv
import os

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import file_open

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestCertificateNumbers(SupplierCommon):
    VALID = (
        ("cn_uscc", "91350100M000100Y43"),
        ("eu_vat", "DE136695976"),
        ("gln", "4012345000009"),
        ("lei", "213800KUD8LAJWSQ9D15"),
    )
    INVALID = (
        ("cn_uscc", "91350100M000100Y44"),
        ("eu_vat", "DE136695978"),
        ("gln", "4012345000008"),
        ("gln", "73513537"),
        ("lei", "213800KUD8LXJWSQ9D15"),
    )

    def test_right_numbers_pass(self):
        partner = self._supplier(status="none")
        for number_format, number in self.VALID:
            with self.subTest(number_format=number_format):
                kind = self._certificate_type(number_format=number_format)
                self._certificate(partner, kind, number=number, state="draft")

    def test_wrong_numbers_are_refused_with_the_number(self):
        partner = self._supplier(status="none")
        for number_format, number in self.INVALID:
            with self.subTest(number_format=number_format, number=number):
                kind = self._certificate_type(number_format=number_format)
                with self.assertRaises(ValidationError) as caught:
                    self._certificate(partner, kind, number=number, state="draft")
                self.assertIn(number, str(caught.exception))

    def test_national_number_follows_the_country(self):
        kind = self._certificate_type(number_format="national")
        cases = (
            ("base.uk", "GB980780684"),
            ("base.us", "04-2103594"),
            ("base.jp", "8700110005901"),
        )
        for country, number in cases:
            with self.subTest(country=country):
                partner = self._supplier(status="none")
                partner.country_id = self.env.ref(country)
                self._certificate(partner, kind, number=number, state="draft")
                with self.assertRaises(ValidationError):
                    self._certificate(partner, kind, number=number[:-1] + "X", state="draft")

    def test_number_cannot_be_checked_without_a_country(self):
        partner = self._supplier(status="none")
        partner.country_id = False
        kind = self._certificate_type(number_format="national")
        self.assertTrue(self._certificate(partner, kind, number="anything", state="draft"))

    def test_number_is_checked_again_when_it_changes(self):
        kind = self._certificate_type(number_format="lei")
        certificate = self._certificate(
            self._supplier(), kind, number="213800KUD8LAJWSQ9D15", state="draft"
        )
        with self.assertRaises(ValidationError):
            certificate.number = "213800KUD8LAJWSQ9D16"

    def test_reminder_days_are_whole_numbers(self):
        for text in ("60;30", "-1", "thirty", "0", "30,,x"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self._certificate_type(reminder_days=text)
        kind = self._certificate_type(reminder_days=" 7, 60,30 ")
        self.assertEqual(kind._get_reminder_days(), [7, 30, 60])

    def test_published_numbers_get_their_published_verdict(self):
        """An excerpt of the registers' own examples, or a whole file of them.

        ``data/SOURCE.md`` says whose they are.
        """
        rows = self._published_numbers()
        self.assertGreater(len(rows), 100)
        for row in rows:
            with self.subTest(**row):
                self.assertEqual(self._verdict(**row), row["expected"])

    def _published_numbers(self):
        if name := os.environ.get("S2B2B_IDENTIFIERS"):
            with open(name, encoding="utf-8", newline="") as lines:
                return [
                    {
                        "check": row["validator"],
                        "country": "",
                        "number": row["input"],
                        "expected": row["expected"],
                    }
                    for row in csv.DictReader(lines)
                ]
        with file_open("s2b2b_supplier/tests/data/identifiers.csv") as lines:
            return list(csv.DictReader(lines))

    def _verdict(self, check, country, number, **_row):
        own = check in dict(self.env["s2b2b.certificate.type"]._fields["number_format"].selection)
        kind = self.env["s2b2b.certificate.type"].new(
            {"name": check, "number_format": check if own else "stdnum", "number_register": check}
        )
        place = self.env["res.country"].search([("code", "=", country)]) if country else False
        partner = self.partner_model.new({"country_id": place and place.id})
        try:
            kind._validate_number(number, partner)
        except ValidationError:
            return "invalid"
        return "valid"

    def test_register_that_does_not_exist_is_refused(self):
        for name in (False, "", "xx.yy", "os", "..os", "kr.brn; import os", "exceptions", "kr"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self._certificate_type(number_format="stdnum", number_register=name)
        kind = self._certificate_type(number_format="stdnum", number_register="kr.brn")
        self.assertEqual(
            kind._validate_number("116-82-00276", self.company.partner_id), "1168200276"
        )
