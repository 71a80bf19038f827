from odoo import fields, models

from ..tools.promise import promised_quantity

QUANTITY = {"product_qty", "product_uom_id"}


class PurchaseOrderLine(models.Model):
    """The quantity first promised: cutting a line to what came does not make it whole."""

    _inherit = "purchase.order.line"

    # Without digits, like core's product_uom_qty, of which it is a copy: the scores read it for
    # each line several times, and a numeric column would be converted each time.
    first_promised_qty = fields.Float(
        string="Promised Quantity",
        copy=False,
        readonly=True,
        help="What was ordered when the order was confirmed, in the product's unit, less what was "
        "taken off before the promised day was over and before any of it came. Performance is "
        "measured against it; where it is empty, against what is ordered.",
    )

    def write(self, vals):
        """A confirmed line keeps what was promised, whatever becomes of its quantity later."""
        if QUANTITY.isdisjoint(vals):
            return super().write(vals)
        before = {line: line.product_uom_qty for line in self if line.first_promised_date}
        result = super().write(vals)
        for line, ordered in before.items():
            if line.product_uom_qty != ordered:
                line._follow_quantity(line.first_promised_qty or ordered)
        return result

    def _snapshot_first_promise(self):
        new = self.filtered(lambda line: not line.first_promised_date)
        result = super()._snapshot_first_promise()
        promised = new.filtered(lambda line: line.first_promised_date and line.product_uom_qty > 0)
        for quantity, lines in promised.grouped("product_uom_qty").items():
            lines._keep_promised_qty(quantity)
        return result

    def _follow_quantity(self, promised):
        """Keeps what still counts of ``promised``, now that the line orders something else."""
        is_over = self.first_promised_date < fields.Date.context_today(self)
        # sudo: whoever changes the order, receipts decide
        has_come = "done" in self.sudo().move_ids.mapped("state")
        self._keep_promised_qty(
            promised_quantity(promised, self.product_uom_qty, is_settled=is_over or has_come)
        )

    def _keep_promised_qty(self, quantity):
        # sudo: whoever confirms or changes the order, the snapshot is the system's
        self.sudo()._write_guarded({"first_promised_qty": quantity})
