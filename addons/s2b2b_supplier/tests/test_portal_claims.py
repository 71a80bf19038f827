from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PDF, PNG
from .common_claims import ClaimCommon
from .common_portal import PortalCommon

URL = "/my/supplier/claims"


@tagged("post_install", "-at_install")
class TestPortalClaims(PortalCommon, ClaimCommon):
    def setUp(self):
        super().setUp()
        self.claim = self._claim(self._received(self.a))
        self.other = self._claim(self._received(self.b), description="Secret of Brent")
        self.url = f"{URL}/{self.claim.id}"
        self._login(self.user_a)

    def _answer(self, url=None, text="It was the carrier.", files=(), **data):
        return self._post(f"{url or self.url}/answer", {"text": text, **data}, files=list(files))

    def _attach(self, claim, name="photo.png"):
        claim.attachment_ids = self.env["ir.attachment"].create({"name": name, "raw": PNG})
        return claim.attachment_ids

    def test_another_suppliers_claim_is_not_there(self):
        self.assertEqual(self.url_open(f"{URL}/{self.other.id}").status_code, 404)
        self.assertEqual(self._answer(f"{URL}/{self.other.id}").status_code, 404)
        self.assertEqual(self.other.state, "open")
        self.assertNotIn(self.other.name, self.url_open(URL).text)

    def test_files_open_only_behind_ones_own_claim(self):
        own, other = self._attach(self.claim), self._attach(self.other)
        self.assertEqual(self.url_open(f"{self.url}/file/{own.id}").content, PNG)
        with mute_logger("odoo.http"):
            for url in (
                f"{self.url}/file/{other.id}",
                f"{URL}/{self.other.id}/file/{other.id}",
                f"/web/content/{other.id}",
                f"/web/image/{own.id}",
            ):
                with self.subTest(url=url):
                    answer = self.url_open(url)
                    self.assertNotEqual(answer.content, PNG)

    def test_other_companys_claim_is_not_shown(self):
        company = self.env["res.company"].create({"name": "Other Platform"})
        claim = self.env["s2b2b.claim"].create(
            {"partner_id": self.a.id, "company_id": company.id, "description": "Elsewhere"}
        )
        self.assertEqual(self.url_open(f"{URL}/{claim.id}").status_code, 404)

    def test_roles_that_handle_no_orders_read_but_do_not_answer(self):
        for role in ("viewer", "catalogue", "finance"):
            self._login(self._portal_user(self.a, f"claims_{role}", role=role))
            with self.subTest(role=role), mute_logger("odoo.http"):
                self.assertNotIn("Send Answer", self.url_open(self.url).text)
                self.assertEqual(self._answer().status_code, 403)
        self.assertEqual(self.claim.state, "open")
        self.assertFalse(self.claim._get_visible_messages())

    def test_answer_needs_login_and_token(self):
        with mute_logger("odoo.http"):
            bare = self.url_open(f"{self.url}/answer", data={"text": "x"})
        self.assertEqual(bare.status_code, 400)
        self._login()
        self.assertIn("/web/login", self.url_open(self.url).url)

    def test_answer_stops_the_clock_and_keeps_offer_and_files(self):
        answer = self._answer(
            files=[("files", ("photo.png", PNG)), ("files", ("note.pdf", PDF))],
            offer="price_cut",
            offer_amount="4,50",
        )
        self.assertIn("we have your answer", answer.text)
        self.assertEqual(self.claim.state, "answered")
        self.assertTrue(self.claim.first_response_at)
        self.assertEqual(
            (self.claim.offered_resolution, self.claim.offered_amount), ("price_cut", 4.5)
        )
        message = self.claim._get_visible_messages()
        self.assertEqual(message.author_id, self.user_a.partner_id)
        self.assertEqual(sorted(message.attachment_ids.mapped("name")), ["note.pdf", "photo.png"])
        file = message.attachment_ids[:1]
        self.assertEqual(self.url_open(f"{self.url}/file/{file.id}").content, file.raw)

    def test_bad_answers_are_refused_and_what_was_typed_is_still_there(self):
        for message, data in {
            "write your answer": {"text": "  "},
            "is not a PDF, PNG or JPEG": {"files": [("files", ("a.pdf", b"<svg>"))]},
            "five files at most": {"files": [("files", (f"{n}.pdf", PDF)) for n in range(6)]},
            "amount as a number": {"offer": "refund", "offer_amount": "much"},
        }.items():
            with self.subTest(message=message):
                answer = self._answer(**{"text": "Typed text", **data})
                self.assertIn(message, answer.text)
                if "text" not in data:
                    self.assertIn("Typed text", answer.text)
                self.assertEqual(self.claim.state, "open")
        self.assertFalse(self.claim._get_visible_messages())

    def test_script_in_an_answer_stays_text(self):
        self._answer(text="<script>alert(1)</script>")
        self.assertNotIn("<script>alert(1)", self.url_open(self.url).text)
        self.assertNotIn("<script>", self.claim._get_visible_messages().body)

    def test_decided_claim_takes_no_answer(self):
        self.claim.action_answer()
        self.claim.write({"resolution": "reject", "resolution_note": "The seal was broken."})
        self.claim.action_resolve()
        page = self.url_open(self.url).text
        self.assertIn("The seal was broken.", page)
        self.assertNotIn("Send Answer", page)
        self.assertIn("has decided already", self._answer().text)

    def test_undecided_resolution_is_not_shown(self):
        self.claim.write({"resolution": "refund", "resolution_note": "We think of a refund."})
        self.assertNotIn("We think of a refund.", self.url_open(self.url).text)

    def test_overview_names_the_claim_that_waits(self):
        self.assertIn(f"Claim {self.claim.name} waits", self.url_open("/my/supplier").text)
        self._answer()
        self.assertNotIn(f"Claim {self.claim.name} waits", self.url_open("/my/supplier").text)
