from odoo import api, fields, models
from odoo.exceptions import UserError

INTERNAL = "base.group_user"


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    allocation_line_id = fields.Many2one(
        "s2b2b.allocation.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=INTERNAL,
    )
    asked_qty = fields.Float(
        "Asked", digits="Product Unit", readonly=True, copy=False, help="When it was sent."
    )
    accepted_qty = fields.Float("Accepted", digits="Product Unit", readonly=True, copy=False)
    supplier_answer = fields.Selection(related="order_id.supplier_answer", groups=INTERNAL)
    accept_deadline = fields.Datetime(related="order_id.accept_deadline", groups=INTERNAL)
    answered_at = fields.Datetime(related="order_id.answered_at", groups=INTERNAL)
    shipped_qty = fields.Float("Shipped", digits="Product Unit", compute="_compute_shipped_qty")
    shipment_line_ids = fields.One2many("s2b2b.shipment.line", "purchase_line_id")
    # Core gives these to the supplier's portal users, and with them the name of the member.
    sale_line_id = fields.Many2one(groups=INTERNAL)
    sale_order_id = fields.Many2one(groups=INTERNAL)

    @api.depends("shipment_line_ids.quantity", "shipment_line_ids.state")
    def _compute_shipped_qty(self):
        for line in self:
            line.shipped_qty = line._get_shipped_quantity()

    @api.model
    def _prepare_purchase_order_line_from_procurement(
        self,
        product_id,
        product_qty,
        product_uom,
        location_dest_id,
        name,
        origin,
        company_id,
        values,
        po,
    ):
        res = super()._prepare_purchase_order_line_from_procurement(
            product_id,
            product_qty,
            product_uom,
            location_dest_id,
            name,
            origin,
            company_id,
            values,
            po,
        )
        chosen = self.env["s2b2b.allocation.line"].browse(values.get("allocation_line_id"))
        return {**res, **chosen._prepare_purchase_line_vals(res)} if chosen else res

    def _find_candidate(
        self, product_id, product_qty, product_uom, location_id, name, origin, company_id, values
    ):
        """A line of an allocation is never made from two offers."""
        chosen = values.get("allocation_line_id")
        lines = self.filtered(lambda line: (line.allocation_line_id.id or None) == (chosen or None))
        return super(PurchaseOrderLine, lines)._find_candidate(
            product_id, product_qty, product_uom, location_id, name, origin, company_id, values
        )

    def _prepare_stock_move_vals(self, picking, price_unit, product_uom_qty, product_uom):
        vals = super()._prepare_stock_move_vals(picking, price_unit, product_uom_qty, product_uom)
        if self.order_id.is_urgent:
            vals["is_urgent"] = True
        return vals

    def _is_goods(self):
        return not self.display_type and self.product_id.type == "consu"

    def _check_answer(self, quantities):
        """Return {line: accepted quantity} of these lines; what is not named is accepted whole."""
        lines = self.filtered(lambda line: line._is_goods())
        answer = {line: line.asked_qty or line.product_qty for line in lines}
        answer.update(self._read_quantities(quantities))
        for line, quantity in answer.items():
            line._check_at_most(quantity, line.asked_qty or line.product_qty)
        return answer

    def _check_shipped(self, quantities):
        """Return {line: quantity} of a parcel; None: all that is accepted and not shipped."""
        rest = {line: line.product_qty - line._get_shipped_quantity() for line in self}
        return self._check_part(quantities, rest)

    def _check_delivered(self, quantities):
        """Return {line: quantity} that has arrived; None: all that has not arrived yet."""
        rest = {line: line.product_qty - line._get_arrived_quantity() for line in self}
        return self._check_part(quantities, rest, may_be_empty=quantities is None)

    def _check_part(self, quantities, rest, may_be_empty=False):
        """Return what of ``rest`` is meant by ``quantities``, which must not be more than it."""
        given = rest if quantities is None else self._read_quantities(quantities)
        part = {}
        for line, quantity in given.items():
            if line._is_goods() and not line.product_uom_id.is_zero(quantity):
                line._check_at_most(quantity, rest[line])
                part[line] = quantity
        if not part and not may_be_empty:
            raise UserError(self.env._("Enter the quantity of at least one product."))
        return part

    def _read_quantities(self, quantities):
        """Return ``quantities`` by line; the keys may be lines or their ids."""
        read = {}
        for key, quantity in (quantities or {}).items():
            line = self.filtered(lambda line, key=key: line.id == int(key))
            if line:
                read[line] = quantity
        return read

    def _check_at_most(self, quantity, most):
        unit = self.product_uom_id
        if unit.compare(quantity, 0) < 0 or unit.compare(quantity, most) > 0:
            raise UserError(
                self.env._(
                    "%(product)s: enter a quantity from 0 to %(most)g, not %(quantity)g.",
                    product=self.product_id.display_name,
                    most=max(0, most),
                    quantity=quantity,
                )
            )

    def _cut_to(self, quantity):
        """Order ``quantity`` instead, at the price that was planned."""
        self.ensure_one()
        if self.product_uom_id.compare(quantity, self.product_qty) == 0:
            return
        # The chain first: what a purchase receives beyond its chain is received without a use.
        self._get_chained_moves()._cut_to(quantity, self.product_uom_id)
        self.write({"product_qty": quantity, "price_unit": self.price_unit})

    def _get_chained_moves(self):
        """Return the open moves that bring what these lines buy on from the warehouse."""
        # sudo: the supplier whose answer cuts the order does not see the platform's transfers
        chosen = self.sudo().allocation_line_id
        if not chosen:
            return self.env["stock.move"]
        return chosen.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and not move.purchase_line_id
                and not move.origin_returned_move_id
            )
        )

    def _set_outcome(self, outcome):
        """Keep with each offer what came of it; who gave less than asked fell short."""
        for line in self:
            # sudo: the plan is the platform's, its outcome comes from what the supplier does
            chosen = line.sudo().allocation_line_id
            unit = line.product_uom_id
            is_short = unit.compare(line.accepted_qty, line.asked_qty or line.product_qty) < 0
            chosen.outcome = "partial" if outcome == "accepted" and is_short else outcome

    def _get_event_quantities(self):
        return [
            [line.product_id.id, line.product_qty, line.product_uom_id.id]
            for line in self
            if line._is_goods() and line.product_qty
        ]

    def _get_arrived_quantity(self):
        """Return what has ever arrived from the supplier; a return takes nothing back."""
        self.ensure_one()
        return sum(
            move.product_uom._compute_quantity(
                move.quantity, self.product_uom_id, rounding_method="HALF-UP"
            )
            for move in self.move_ids
            if move.state == "done" and move.location_id.usage == "supplier"
        )

    def _get_shipped_quantity(self):
        self.ensure_one()
        return sum(line.quantity for line in self.shipment_line_ids if line.state != "cancelled")

    def _has_arrived(self):
        return self.product_uom_id.compare(self._get_arrived_quantity(), self.product_qty) >= 0

    def _has_left(self):
        left = max(self._get_shipped_quantity(), self._get_arrived_quantity())
        return self.product_uom_id.compare(left, self.product_qty) >= 0

    def _receive(self, arrived, lots):
        """Fill the open drop-ship moves of ``arrived`` ({line: quantity}); return the moves.

        :param lots: {line: {lot name: quantity}}
        """
        moves = self.env["stock.move"]
        for line, quantity in arrived.items():
            open_moves = line.move_ids.filtered(
                lambda move: (
                    move.state not in ("done", "cancel")
                    and move.location_dest_id.usage == "customer"
                )
            )
            moves |= open_moves._fill(quantity, line.product_uom_id, lots.get(line))
        return moves
