from odoo import models


class PurchaseOrder(models.Model):
    """How the supplier's answer to an order is judged."""

    _inherit = "purchase.order"

    def _is_taken_back(self):
        """Whether the platform withdrew the order before the supplier's time to answer was over."""
        self.ensure_one()
        # sudo: the day of cancelling is for staff; here it decides on a figure only
        cancelled = self.sudo().promise_cancelled_date
        match self.supplier_answer:
            case "timeout":
                return self.answered_at < self.accept_deadline
            case "pending":
                is_late = cancelled and cancelled > self._get_day(self.accept_deadline)
                return self.state == "cancel" and not is_late
        return False
