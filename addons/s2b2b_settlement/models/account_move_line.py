from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    settlement_line_ids = fields.One2many(
        "s2b2b.settlement.line",
        "account_move_line_id",
        "Settlement Lines",
        groups="base.group_user",
    )
