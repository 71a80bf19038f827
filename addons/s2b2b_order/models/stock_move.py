from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    is_urgent = fields.Boolean("Urgent", readonly=True)
    allocation_line_id = fields.Many2one(
        "s2b2b.allocation.line", readonly=True, index="btree_not_null", copy=True
    )

    def _prepare_procurement_values(self):
        """Hand the urgency and the chosen offer on to what the move is procured by."""
        values = super()._prepare_procurement_values()
        # sudo: warehouse staff who set off a procurement need not see the plan behind it
        chosen = self.sudo().allocation_line_id
        if chosen:
            values.update(
                allocation_line_id=chosen.id, supplierinfo_id=chosen.seller_id, force_uom=True
            )
        return {**values, "is_urgent": self.is_urgent}

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        return [*super()._prepare_merge_moves_distinct_fields(), "allocation_line_id"]

    def _get_new_picking_values(self):
        vals = super()._get_new_picking_values()
        if any(self.mapped("is_urgent")):
            vals.update(is_urgent=True, priority="1")
        return vals

    def _assign_picking_values(self, picking):
        """An urgent move makes the transfer urgent that it is put in."""
        vals = super()._assign_picking_values(picking)
        if any(self.mapped("is_urgent")) and not picking.is_urgent:
            vals.update(is_urgent=True, priority="1")
        return vals

    def _cut_to(self, quantity, unit):
        """Move ``quantity`` instead; nothing left cancels the move."""
        for move in self:
            rest = unit._compute_quantity(quantity, move.product_uom, rounding_method="HALF-UP")
            if move.product_uom.is_zero(rest):
                move._action_cancel()
            else:
                move.product_uom_qty = rest

    def _fill(self, quantity, unit, lots=None):
        """Set ``quantity`` as done on these open moves of one product, first come first filled.

        :param lots: {lot name: quantity} of a tracked product
        :return: the moves that were filled
        """
        filled = self.browse()
        for move in self:
            part = min(unit._compute_quantity(quantity, move.product_uom), move.product_uom_qty)
            if move.product_uom.compare(part, 0) <= 0:
                break
            if lots:
                move._fill_lots(lots)
            else:
                move.quantity = part
            filled |= move
            quantity -= move.product_uom._compute_quantity(part, unit)
        if unit.compare(quantity, 0) > 0:
            raise UserError(
                self.env._("%(quantity)g of it is not in an open transfer.", quantity=quantity)
            )
        return filled

    def _fill_lots(self, lots):
        commands = [
            Command.create({**self._prepare_move_line_vals(quantity=quantity), "lot_name": name})
            for name, quantity in lots.items()
        ]
        self.move_line_ids = [Command.clear(), *commands]
