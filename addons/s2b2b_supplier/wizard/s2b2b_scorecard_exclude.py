from odoo import api, fields, models
from odoo.exceptions import UserError


class S2b2bScorecardExclude(models.TransientModel):
    """Asks a manager why purchase lines, or whole orders, are not to count in the scores."""

    _name = "s2b2b.scorecard.exclude"
    _description = "Exclusion from Scoring: Reason"

    order_ids = fields.Many2many("purchase.order", string="Whole Orders")
    line_ids = fields.Many2many("purchase.order.line", string="Lines")
    claim_ids = fields.Many2many("s2b2b.claim", string="Claims")
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        chosen = self.env.context.get("active_ids", [])
        model = self.env.context.get("active_model")
        if model == "purchase.order":
            values["order_ids"] = chosen
        elif model in ("s2b2b.delivery.line", "purchase.order.line"):
            values["line_ids"] = chosen
        elif model == "s2b2b.claim":
            values["claim_ids"] = chosen
        return values

    def action_apply(self):
        self.ensure_one()
        exclusions = self.env["s2b2b.scorecard.exclusion"]
        if not (self.order_ids or self.line_ids or self.claim_ids):
            raise UserError(self.env._("Choose orders, lines or claims first."))
        if self.order_ids:
            # sudo: the verb checks the group, which does not need rights on purchase orders
            lines = self.sudo().order_ids.order_line
            exclusions._exclude(lines, self.reason, whole_orders=True)
        if self.line_ids:
            exclusions._exclude(self.line_ids, self.reason)
        if self.claim_ids:
            exclusions._exclude_claims(self.claim_ids, self.reason)
