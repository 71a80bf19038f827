from odoo import fields, models
from odoo.fields import Command


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    settlement_line_ids = fields.One2many(
        "s2b2b.settlement.line",
        "account_move_line_id",
        "Settlement Lines",
        groups="base.group_user",
    )

    def action_use_in_match(self):
        """Make this open item the one that the bank match in the context pays."""
        match = self.env["s2b2b.reconcile.match"].browse(self.env.context.get("match_id"))
        match.check_access("write")
        match.move_line_ids = [Command.set(self.ids)]
        return True

    def _get_payer_references(self):
        """Return what a payer may quote for this open item: numbers of the document, of its
        orders, of the paper it came on, and of the statement that lists it."""
        self.ensure_one()
        move = self.move_id
        origins = (move.invoice_origin or "").split(",")
        quoted = [move.name, move.payment_reference, move.ref, self.payment_id.memo, *origins]
        quoted += self.settlement_line_ids.settlement_id.mapped("name")
        return [text.strip() for text in quoted if text and text.strip()]
