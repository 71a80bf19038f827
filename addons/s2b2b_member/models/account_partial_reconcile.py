from odoo import models


class AccountPartialReconcile(models.Model):
    """A payment that is taken off an invoice again takes its points along."""

    _inherit = "account.partial.reconcile"

    def unlink(self):
        moves = (self.debit_move_id | self.credit_move_id).move_id._get_points_invoices()
        result = super().unlink()
        moves.exists()._follow_points()
        return result
