from odoo import models

from odoo.addons.s2b2b_supplier.tools.open_orders import PARTIAL, PREPARING, SHIPPED, WAITING

STAGES = {
    "pending": WAITING,
    "proposed": WAITING,
    "accepted": PREPARING,
    "partial": PREPARING,
    "preparing": PREPARING,
    "shipped": SHIPPED,
    "delivered": SHIPPED,
}


class PurchaseOrder(models.Model):
    """Allocated orders whose supplier falls out: answers and shipments say how far they are."""

    _inherit = "purchase.order"

    def _supplier_stage(self):
        stage = STAGES.get(self.supplier_state)
        if not stage:
            return super()._supplier_stage()
        return PARTIAL if stage == PREPARING and self._has_left() else stage

    def _schedule_supplier_suspended(self, reason):
        """Re-allocate what a suspended supplier has not accepted, where the company wants that."""
        moved = self.filtered(
            lambda order: (
                order.company_id.open_order_policy == "reallocate"
                and order.supplier_state in ("pending", "proposed")
            )
        )
        moved._withdraw("timeout", reason)
        return super(PurchaseOrder, self - moved)._schedule_supplier_suspended(reason)

    def _eliminate_reallocate(self, reason):
        """Ask other suppliers at once for what members wait for; the members are told by that."""
        allocated = self.filtered("is_allocated")
        waiting = allocated.filtered(lambda order: order._supplier_stage() == WAITING)
        waiting._withdraw("timeout", reason)
        begun = allocated - waiting
        begun._eliminate_cancel(reason)
        begun._reallocate()
        return super(PurchaseOrder, self - allocated)._eliminate_reallocate(reason)
