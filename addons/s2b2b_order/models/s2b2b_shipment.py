from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.parcels import tracking_page


class Shipment(models.Model):
    """A parcel that a supplier has sent."""

    _name = "s2b2b.shipment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Shipment"
    _order = "shipped_at desc, id desc"

    name = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: self.env._("New")
    )
    purchase_id = fields.Many2one(
        "purchase.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "sale.order", "Sales Order", readonly=True, index="btree_not_null", groups="base.group_user"
    )
    partner_id = fields.Many2one(related="purchase_id.partner_id", string="Supplier", store=True)
    company_id = fields.Many2one(related="purchase_id.company_id", store=True, index=True)
    is_urgent = fields.Boolean(related="purchase_id.is_urgent", store=True)
    state = fields.Selection(
        [("shipped", "On Its Way"), ("arrived", "Arrived"), ("cancelled", "Cancelled")],
        default="shipped",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
        copy=False,
    )
    shipped_at = fields.Datetime(required=True, readonly=True, tracking=True)
    announced_at = fields.Date("Announced For", tracking=True)
    arrived_at = fields.Datetime(readonly=True, tracking=True, copy=False)
    carrier = fields.Char(tracking=True)
    tracking = fields.Char("Tracking Number", tracking=True, index="btree_not_null")
    tracking_url = fields.Char(
        "Tracking Page", compute="_compute_tracking_url", store=True, readonly=False
    )
    line_ids = fields.One2many("s2b2b.shipment.line", "shipment_id", "Contents", copy=True)

    @api.depends("carrier", "tracking")
    def _compute_tracking_url(self):
        for shipment in self:
            page = tracking_page(shipment.carrier or "", shipment.tracking or "")
            shipment.tracking_url = page or shipment.tracking_url

    @api.constrains("tracking_url")
    def _check_tracking_url(self):
        for shipment in self:
            if shipment.tracking_url and not shipment.tracking_url.startswith("https://"):
                raise UserError(self.env._("The tracking page begins with https://."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("name"):
                vals["name"] = self.env["ir.sequence"].next_by_code("s2b2b.shipment")
        return super().create(vals_list)

    def action_cancel(self):
        """Take back a shipment that was entered by mistake."""
        self.check_access("write")
        if any(shipment.state == "arrived" for shipment in self):
            raise UserError(self.env._("What has arrived cannot be cancelled."))
        self.state = "cancelled"
        return True

    @api.model
    def _ship(self, order, parcel, carrier, tracking, shipped_at):
        """Create the shipment of ``parcel`` ({purchase line: quantity}) of ``order``."""
        vals = self._prepare_shipment_vals(order, parcel)
        # sudo: the supplier, or staff on its behalf, ship by the verb of the order only
        shipment = self.sudo().create(
            {**vals, "carrier": carrier, "tracking": tracking, "shipped_at": shipped_at}
        )
        return shipment.sudo(self.env.su)

    def _prepare_shipment_vals(self, order, parcel):
        return {
            "purchase_id": order.id,
            # sudo: the supplier does not see which order of whom it serves
            "order_id": order.sudo().member_order_id.id,
            "announced_at": order.promised_date,
            "line_ids": [
                fields.Command.create({"purchase_line_id": line.id, "quantity": quantity})
                for line, quantity in parcel.items()
            ],
        }

    def _check_same_contents(self, quantities):
        """Refuse another parcel under a tracking number that these shipments have already.

        :param quantities: {purchase line: quantity}; empty: whatever is in them
        """
        for line, quantity in quantities.items():
            sent = self.line_ids.filtered(lambda sent, line=line: sent.purchase_line_id == line)
            if line.product_uom_id.compare(sum(sent.mapped("quantity")), quantity) != 0:
                raise UserError(
                    self.env._(
                        "Tracking number %(number)s is that of another shipment.",
                        number=self[:1].tracking,
                    )
                )

    @api.model
    def _arrive(self, order):
        """Mark the shipments of ``order`` that are covered by what has arrived, oldest first."""
        # sudo: shipments follow the transfers, whoever validates them
        shipments = order.sudo().shipment_ids
        left = {line: line._get_arrived_quantity() for line in order.order_line}
        for shipment in shipments.sorted("id").filtered(lambda s: s.state != "cancelled"):
            covered = True
            for line in shipment.line_ids:
                unit = line.purchase_line_id.product_uom_id
                left[line.purchase_line_id] -= line.quantity
                covered &= unit.compare(left[line.purchase_line_id], 0) >= 0
            if covered and shipment.state == "shipped":
                shipment.write({"state": "arrived", "arrived_at": order._get_last_arrival()})


class ShipmentLine(models.Model):
    """What of a purchase order line is in a parcel."""

    _name = "s2b2b.shipment.line"
    _description = "Shipment Line"

    shipment_id = fields.Many2one(
        "s2b2b.shipment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="shipment_id.company_id", store=True)
    state = fields.Selection(related="shipment_id.state", store=True)
    purchase_line_id = fields.Many2one(
        "purchase.order.line", required=True, readonly=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="purchase_line_id.product_id", store=True)
    product_uom_id = fields.Many2one(related="purchase_line_id.product_uom_id")
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    lots = fields.Char("Lots or Serial Numbers")

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "A shipment holds more than 0 of each product."
    )
