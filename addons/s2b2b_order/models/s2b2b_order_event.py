from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

KINDS = [
    ("confirmed", "Confirmed"),
    ("allocated", "Placed with suppliers"),
    ("asked", "Supplier asked"),
    ("offered", "Other date proposed"),
    ("accepted", "Accepted"),
    ("partial", "Accepted in part"),
    ("refused", "Refused"),
    ("timeout", "Not answered"),
    ("preparing", "In preparation"),
    ("shipped", "Shipped"),
    ("delivered", "Delivered"),
    ("withdrawn", "Supplier order cancelled"),
    ("rearranged", "Supplier dropped out"),
    ("shortage", "Shortage"),
    ("delay", "Delay"),
    ("changed", "Changed"),
    ("cancelled", "Cancelled"),
]
FOR_MEMBER = (
    "confirmed",
    "allocated",
    "accepted",
    "partial",
    "preparing",
    "shipped",
    "delivered",
    "rearranged",
    "shortage",
    "delay",
    "changed",
    "cancelled",
)
FOR_SUPPLIER = (
    "asked",
    "offered",
    "accepted",
    "partial",
    "refused",
    "timeout",
    "preparing",
    "shipped",
    "delivered",
    "withdrawn",
)
NAMED_GOODS = 3


class OrderEvent(models.Model):
    """Something that happened to an order: the timeline that staff, member and supplier read.

    ``text`` is for everybody it concerns: no names, no prices. It is put together from the kind
    and the data when it is read, in the reader's language. ``note`` is for staff.
    """

    _name = "s2b2b.order.event"
    _description = "Order Event"
    _order = "date desc, id desc"
    _rec_name = "kind"

    order_id = fields.Many2one(
        "sale.order", "Sales Order", required=True, index=True, ondelete="cascade"
    )
    purchase_id = fields.Many2one(
        "purchase.order", "Purchase Order", index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, index=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    data = fields.Json()
    text = fields.Char(compute="_compute_text", compute_sudo=True)
    note = fields.Char(compute="_compute_text", compute_sudo=True)

    @api.depends("kind", "data", "purchase_id.partner_id")
    @api.depends_context("lang")
    def _compute_text(self):
        for event in self:
            event.text = event._get_text()
            event.note = event._get_note()

    # There is no super() to call: nothing is ever written.
    def write(self, vals):  # pylint: disable=method-required-super
        """The timeline is only added to."""
        raise UserError(self.env._("What has happened cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What has happened cannot be deleted."))

    @api.model
    def _log(self, kind, orders, purchase=None, **data):
        """Add an event to each of ``orders``, tell the parties and push it to their pages."""
        return self._log_batch(
            [
                {
                    "order_id": order.id,
                    "purchase_id": purchase.id if purchase else False,
                    "kind": kind,
                    "data": data,
                }
                for order in orders
            ]
        )

    @api.model
    def _log_batch(self, vals_list):
        # sudo: the timeline is written by what happens, not by who may write it
        events = self.sudo().create(vals_list)
        events._push()
        for event in events:
            event.order_id._notify_parties(event)
        return events

    def _is_for_member(self):
        return self.kind in FOR_MEMBER

    def _is_for_supplier(self):
        return self.kind in FOR_SUPPLIER and bool(self.purchase_id)

    def _push(self):
        """Tell the open pages of the parties: ids and states only, to partners and never to a
        channel that anybody could name."""
        parties = self.order_id.partner_id | self.purchase_id.partner_id
        users = parties._get_portal_users()
        for event in self:
            for party, payload in event._prepare_payloads():
                listening = users.filtered(
                    lambda user, party=party: user.commercial_partner_id == party
                )
                listening.partner_id._bus_send("s2b2b.order_status", payload)

    def _prepare_payloads(self):
        """Return [(commercial partner, payload)] for member and supplier, as it concerns them."""
        payloads, order, purchase = [], self.order_id, self.purchase_id
        if self._is_for_member():
            payload = {"order_id": order.id, "fulfilment_state": order.fulfilment_state}
            payloads.append((order.partner_id.commercial_partner_id, payload))
        if self._is_for_supplier():
            payload = {"purchase_id": purchase.id, "supplier_state": purchase.supplier_state}
            payloads.append((purchase.partner_id.commercial_partner_id, payload))
        return [(party, {**payload, "kind": self.kind}) for party, payload in payloads]

    def _get_text(self):
        """Return what happened without names and prices."""
        goods = self._get_goods()
        texts = {
            "confirmed": self.env._("The order is confirmed."),
            "allocated": self.env._("The order is placed with suppliers."),
            "asked": self.env._("To supply: %(goods)s", goods=goods),
            "offered": self.env._("Another date is proposed: %(date)s", date=self._get_date()),
            "accepted": self.env._("Accepted: %(goods)s", goods=goods),
            "partial": self.env._(
                "Accepted in part: %(goods)s. The rest is asked elsewhere.", goods=goods
            ),
            "refused": self.env._("Not accepted; it is asked elsewhere."),
            "timeout": self.env._("Not answered in time; it is asked elsewhere."),
            "preparing": self.env._("The goods are being prepared."),
            "shipped": self.env._(
                "Shipped: %(goods)s%(parcel)s", goods=goods, parcel=self._get_parcel()
            ),
            "delivered": self.env._("Delivered: %(goods)s", goods=goods),
            "withdrawn": self.env._("What was not delivered is cancelled."),
            "rearranged": self.env._(
                "Part of the order cannot come as planned; we are arranging it anew."
            ),
            "shortage": self.env._("Not available at present: %(goods)s", goods=goods),
            "delay": self.env._("Expected on %(date)s, later than wanted.", date=self._get_date()),
            "changed": self.env._("The order is changed."),
            "cancelled": self.env._("The order is cancelled."),
        }
        return texts[self.kind]

    def _get_note(self):
        """Return what staff see besides: which supplier, and its reason."""
        supplier = self.purchase_id.partner_id.display_name
        reason = (self.data or {}).get("reason")
        return ": ".join(part for part in (supplier, reason) if part)

    def _get_goods(self):
        """Return the quantities of the event, the first products by name."""
        quantities = (self.data or {}).get("quantities", [])
        named = []
        for product_id, quantity, unit_id in quantities[:NAMED_GOODS]:
            product = self.env["product.product"].browse(product_id).exists()
            unit = self.env["uom.uom"].browse(unit_id).exists()
            named.append(f"{quantity:g} {unit.name} {product.name}")
        if len(quantities) > NAMED_GOODS:
            named.append(self.env._("%(count)s more", count=len(quantities) - NAMED_GOODS))
        return ", ".join(named)

    def _get_parcel(self):
        data = self.data or {}
        parcel = " ".join(part for part in (data.get("carrier"), data.get("tracking")) if part)
        return f" ({parcel})" if parcel else ""

    def _get_date(self):
        return format_date(self.env, (self.data or {}).get("date"))
