from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

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

    def _try(self, grade, user=None, **thresholds):
        with Form(self.env["s2b2b.tier.preview"].with_user(user or self.env.user)) as form:
            form.date = self.today
            place = self.env["res.partner.grade"]._get_ladder_grades().ids.index(grade.id)
            with form.threshold_ids.edit(place) as line:
                for name, value in thresholds.items():
                    line[name] = value
        return form.record

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_access")
    def test_clerk_tries_thresholds_and_saves_none(self):
        clerk = new_test_user(self.env, "preview_clerk", groups="s2b2b_member.group_user")
        preview = self._try(self.silver, user=clerk, min_amount=500)
        with self.assertRaises(AccessError):
            preview.action_save_thresholds()
        self.assertEqual(self.silver.min_amount, 1000)

    def test_thresholds_that_were_not_saved_are_tried_and_change_nothing(self):
        member = self._member("Close", grade_id=self.normal.id)
        self._invoice(member, 600, "2026-06-01")
        self.assertNotIn(member, self.env["s2b2b.tier.preview"].create({}).line_ids.partner_id)
        preview = self._try(self.silver, min_amount=500)
        self.assertTrue(preview.is_changed)
        line = preview.line_ids.filtered(lambda row: row.partner_id == member)
        self.assertEqual((line.outcome, line.to_grade_id), ("up", self.silver))
        self.assertEqual(member.grade_id, self.normal)
        self.assertEqual(self.silver.min_amount, 1000)

    def test_share_paid_on_time_is_tried_where_no_saved_tier_asks_for_it(self):
        member = self._member("Late", grade_id=self.diamond.id)
        member.grade_review_date = self.today
        for day in ("2025-07-02", "2026-04-01", "2026-04-02", "2026-04-03"):
            self._invoice(member, 9000, day, invoice_date_due="2026-05-01")
        saved = self.env["s2b2b.tier.preview"].create({"date": self.today})
        self.assertNotIn(member, saved.line_ids.partner_id)
        preview = self._try(self.diamond, min_paid_on_time=50)
        line = preview.line_ids.filtered(lambda row: row.partner_id == member)
        self.assertEqual(line.outcome, "notice")

    def test_crossing_and_repeated_thresholds_are_refused_as_on_the_tier(self):
        for grade, vals in (
            (self.silver, {"min_amount": 6000}),
            (self.silver, {"min_amount": 0}),
            (self.gold, {"min_amount": -1}),
        ):
            with self.subTest(vals=vals):
                with self.assertRaises(ValidationError) as tried, self.cr.savepoint():
                    self._try(grade, **vals)
                if min(vals.values()) >= 0:
                    with self.assertRaises(ValidationError) as written, self.cr.savepoint():
                        grade.write(vals)
                    self.assertEqual(str(tried.exception), str(written.exception))

    def test_saving_writes_thresholds_that_cross_only_on_the_way(self):
        with Form(self.env["s2b2b.tier.preview"]) as form:
            with form.threshold_ids.edit(1) as line:
                line.min_amount = 9000
            with form.threshold_ids.edit(2) as line:
                line.min_amount = 12000
        preview = form.record
        preview.action_save_thresholds()
        self.assertEqual((self.silver | self.gold).mapped("min_amount"), [9000, 12000])
        self.assertFalse(preview.is_changed)
        self.assertIn("s2b2b.tier.preview.threshold", self.env)
