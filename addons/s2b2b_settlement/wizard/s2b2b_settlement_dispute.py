from odoo import fields, models


class SettlementDispute(models.TransientModel):
    """Asks for the reason when staff dispute lines on behalf of a partner."""

    _name = "s2b2b.settlement.dispute"
    _description = "Dispute a Settlement"

    settlement_id = fields.Many2one("s2b2b.settlement", required=True, readonly=True)
    line_ids = fields.Many2many(
        "s2b2b.settlement.line",
        string="Lines",
        domain="[('settlement_id', '=', settlement_id), ('kind', '!=', 'tax')]",
        required=True,
    )
    reason = fields.Char(required=True)

    def action_dispute(self):
        """Dispute the chosen lines; what belongs to the same delivery goes with them."""
        self.ensure_one()
        return self.settlement_id.action_dispute(self.line_ids.ids, self.reason)
