from odoo import fields, models


class AccountMove(models.Model):
    _inherit = ["account.move", "s2b2b.guarded"]
    _name = "account.move"
    _guarded_fields = {"settlement_id": None}

    settlement_id = fields.Many2one(
        "s2b2b.settlement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        groups="base.group_user",
    )

    def action_view_settlement(self):
        return self.settlement_id._get_records_action()

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        # sudo: netting follows from posting, whoever may post
        posted.sudo().settlement_id._net()
        return posted
