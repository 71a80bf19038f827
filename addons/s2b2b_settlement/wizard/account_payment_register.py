from odoo import models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _create_payments(self):
        """A bill that is on hold is not paid by registering a payment."""
        self.env["account.move"]._refuse_held(self.line_ids.move_id)
        return super()._create_payments()
