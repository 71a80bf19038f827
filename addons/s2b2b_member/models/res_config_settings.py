from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    s2b2b_start_date = fields.Date(related="company_id.s2b2b_start_date", readonly=False)
    member_evaluation = fields.Boolean(related="company_id.member_evaluation", readonly=False)
    member_profiles = fields.Boolean(related="company_id.member_profiles", readonly=False)
    member_joining = fields.Boolean(related="company_id.member_joining", readonly=False)
    member_credit_policy = fields.Selection(
        related="company_id.member_credit_policy", readonly=False, required=True
    )
    overdue_block_days = fields.Integer(related="company_id.overdue_block_days", readonly=False)
    member_points = fields.Boolean(related="company_id.member_points", readonly=False)
    points_rate = fields.Float(related="company_id.points_rate", readonly=False)
    points_months = fields.Integer(related="company_id.points_months", readonly=False)
    points_warning_days = fields.Integer(related="company_id.points_warning_days", readonly=False)
    points_value = fields.Float(related="company_id.points_value", readonly=False)
    points_on_time = fields.Integer(related="company_id.points_on_time", readonly=False)
    points_tier_value = fields.Float(related="company_id.points_tier_value", readonly=False)

    def action_open_points_program(self):
        """The program by which points are redeemed: gifts are added to it as rewards."""
        program = self.env["loyalty.program"]._get_points_program(self.company_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "loyalty.program",
            "res_id": program.id,
            "view_mode": "form",
        }
