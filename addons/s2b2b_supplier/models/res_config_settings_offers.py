from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    offer_approval_new = fields.Boolean(related="company_id.offer_approval_new", readonly=False)
    offer_approval_price = fields.Boolean(related="company_id.offer_approval_price", readonly=False)
    offer_approval_percent = fields.Float(
        related="company_id.offer_approval_percent", readonly=False
    )
    offer_approval_terms = fields.Boolean(related="company_id.offer_approval_terms", readonly=False)
    supplier_api = fields.Boolean(related="company_id.supplier_api", readonly=False)
