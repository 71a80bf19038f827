from odoo import api, fields, models
from odoo.fields import Command

from ..models.res_partner_grade_ladder import THRESHOLDS


class S2b2bTierPreview(models.TransientModel):
    """A dry run of the evaluation: who would move or be told, and why.

    The thresholds may be changed to see what they would do; only managers save them.
    """

    _name = "s2b2b.tier.preview"
    _description = "Preview of Tier Changes"

    date = fields.Date(required=True, default=fields.Date.context_today)
    line_ids = fields.One2many("s2b2b.tier.preview.line", "preview_id", readonly=True)
    threshold_ids = fields.One2many("s2b2b.tier.preview.threshold", "preview_id")
    member_count = fields.Integer(compute="_compute_member_count")
    is_changed = fields.Boolean(compute="_compute_is_changed")
    unpriced_note = fields.Char(compute="_compute_unpriced_note")

    @api.depends("line_ids")
    def _compute_member_count(self):
        for preview in self:
            preview.member_count = len(preview.line_ids)

    @api.depends(*(f"threshold_ids.{name}" for name in THRESHOLDS))
    def _compute_is_changed(self):
        for preview in self:
            preview.is_changed = any(line._get_changes() for line in preview.threshold_ids)

    def _compute_unpriced_note(self):
        self.unpriced_note = self.env["res.partner.grade"]._get_unpriced_note()

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        if "threshold_ids" in fields_list:
            values["threshold_ids"] = [
                Command.create({"grade_id": grade.id, **{n: grade[n] for n in THRESHOLDS}})
                for grade in self.env["res.partner.grade"]._get_ladder_grades()
            ]
        return values

    @api.model_create_multi
    def create(self, vals_list):
        previews = super().create(vals_list)
        for preview in previews:
            preview._fill()
        return previews

    def action_refresh(self):
        self.ensure_one()
        self._fill()
        return self._get_action()

    def action_apply(self):
        """Evaluates all members for today, as the nightly job does."""
        self.env["res.partner.grade"].check_access("write")
        self.env["res.partner.grade"]._evaluate_members()
        return self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.grade_change_action")

    def action_save_thresholds(self):
        """Writes the thresholds that were tried; the members move at the next evaluation."""
        self.ensure_one()
        grades = self.env["res.partner.grade"]
        grades.check_access("write")
        changes = {line.grade_id: line._get_changes() for line in self.threshold_ids}
        grades._write_thresholds({grade: vals for grade, vals in changes.items() if vals})
        self._fill()
        return self._get_action()

    @api.model
    def action_open(self):
        self.check_access("create")
        return self.create({})._get_action()

    def _get_action(self):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("s2b2b_member.tier_preview_action"),
            "res_id": self.id,
        }

    def _fill(self):
        grades = self.env["res.partner.grade"]
        ladder = grades._make_ladder({line.grade_id: line for line in self.threshold_ids})
        rows = grades._preview_members(self.date, ladder)
        self.line_ids = [Command.clear(), *(Command.create(row) for row in rows)]


class S2b2bTierPreviewLine(models.TransientModel):
    """One member that would move or be told."""

    _name = "s2b2b.tier.preview.line"
    _description = "Line of a Preview of Tier Changes"

    preview_id = fields.Many2one("s2b2b.tier.preview", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Member")
    from_grade_id = fields.Many2one("res.partner.grade", string="From")
    to_grade_id = fields.Many2one("res.partner.grade", string="To")
    outcome = fields.Selection(
        [("new", "First tier"), ("up", "Up"), ("down", "Down"), ("notice", "Notice")]
    )
    currency_id = fields.Many2one("res.currency")
    amount = fields.Monetary(string="Purchases")
    order_count = fields.Integer(string="Invoices")
    missing = fields.Char()


class S2b2bTierPreviewThreshold(models.TransientModel):
    """The thresholds of one tier, to be tried before they are saved."""

    _name = "s2b2b.tier.preview.threshold"
    _description = "Thresholds of a Preview of Tier Changes"
    _order = "id"

    preview_id = fields.Many2one("s2b2b.tier.preview", required=True, ondelete="cascade")
    grade_id = fields.Many2one("res.partner.grade", string="Tier", required=True, readonly=True)
    currency_id = fields.Many2one(related="grade_id.currency_id")
    min_amount = fields.Monetary(string="Purchases")
    min_orders = fields.Integer(string="Invoices")
    min_months = fields.Integer(string="Months as Member")
    min_paid_on_time = fields.Float(string="Paid on Time (%)")

    def _get_changes(self):
        """The thresholds that differ from those of the tier."""
        return {name: self[name] for name in THRESHOLDS if self[name] != self.grade_id[name]}
