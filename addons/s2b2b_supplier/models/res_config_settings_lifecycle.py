from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    renewal_lead_days = fields.Integer(related="company_id.renewal_lead_days", readonly=False)
    supplier_exposure_by_grade = fields.Boolean(
        related="company_id.supplier_exposure_by_grade", readonly=False
    )
    readmission_months = fields.Integer(related="company_id.readmission_months", readonly=False)
