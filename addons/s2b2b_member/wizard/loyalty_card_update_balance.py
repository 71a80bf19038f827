from odoo import models
from odoo.exceptions import UserError


class LoyaltyCardUpdateBalance(models.TransientModel):
    _inherit = "loyalty.card.update.balance"

    def action_update_card_point(self):
        """The cards of members show the ledger, which is corrected elsewhere."""
        if self.card_id.program_id.is_member_points:
            raise UserError(self.env._("Correct the points of members under Members, Points."))
        return super().action_update_card_point()
