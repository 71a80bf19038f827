from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    min_grade_id = fields.Many2one(
        "res.partner.grade",
        string="Only from Tier",
        ondelete="restrict",
        groups="base.group_user",
        help="Only members of this tier or a higher one may buy the product.",
    )
    launch_date = fields.Date(
        string="Sold From",
        groups="base.group_user",
        help="Members whose tier gives early access may buy the product as many days before.",
    )
