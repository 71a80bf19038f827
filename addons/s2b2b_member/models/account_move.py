from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    history_ref = fields.Char(
        string="Number in the Loaded File", copy=False, readonly=True, groups="base.group_user"
    )

    _history_ref_unique = models.UniqueIndex(
        "(history_ref, company_id) WHERE history_ref IS NOT NULL",
        "This invoice of the file has been loaded already.",
    )
