from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

STEPS = ("allocated", "accepted", "preparing", "shipped", "delivered")
REACHED = {
    "none": 0,
    "allocated": 1,
    "exception": 1,
    "accepted": 2,
    "preparing": 3,
    "partly_shipped": 3,
    "shipped": 4,
    "partly_delivered": 4,
    "delivered": 5,
}
WAITING = ("draft", "sent")


class MemberView(models.AbstractModel):
    """What a member sees of its orders: values, never records of the other side.

    Callers have checked that the orders are the member's. No supplier, no cost and no margin is in
    what these methods return.
    """

    _name = "s2b2b.member.view"
    _description = "Orders as Members See Them"

    @api.model
    def _filter_domain(self, name):
        """Return the domain of a filter of the list; an unknown one counts as ``all``."""
        waiting = Domain("state", "in", WAITING)
        ended = (
            Domain("fulfilment_state", "=", "delivered")
            | Domain("state", "=", "cancel")
            | self._plain_ended_domain()
        )
        domains = {"waiting": waiting, "done": ended, "open": ~waiting & ~ended}
        return domains.get(name, Domain.TRUE)

    def _plain_ended_domain(self):
        """Return the orders without a type that are done with: nobody follows their fulfilment."""
        return Domain("order_type_id", "=", False) & (
            Domain("delivery_status", "=", "full") | Domain("invoice_status", "=", "invoiced")
        )

    @api.model
    def _get_filters(self):
        """Return {filter: label} in the order of the page."""
        return {
            "open": self.env._("Under way"),
            "waiting": self.env._("Waiting"),
            "done": self.env._("Finished"),
            "all": self.env._("All"),
        }

    @api.model
    def _get_counts(self, member):
        """Return {filter: number of orders of ``member``}."""
        own = self.env["s2b2b.portal.access"]._member_domain(member)
        orders = self.env["sale.order"]
        return {
            name: orders.search_count(own & self._filter_domain(name))
            for name in self._get_filters()
        }

    @api.model
    def _get_rows(self, orders):
        """Return the rows of a list of orders."""
        text = self.env["s2b2b.portal.text"]
        return [
            {
                "id": order.id,
                "name": order.name,
                "reference": order.client_order_ref or "",
                "ordered": text._day(order.date_order),
                "contact": order.s2b2b_contact_id.name or "",
                "is_urgent": order.is_urgent,
                "type": order.order_type_id.name or "",
                "state": self._get_state(order),
                "expected": text._day(self._get_expected(order)),
                "lines": len(order.order_line.filtered(lambda line: line._is_goods())),
                "total": order.amount_total,
                "currency": order.currency_id,
            }
            for order in orders
        ]

    @api.model
    def _get_page(self, order):
        """Return everything the page of an order shows."""
        text = self.env["s2b2b.portal.text"]
        access = self.env["s2b2b.portal.access"]
        waits = order.state in WAITING
        return {
            **self._get_rows(order)[0],
            "wanted": text._day(order._get_asked_date()),
            "address": text._address(order.partner_shipping_id),
            "waiting": self._get_waiting(order) if waits else "",
            "may_approve": waits
            and order.hold_reason == "member_approval"
            and access._may_as_member("approve"),
            "may_receive": access._may_as_member("receive"),
            "notice": self._get_notice(order),
            "steps": self._get_steps(order),
            "order_lines": self._get_lines(order),
            "shipments": self._get_shipments(order),
            "events": self._get_events(order),
            "untaxed": order.amount_untaxed,
            "tax": order.amount_tax,
            "document": f"/my/orders/{order.id}" if order.state == "sale" else "",
        }

    def _get_state(self, order):
        if order.state == "cancel":
            return {"key": "cancelled", "label": self.env._("Cancelled"), "tone": "secondary"}
        if order.state in WAITING:
            return {"key": "waiting", "label": self.env._("Waiting"), "tone": "warning"}
        state = self.env["s2b2b.portal.text"]._state(order, "fulfilment_state")
        if order.filtered_domain(self._plain_ended_domain()):
            return {"key": "finished", "label": self.env._("Finished"), "tone": "success"}
        if state["key"] == "none":
            return {**state, "label": self.env._("Confirmed"), "tone": "info"}
        return state

    def _get_waiting(self, order):
        """Return why the order is not confirmed, and what can be done about it."""
        company = order.company_id.currency_id
        missing = formatLang(self.env, order.hold_amount, currency_obj=company)
        texts = {
            "credit": self.env._(
                "Your credit falls short by %(amount)s. Pay open invoices or this order ahead, or "
                "ask for more credit; it is confirmed as soon as your credit carries it.",
                amount=missing,
            ),
            "overdue": self.env._(
                "Invoices over %(amount)s are overdue. The order is confirmed once they are paid.",
                amount=missing,
            ),
            "member_approval": self.env._(
                "The order is above the limit of the person who placed it: an approver of your "
                "company has to agree."
            ),
        }
        return texts.get(
            order.hold_reason, self.env._("We look at the order and confirm it shortly.")
        )

    def _get_notice(self, order):
        """Return what the member should know, beyond the state."""
        if order.state == "sale" and order.fulfilment_state == "exception":
            return self.env._(
                "Part of the order is not available at present. We are looking for other sources "
                "and keep you posted here."
            )
        return ""

    def _get_expected(self, order):
        """Return the day by which everything that is still to come is promised, or None."""
        open_purchases = order.supplier_order_ids.filtered(
            lambda p: p._is_live() and p.supplier_state != "delivered"
        )
        days = [p.promised_date or p._get_planned_date() for p in open_purchases if p.date_planned]
        return max(days, default=None)

    def _get_steps(self, order):
        """Return the steps of the order: label, day it was reached first, done or under way."""
        labels = {
            "allocated": self.env._("Placed"),
            "accepted": self.env._("Accepted"),
            "preparing": self.env._("Preparing"),
            "shipped": self.env._("Shipped"),
            "delivered": self.env._("Delivered"),
        }
        if order.state != "sale" or not order.order_type_id:
            return []
        reached = REACHED.get(order.fulfilment_state, 0)
        first = {event.kind: event.date for event in order.event_ids.sorted("date", reverse=True)}
        first.setdefault("accepted", first.get("partial"))
        text = self.env["s2b2b.portal.text"]
        return [
            {
                "key": step,
                "label": labels[step],
                "day": text._day(first.get(step)) if number <= reached + 1 else "",
                "is_done": number <= reached,
                "is_current": number == reached + 1,
            }
            for number, step in enumerate(STEPS, start=1)
        ]

    def _get_lines(self, order):
        lines = order.order_line.filtered(lambda line: not line.display_type)
        progress = self._get_progress(order)
        text = self.env["s2b2b.portal.text"]
        return [
            {
                "product_id": line.product_id.id,
                "code": line.product_id.default_code or "",
                "name": line.product_id.name or line.name,
                "unit": line.product_uom_id.name,
                "ordered": text._quantity(line.product_uom_qty),
                "accepted": self._get_done(line, progress["accepted"]),
                "shipped": self._get_done(line, progress["shipped"]),
                "delivered": text._quantity(line._get_sent_quantity()),
                "is_goods": line._is_goods(),
                "percent": self._get_percent(line),
                "price": text._price(self._get_net_price(line), order.currency_id),
                "subtotal": line.price_subtotal,
            }
            for line in lines
        ]

    def _get_net_price(self, line):
        return line.price_unit * (1 - line.discount / 100)

    def _get_done(self, line, quantities):
        return self.env["s2b2b.portal.text"]._quantity(quantities.get(line, 0.0))

    def _get_percent(self, line):
        share = line._get_sent_quantity() / line.product_uom_qty if line.product_uom_qty else 0
        return round(100 * min(1, max(0, share)))

    def _get_progress(self, order):
        """Return {"accepted": {sale line: quantity}, "shipped": ...} in the sale lines' units."""
        progress = {"accepted": {}, "shipped": {}}
        for bought in order.supplier_order_ids.order_line:
            line = bought.allocation_line_id.sale_line_id
            if not line or bought.order_id.state != "purchase":
                continue
            for name, quantity in (
                ("accepted", bought.product_qty),
                ("shipped", bought._get_shipped_quantity()),
            ):
                own = bought.product_uom_id._compute_quantity(quantity, line.product_uom_id)
                progress[name][line] = progress[name].get(line, 0.0) + own
        return progress

    def _get_shipments(self, order):
        shipments = order.shipment_ids.filtered(lambda s: s.state != "cancelled").sorted("id")
        return [
            self._get_shipment(shipment, number)
            for number, shipment in enumerate(shipments, start=1)
        ]

    def _get_shipment(self, shipment, number):
        """Return a parcel for the page; whose it is stays with us."""
        text = self.env["s2b2b.portal.text"]
        is_direct = shipment.purchase_id.picking_type_id.code == "dropship"
        return {
            "id": shipment.id,
            "name": shipment.name,
            "number": number,
            "state": shipment.state,
            "carrier": shipment.carrier or "",
            "tracking": shipment.tracking or "",
            "tracking_url": shipment.tracking_url or "",
            "shipped": text._day(shipment.shipped_at),
            "announced": text._day(shipment.announced_at),
            "arrived": text._day(shipment.arrived_at),
            "is_confirmable": is_direct and shipment.state == "shipped",
            "contents": [
                {
                    "product_id": line.product_id.id,
                    "name": line.product_id.name,
                    "quantity": text._quantity(line.quantity),
                    "unit": line.product_uom_id.name,
                }
                for line in shipment.line_ids
            ],
        }

    def _get_events(self, order):
        text = self.env["s2b2b.portal.text"]
        return [
            {"kind": event.kind, "text": event.text, "moment": text._moment(event.date)}
            for event in order.event_ids
            if event._is_for_member()
        ]

    @api.model
    def _confirm_receipt(self, order, shipment_ids):
        """The member says that parcels of ``order`` have arrived; said before: nothing changes."""
        shipments = order.shipment_ids.filtered(lambda s: s.id in shipment_ids)
        for shipment in shipments.filtered(lambda s: s.state == "shipped"):
            contents = {line.purchase_line_id: line.quantity for line in shipment.line_ids}
            shipment.purchase_id._supplier_deliver(contents, fields.Date.context_today(self))
