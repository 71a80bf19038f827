from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PDF, PNG
from .common_portal import PortalCommon
from .common_rectification import RectificationCommon

URL = "/my/supplier/rectifications"


@tagged("post_install", "-at_install")
class TestPortalRectifications(PortalCommon, RectificationCommon):
    def setUp(self):
        super().setUp()
        self.record = self._issued(self.a)
        self.other = self._issued(self.b)
        self.line = self.record.line_ids
        self.url = f"{URL}/{self.record.id}"
        self._login(self.user_a)

    def _send(self, url=None, files=(), **changes):
        line = self.line.id
        data = {
            f"root_cause_{line}": "One truck.",
            f"action_{line}": "A second truck.",
            f"done_date_{line}": str(self._day(10)),
            **{f"{name}_{line}": value for name, value in changes.items()},
        }
        return self._post(f"{url or self.url}/answer", data, files=list(files))

    def test_another_suppliers_rectification_is_not_there(self):
        other = f"{URL}/{self.other.id}"
        self.assertEqual(self.url_open(other).status_code, 404)
        self.assertEqual(self._send(other).status_code, 404)
        self.assertNotIn(self.other.name, self.url_open(URL).text)

    def test_line_of_another_supplier_in_the_form_is_not_touched(self):
        line = self.other.line_ids
        self._post(
            f"{self.url}/answer",
            {f"root_cause_{line.id}": "Hacked", f"action_{line.id}": "Hacked"},
        )
        self.assertFalse(line.root_cause)

    def test_files_open_only_behind_ones_own(self):
        file = self.env["ir.attachment"].create({"name": "a.png", "raw": PNG})
        self.other.line_ids.attachment_ids = file
        with mute_logger("odoo.http"):
            for url in (
                f"{self.url}/file/{file.id}",
                f"{URL}/{self.other.id}/file/{file.id}",
                f"/web/content/{file.id}",
            ):
                self.assertNotEqual(self.url_open(url).content, PNG)

    def test_draft_is_not_shown(self):
        draft = self.env["s2b2b.rectification"].create(
            {"partner_id": self.a.id, "date_from": self._day(-3), "date_to": self._day(-2)}
        )
        self.assertEqual(self.url_open(f"{URL}/{draft.id}").status_code, 404)

    def test_roles_that_do_not_speak_for_the_company_read_but_do_not_answer(self):
        for role in ("viewer", "catalogue", "finance"):
            self._login(self._portal_user(self.a, f"rect_{role}", role=role))
            with self.subTest(role=role), mute_logger("odoo.http"):
                self.assertNotIn("Send Answer", self.url_open(self.url).text)
                self.assertEqual(self._send().status_code, 403)
        self.assertEqual(self.record.state, "issued")
        self.assertFalse(self.line.root_cause)

    def test_answer_with_proof_is_taken_and_shown(self):
        page = self.url_open(self.url).text
        self.assertIn("day(s) late.", page)
        answer = self._send(files=[(f"files_{self.line.id}", ("plan.pdf", PDF))])
        self.assertIn("we check your answer", answer.text)
        self.assertRecordValues(
            self.line,
            [{"root_cause": "One truck.", "action": "A second truck.", "done_date": self._day(10)}],
        )
        self.assertEqual(self.record.state, "answered")
        file = self.line.attachment_ids
        self.assertEqual(self.url_open(f"{self.url}/file/{file.id}").content, PDF)
        with mute_logger("odoo.http"):
            self.assertNotEqual(self.url_open(f"/web/content/{file.id}").content, PDF)
        self.assertIn("this action does not apply", self._send().text)

    def test_bad_answers_are_refused_and_what_was_typed_is_still_there(self):
        bad = [(f"files_{self.line.id}", ("a.pdf", b"<svg>"))]
        for message, changes in {
            "write root cause and action": {"action": " "},
            "write dates": {"done_date": "soon"},
            "is not a PDF, PNG or JPEG": {"files": bad},
        }.items():
            with self.subTest(message=message):
                answer = self._send(**changes)
                self.assertIn(message, answer.text)
                self.assertIn("One truck.", answer.text)
                self.assertEqual(self.record.state, "issued")
        self.assertFalse(self.line.attachment_ids)

    def test_overview_names_what_waits_and_what_is_missing_is_shown(self):
        self.assertIn(f"{self.record.name}: please answer", self.url_open("/my/supplier").text)
        self._send()
        self.record.review_note = "Since when?"
        self.record.action_send_back()
        page = self.url_open(self.url).text
        self.assertIn("Since when?", page)
        self.assertIn("One truck.", page, "the earlier answer is where it was")
