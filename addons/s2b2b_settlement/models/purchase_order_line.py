from decimal import Decimal

from odoo import fields, models
from odoo.fields import Domain


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    commission_line_ids = fields.One2many(
        "s2b2b.commission.line", "purchase_line_id", "Commission", groups="base.group_user"
    )

    def _get_billed_elsewhere(self):
        """Return {id: quantity} that bills other than those of settlements have of these lines."""
        items = self.env["account.move.line"].search(
            Domain("purchase_line_id", "in", self.ids)
            & Domain("parent_state", "!=", "cancel")
            & Domain("move_id.settlement_id", "=", False)
            & (
                Domain("move_id.reversed_entry_id", "=", False)
                | Domain("move_id.reversed_entry_id.settlement_id", "=", False)
            )
        )
        billed = {}
        for item in items:
            line = item.purchase_line_id
            sign = -1 if item.move_id.move_type == "in_refund" else 1
            quantity = item.product_uom_id._compute_quantity(item.quantity, line.product_uom_id)
            billed[line.id] = billed.get(line.id, Decimal(0)) + sign * Decimal(str(quantity))
        return billed
