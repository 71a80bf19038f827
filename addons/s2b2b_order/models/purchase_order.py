from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.s2b2b_supplier.models.purchase_order import PurchaseOrder as SupplierPurchaseOrder

from ..tools.fulfilment import Part

SUPPLIER_STATES = [
    ("pending", "To Answer"),
    ("proposed", "Other Date Proposed"),
    ("accepted", "Accepted"),
    ("partial", "Accepted in Part"),
    ("refused", "Refused"),
    ("preparing", "In Preparation"),
    ("shipped", "Shipped"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
]
ANSWERS = [
    ("pending", "To answer"),
    ("proposed", "Other date proposed"),
    ("accepted", "Accepted"),
    ("partial", "Accepted in part"),
    ("refused", "Refused"),
    ("timeout", "Not answered"),
    ("preparing", "In preparation"),
]
STAGES = {
    "accepted": "accepted",
    "partial": "accepted",
    "preparing": "preparing",
    "shipped": "shipped",
    "delivered": "delivered",
}
INTERNAL = "base.group_user"


class PurchaseOrder(models.Model):
    _inherit = ["purchase.order", "s2b2b.supplier.answer", "s2b2b.supplier.delivery"]
    _name = "purchase.order"
    _guarded_fields = {
        **SupplierPurchaseOrder._guarded_fields,
        "supplier_answer": None,
        "member_order_id": "base.group_system",
        "allocation_id": "base.group_system",
    }

    is_urgent = fields.Boolean("Urgent", readonly=True, copy=False)
    allocation_id = fields.Many2one(
        "s2b2b.allocation", readonly=True, copy=False, index="btree_not_null", groups=INTERNAL
    )
    member_order_id = fields.Many2one(
        "sale.order",
        "Member's Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=INTERNAL,
        help="The one sales order that this purchase order serves.",
    )
    is_allocated = fields.Boolean(compute="_compute_is_allocated", compute_sudo=True)
    supplier_answer = fields.Selection(ANSWERS, readonly=True, copy=False)
    supplier_state = fields.Selection(
        SUPPLIER_STATES,
        compute="_compute_supplier_state",
        store=True,
        copy=False,
        index="btree_not_null",
        help="How far the supplier is, whoever entered it. Empty: not allocated by us.",
    )
    sent_at = fields.Datetime("Sent to Supplier", readonly=True, copy=False)
    answered_at = fields.Datetime("Answered", readonly=True, copy=False)
    accept_deadline = fields.Datetime(readonly=True, copy=False)
    ship_deadline = fields.Datetime(readonly=True, copy=False)
    promised_date = fields.Date(readonly=True, copy=False, help="The day the supplier promises.")
    first_promised_date = fields.Date(
        "First Promise", readonly=True, copy=False, help="What was promised at acceptance."
    )
    refusal_reason = fields.Char(readonly=True, copy=False)
    shipment_ids = fields.One2many("s2b2b.shipment", "purchase_id", "Shipments", groups=INTERNAL)
    shipment_count = fields.Integer(compute="_compute_shipment_count", groups=INTERNAL)
    # Core gives these to the supplier's portal users, and with them the name of the member.
    origin = fields.Char(groups=INTERNAL)
    dest_address_id = fields.Many2one(groups=INTERNAL)

    def _auto_init(self):
        """Add the column of the computed state: orders that were there have none to compute."""
        self.env.cr.execute(
            "ALTER TABLE purchase_order ADD COLUMN IF NOT EXISTS supplier_state varchar"
        )
        return super()._auto_init()

    @api.depends(
        "state",
        "supplier_answer",
        "order_line.product_qty",
        "order_line.move_ids.state",
        "shipment_ids.state",
        "shipment_ids.line_ids.quantity",
    )
    def _compute_supplier_state(self):
        for order in self:
            order.supplier_state = order._get_supplier_state()

    @api.depends("member_order_id")
    def _compute_is_allocated(self):
        for order in self:
            order.is_allocated = bool(order.member_order_id)

    def _compute_shipment_count(self):
        for order in self:
            order.shipment_count = len(order.shipment_ids)

    def action_supplier_accept(self):
        """Accept on behalf of the supplier, as ordered."""
        self.check_access("write")
        return self._supplier_accept()

    def action_supplier_prepare(self):
        self.check_access("write")
        return self._supplier_prepare()

    def action_take_proposal(self):
        """Take the later date that the supplier has proposed."""
        self.check_access("write")
        return self._take_proposal()

    def action_decline_proposal(self):
        """Decline the later date: what was asked goes to other suppliers."""
        self.check_access("write")
        return self._decline_proposal()

    def action_send_to_supplier(self):
        """Approve an order that is above the limit, and send it."""
        self.check_access("write")
        for order in self:
            if order._needs_approval() and not order._approval_allowed():
                raise UserError(
                    self.env._("%(order)s is to be sent by a purchase manager.", order=order.name)
                )
        self._send(self)
        return True

    def action_view_shipments(self):
        self.ensure_one()
        return self.shipment_ids._get_records_action(name=self.env._("Shipments"))

    def _get_supplier_state(self):
        """Return how far the supplier is: its answer, overtaken by what shipped and arrived."""
        self.ensure_one()
        answer = self.supplier_answer
        if not answer:
            return False
        if self.state == "cancel":
            return "refused" if answer == "refused" else "cancelled"
        if self.state != "purchase":
            return answer
        lines = self.order_line.filtered(lambda line: line._is_goods())
        if lines and all(line._has_arrived() for line in lines):
            return "delivered"
        if lines and all(line._has_left() for line in lines):
            return "shipped"
        return "accepted" if answer in ("pending", "proposed") else answer

    def _get_part(self):
        """Return what this order is of the member's order, for its fulfilment state."""
        self.ensure_one()
        return Part(
            stage=STAGES.get(self.supplier_state, "pending"),
            is_shipped_partly=self._has_left(),
            is_delivered_partly=any(line._get_arrived_quantity() for line in self.order_line),
        )

    def _is_live(self):
        """Tell whether something may still come, or has come, from the supplier."""
        return self.state != "cancel"

    def _has_left(self):
        """Tell whether anything has left the supplier."""
        return any(
            line._get_shipped_quantity() or line._get_arrived_quantity() for line in self.order_line
        )

    def button_approve(self, force=False):
        """Confirming in core's way is accepting on behalf of the supplier."""
        res = super().button_approve(force=force)
        confirmed = self.filtered(lambda order: order.state == "purchase")
        confirmed._register_acceptance()
        return res

    def button_cancel(self):
        """What has arrived stays ordered, the rest is closed; nobody counts it twice."""
        begun = self.filtered(lambda order: order.is_allocated and order._has_arrived())
        begun._close_rest()
        rest = self - begun
        moves = rest.filtered(lambda order: order.is_allocated).order_line._get_chained_moves()
        res = super(PurchaseOrder, rest).button_cancel()
        moves.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
        rest._register_cancellation()
        return res

    def button_draft(self):
        """A cancelled order of an allocation stays cancelled: another one takes its place."""
        if any(order.is_allocated for order in self):
            raise UserError(
                self.env._("Allocate the sales order again: this order cannot be revived.")
            )
        return super().button_draft()

    def write(self, vals):
        res = super().write(vals)
        if "priority" in vals:
            open_pickings = self.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
            open_pickings.priority = vals["priority"]
        return res

    def _approval_allowed(self):
        """What was sent to the supplier had been approved before."""
        return super()._approval_allowed() or bool(self.sent_at)

    def _prepare_grouped_data(self, rfq):
        """Orders are merged for one sales order only, and never once a supplier has them."""
        key = (rfq.member_order_id.id, rfq.id if rfq.supplier_answer else False)
        return super()._prepare_grouped_data(rfq) + key

    def _prepare_picking(self):
        vals = super()._prepare_picking()
        if self.is_urgent:
            vals.update(is_urgent=True, priority="1")
        return vals

    def _carry_urgency(self, is_urgent):
        """Make these open orders, and their transfers, urgent or ordinary."""
        self.write({"is_urgent": is_urgent, "priority": "1" if is_urgent else "0"})
        self.picking_ids._carry_urgency(is_urgent)

    def _get_supplier_url(self):
        """Return where the supplier sees this order, after login."""
        return f"{self.get_base_url()}/web/login?redirect=/my/supplier/order/{self.id}"

    def _has_arrived(self):
        return any(line._get_arrived_quantity() for line in self.order_line)
