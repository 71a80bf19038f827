from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    s2b2b_start_date = fields.Date(related="company_id.s2b2b_start_date", readonly=False)
    supplier_gate_policy = fields.Selection(
        related="company_id.supplier_gate_policy", readonly=False
    )
    supplier_qualification_required = fields.Boolean(
        related="company_id.supplier_qualification_required", readonly=False
    )
    supplier_template_id = fields.Many2one(
        related="company_id.supplier_template_id", readonly=False
    )
    supplier_validity_months = fields.Integer(
        related="company_id.supplier_validity_months", readonly=False
    )
    supplier_link_days = fields.Integer(related="company_id.supplier_link_days", readonly=False)
    renewal_grace_days = fields.Integer(related="company_id.renewal_grace_days", readonly=False)
    open_order_policy = fields.Selection(related="company_id.open_order_policy", readonly=False)
    supplier_score_total = fields.Selection(
        related="company_id.supplier_score_total", readonly=False
    )
    scorecard_period = fields.Selection(related="company_id.scorecard_period", readonly=False)
    scorecard_recent_periods = fields.Integer(
        related="company_id.scorecard_recent_periods", readonly=False
    )
    supplier_under_tolerance = fields.Float(
        related="company_id.supplier_under_tolerance", readonly=False
    )
    supplier_contest_days = fields.Integer(
        related="company_id.supplier_contest_days", readonly=False
    )
    available_max_age = fields.Integer(related="company_id.available_max_age", readonly=False)
