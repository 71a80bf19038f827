from odoo.tests import tagged

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestTierPreview(MemberCommon):
    def test_preview_names_who_would_move_or_be_told_and_changes_nothing(self):
        rising = self._member("Rising", grade_id=self.normal.id)
        self._invoice(rising, 1500, "2026-06-01")
        falling = self._member("Falling", grade_id=self.silver.id)
        falling.grade_review_date = self.today
        steady = self._member("Steady", grade_id=self.normal.id)
        preview = self.env["s2b2b.tier.preview"].create({"date": self.today})
        lines = preview.line_ids.filtered(lambda line: line.partner_id in rising | falling | steady)
        self.assertRecordValues(
            lines.sorted(lambda line: line.partner_id.id),
            [
                {
                    "partner_id": rising.id,
                    "outcome": "up",
                    "from_grade_id": self.normal.id,
                    "to_grade_id": self.silver.id,
                    "amount": 1500,
                },
                {
                    "partner_id": falling.id,
                    "outcome": "notice",
                    "from_grade_id": self.silver.id,
                    "to_grade_id": self.silver.id,
                    "amount": 0,
                },
            ],
        )
        self.assertIn("1,000.00", lines.filtered(lambda line: line.outcome == "notice").missing)
        self.assertEqual(rising.grade_id, self.normal)
        self.assertEqual(falling.grade_review_date, self.today)

    def test_preview_of_another_day_is_refreshed(self):
        member = self._member(grade_id=self.normal.id)
        self._invoice(member, 1500, "2026-06-01")
        preview = self.env["s2b2b.tier.preview"].create({"date": "2026-05-31"})
        self.assertNotIn(member, preview.line_ids.partner_id)
        preview.date = self.today
        action = preview.action_refresh()
        self.assertEqual(action["res_id"], preview.id)
        self.assertIn(member, preview.line_ids.partner_id)

    def test_applying_evaluates_for_today(self):
        member = self._member()
        self.env["s2b2b.tier.preview"].action_open()
        preview = self.env["s2b2b.tier.preview"].search([], limit=1, order="id desc")
        preview.action_apply()
        self.assertEqual(member.grade_id, self.normal)
        self.assertIn("s2b2b.tier.preview.line", self.env)
