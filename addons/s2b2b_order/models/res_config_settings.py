from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    allocation_mode = fields.Selection(
        related="company_id.allocation_mode", readonly=False, required=True
    )
    allocation_policy_id = fields.Many2one(
        related="company_id.allocation_policy_id", readonly=False
    )
    order_deadlines_watched = fields.Boolean(
        related="company_id.order_deadlines_watched", readonly=False
    )
    order_notices_sent = fields.Boolean(related="company_id.order_notices_sent", readonly=False)
    order_control_user_id = fields.Many2one(
        related="company_id.order_control_user_id", readonly=False
    )
