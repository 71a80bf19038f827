from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    claim_answer_hours = fields.Integer(related="company_id.claim_answer_hours", readonly=False)
    rectification_policy = fields.Selection(
        related="company_id.rectification_policy", readonly=False
    )
    rectification_score = fields.Float(related="company_id.rectification_score", readonly=False)
    rectification_days = fields.Integer(related="company_id.rectification_days", readonly=False)
    rectification_reminder_days = fields.Integer(
        related="company_id.rectification_reminder_days", readonly=False
    )
    rectification_max_failed = fields.Integer(
        related="company_id.rectification_max_failed", readonly=False
    )
    rectification_months = fields.Integer(related="company_id.rectification_months", readonly=False)
