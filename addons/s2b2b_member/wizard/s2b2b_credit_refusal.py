from odoo import fields, models


class S2b2bCreditRefusal(models.TransientModel):
    """The reason for which credit is refused."""

    _name = "s2b2b.credit.refusal"
    _description = "Refusal of Credit"

    request_ids = fields.Many2many("s2b2b.credit.request", string="Requests", required=True)
    reason = fields.Text(required=True, help="The member reads it.")

    def action_decide(self):
        self.ensure_one()
        self.request_ids._refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
