from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    parcel_trust_days = fields.Integer(related="company_id.parcel_trust_days", readonly=False)
