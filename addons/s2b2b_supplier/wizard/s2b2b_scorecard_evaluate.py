from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import date_utils


class S2b2bScorecardEvaluate(models.TransientModel):
    """Evaluates suppliers for a period at once, instead of waiting for the nightly job."""

    _name = "s2b2b.scorecard.evaluate"
    _description = "Evaluation of Suppliers"

    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: date_utils.start_of(fields.Date.context_today(self), "month"),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: date_utils.end_of(fields.Date.context_today(self), "month"),
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Suppliers",
        domain="[('supplier_status', '!=', 'none')]",
        help="Empty: all suppliers.",
    )

    def action_evaluate(self):
        self.ensure_one()
        if not self.env.user.has_group("s2b2b_supplier.group_user"):
            raise AccessError(self.env._("Only supplier management evaluates suppliers."))
        if self.date_from > self.date_to:
            raise UserError(self.env._("The period ends before it begins."))
        suppliers = self.partner_ids or self.env["res.partner"].search(
            [("supplier_status", "!=", "none")]
        )
        cards = self.env["s2b2b.scorecard"]._evaluate(suppliers, self.date_from, self.date_to)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_supplier.s2b2b_scorecard_action"
        )
        return {**action, "domain": [("id", "in", cards.ids)], "context": {}}
