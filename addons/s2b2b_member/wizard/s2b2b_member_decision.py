from odoo import fields, models


class S2b2bMemberDecision(models.TransientModel):
    """The reason for which applications are returned or refused."""

    _name = "s2b2b.member.decision"
    _description = "Decision on a Member Application"

    application_ids = fields.Many2many(
        "s2b2b.member.application",
        required=True,
    )
    kind = fields.Selection(
        [("returned", "Ask for what is missing"), ("refused", "Refuse")],
        required=True,
        default="returned",
    )
    reason = fields.Text(required=True, help="The applicant reads it.")

    def action_decide(self):
        self.ensure_one()
        if self.kind == "returned":
            self.application_ids._return(self.reason)
        else:
            self.application_ids._refuse(self.reason)
        return {"type": "ir.actions.act_window_close"}
