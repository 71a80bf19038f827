from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_applications = fields.Boolean(
        related="company_id.supplier_applications", readonly=False
    )
