from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    claim_answer_hours = fields.Integer(related="company_id.claim_answer_hours", readonly=False)
