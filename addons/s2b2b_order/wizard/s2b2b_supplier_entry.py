from odoo import Command, api, fields, models


class SupplierEntry(models.TransientModel):
    """Staff enter on behalf of a supplier what it answers, ships or what has arrived from it."""

    _name = "s2b2b.supplier.entry"
    _description = "Entry on Behalf of a Supplier"

    purchase_id = fields.Many2one("purchase.order", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("accept", "Accept"),
            ("refuse", "Refuse"),
            ("ship", "Ship"),
            ("deliver", "Arrived"),
        ],
        required=True,
        readonly=True,
    )
    line_ids = fields.One2many(
        "s2b2b.supplier.entry.line",
        "entry_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    promised_date = fields.Date(help="Empty: as planned.")
    reason = fields.Char()
    carrier = fields.Char()
    tracking = fields.Char("Tracking Number")
    date = fields.Date(default=fields.Date.context_today)

    @api.depends("purchase_id", "kind")
    def _compute_line_ids(self):
        for entry in self:
            lines = entry.purchase_id.order_line.filtered(lambda line: line._is_goods())
            entry.line_ids = [
                Command.create({"purchase_line_id": line.id, "quantity": entry._get_rest(line)})
                for line in lines
            ]

    def _get_rest(self, line):
        """Return the quantity that is proposed for ``line``: all that is still to be entered."""
        done = {
            "ship": line._get_shipped_quantity(),
            "deliver": line._get_arrived_quantity(),
        }
        return line.product_qty - done.get(self.kind, 0.0)

    def action_enter(self):
        """Enter it; the purchase order does the same as when the supplier does it."""
        self.ensure_one()
        self.purchase_id.check_access("write")
        getattr(self, f"_enter_{self.kind}")()
        return {"type": "ir.actions.act_window_close"}

    def _get_quantities(self):
        return {line.purchase_line_id: line.quantity for line in self.line_ids}

    def _enter_accept(self):
        self.purchase_id._supplier_accept(self._get_quantities(), self.promised_date)

    def _enter_refuse(self):
        self.purchase_id._supplier_refuse(self.reason)

    def _enter_ship(self):
        self.purchase_id._supplier_ship(
            self._get_quantities(), self.carrier, self.tracking, self.date
        )

    def _enter_deliver(self):
        lots = {line.purchase_line_id: line._get_lots() for line in self.line_ids}
        self.purchase_id._supplier_deliver(self._get_quantities(), self.date, lots)


class SupplierEntryLine(models.TransientModel):
    """The quantity of one product in an entry on behalf of a supplier."""

    _name = "s2b2b.supplier.entry.line"
    _description = "Line of an Entry on Behalf of a Supplier"

    entry_id = fields.Many2one("s2b2b.supplier.entry", required=True, ondelete="cascade")
    purchase_line_id = fields.Many2one("purchase.order.line", required=True)
    product_id = fields.Many2one(related="purchase_line_id.product_id")
    product_uom_id = fields.Many2one(related="purchase_line_id.product_uom_id")
    ordered_qty = fields.Float(related="purchase_line_id.product_qty", string="Ordered")
    quantity = fields.Float(digits="Product Unit")
    lot = fields.Char("Lot or Serial Number")

    def _get_lots(self):
        return {self.lot: self.quantity} if self.lot else None
