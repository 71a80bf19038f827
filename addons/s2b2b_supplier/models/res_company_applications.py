from odoo import fields, models


class ResCompany(models.Model):
    """Whether companies may apply as suppliers by themselves."""

    _inherit = "res.company"

    supplier_applications = fields.Boolean(
        string="Public Applications",
        help="Anybody may apply at /supplier/apply; without it there is no such page.",
    )
