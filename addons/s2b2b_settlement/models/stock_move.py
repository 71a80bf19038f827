from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    settlement_line_ids = fields.One2many(
        "s2b2b.settlement.line", "move_id", "Settlement Lines", groups="base.group_user"
    )

    _settlement_idx = models.Index(
        "(company_id, date) WHERE state = 'done' AND purchase_line_id IS NOT NULL"
    )

    def _get_settled_quantity(self):
        """Return what the move adds to the received quantity of its order line, in its unit.

        The rules are those of core's received quantity: a return counts where it is to be
        refunded; goods that a return brings back without refund, and drop-shipped goods that come
        back to our own stock, count for nothing.
        """
        self.ensure_one()
        line, returned = self.purchase_line_id, self.origin_returned_move_id
        if self.product_id != line.product_id:
            return 0.0
        quantity = self.product_uom._compute_quantity(
            self.quantity, line.product_uom_id, rounding_method="HALF-UP"
        )
        if self._is_purchase_return():
            return -quantity if self.to_refund or not returned else 0.0
        if returned and returned._is_dropshipped() and not self._is_dropshipped_returned():
            return 0.0
        if returned and returned._is_purchase_return() and not self.to_refund:
            return 0.0
        return quantity
