from odoo import api, fields, models
from odoo.fields import Command


class S2b2bTierPreview(models.TransientModel):
    """A dry run of the evaluation: who would move or be told, and why."""

    _name = "s2b2b.tier.preview"
    _description = "Preview of Tier Changes"

    date = fields.Date(required=True, default=fields.Date.context_today)
    line_ids = fields.One2many("s2b2b.tier.preview.line", "preview_id", readonly=True)
    member_count = fields.Integer(compute="_compute_member_count")

    @api.depends("line_ids")
    def _compute_member_count(self):
        for preview in self:
            preview.member_count = len(preview.line_ids)

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
        rows = self.env["res.partner.grade"]._preview_members(self.date)
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
