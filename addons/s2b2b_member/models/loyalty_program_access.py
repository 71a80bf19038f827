from odoo import fields, models


class LoyaltyProgram(models.Model):
    """Promotions of a tier: only its members, and those of higher tiers, get them."""

    _inherit = "loyalty.program"

    min_grade_id = fields.Many2one(
        "res.partner.grade",
        string="Only from Tier",
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
        help="Only members of this tier or a higher one get the promotion.",
    )
