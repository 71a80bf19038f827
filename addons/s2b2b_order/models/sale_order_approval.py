from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _go_on_after_approval(self):
        """What the member's approver has agreed to goes the way of every order of the portal."""
        self.ensure_one()
        if not self.s2b2b_contact_id or not self.order_type_id:
            return super()._go_on_after_approval()
        if self.company_id.member_orders_confirmed:
            return self._confirm_within_credit()
        return self._wait("review")
