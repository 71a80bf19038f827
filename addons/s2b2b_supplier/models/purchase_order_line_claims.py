from odoo import fields, models
from odoo.tools import SQL


class PurchaseOrderLine(models.Model):
    """What claims need to know of an order line."""

    _inherit = "purchase.order.line"

    supplier_claim_ids = fields.One2many(
        "s2b2b.claim", "purchase_line_id", groups="s2b2b_supplier.group_user"
    )

    def _lock_for_claims(self):
        """Lets one decision at a time through for each line.

        The rows are updated, not locked only: under snapshot isolation a lock that is free again
        would show the second decision what there was before the first.
        """
        lines = self.sorted("id")
        if not lines:
            return
        lines.lock_for_update(allow_referencing=True)
        self.env.cr.execute(
            SQL("UPDATE purchase_order_line SET id = id WHERE id IN %s", tuple(lines.ids))
        )
        lines.invalidate_recordset(["supplier_claim_ids"])

    def _get_claimable_quantity(self, is_shortage=False):
        """What ever came, in the line's unit; of a shortage also what was ordered and did not."""
        self.ensure_one()
        received = sum(
            self._in_line_unit(move)
            for move in self._get_done_moves()
            if not move._is_purchase_return()
        )
        return max(received, self.qty_received, self.product_qty if is_shortage else 0.0)

    def _get_settled_elsewhere(self):
        """What was sent back for refund, or credited, without a claim, in the line's unit."""
        self.ensure_one()
        claims = self.supplier_claim_ids
        returned = sum(
            self._in_line_unit(move)
            for move in self._get_done_moves()
            if move._is_purchase_return()
            and move.to_refund
            and move.picking_id not in claims.return_picking_id
        )
        credited = sum(
            line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            for line in self.invoice_lines
            if line.move_id.move_type == "in_refund"
            and line.parent_state != "cancel"
            and line.move_id not in claims.credit_move_id
        )
        return max(returned, credited)

    def _get_done_moves(self):
        return self.move_ids.filtered(
            lambda move: move.state == "done" and move.product_id == self.product_id
        )

    def _in_line_unit(self, move):
        return move.product_uom._compute_quantity(
            move.quantity, self.product_uom_id, rounding_method="HALF-UP"
        )
