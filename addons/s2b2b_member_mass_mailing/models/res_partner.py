from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Whoever sends mailings chooses a segment as their audience.
    segment_ids = fields.Many2many(
        groups="s2b2b_member.group_user,mass_mailing.group_mass_mailing_user"
    )
