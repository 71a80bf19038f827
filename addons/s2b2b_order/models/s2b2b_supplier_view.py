from odoo import api, fields, models
from odoo.fields import Domain

TO_ANSWER = ("pending", "proposed")
TO_SHIP = ("accepted", "partial", "preparing")
STATES = {
    "answer": TO_ANSWER,
    "ship": TO_SHIP,
    "way": ("shipped",),
    "done": ("delivered", "refused", "cancelled"),
}
CARRIERS = ("DHL", "DPD", "FedEx", "GLS", "Royal Mail", "SF Express", "UPS", "USPS")


class SupplierView(models.AbstractModel):
    """What a supplier sees of the orders sent to it: values, never the member's records.

    Callers have checked that the orders are the supplier's. Of the member nothing is in it but the
    address the goods go to; no selling price, and nothing of what others offered.
    """

    _name = "s2b2b.supplier.view"
    _description = "Orders as Suppliers See Them"

    @api.model
    def _filter_domain(self, name):
        """Return the domain of a filter of the list; an unknown one counts as ``all``."""
        return Domain("supplier_state", "in", STATES[name]) if name in STATES else Domain.TRUE

    @api.model
    def _get_filters(self):
        """Return {filter: label} in the order of the page."""
        return {
            "answer": self.env._("To answer"),
            "ship": self.env._("To ship"),
            "way": self.env._("On the way"),
            "done": self.env._("Finished"),
            "all": self.env._("All"),
        }

    @api.model
    def _get_counts(self, supplier):
        """Return {filter: number of orders of ``supplier``}, in one query."""
        own = self.env["s2b2b.portal.access"]._supplier_domain(supplier)
        groups = self.env["purchase.order"]._read_group(own, ["supplier_state"], ["__count"])
        counts = dict(groups)
        totals = {
            name: sum(counts.get(state, 0) for state in states) for name, states in STATES.items()
        }
        return {**totals, "all": sum(counts.values())}

    @api.model
    def _get_rows(self, purchases):
        """Return the rows of a list of orders."""
        text = self.env["s2b2b.portal.text"]
        return [
            {
                "id": purchase.id,
                "name": purchase.name,
                "is_urgent": purchase.is_urgent,
                "state": text._state(purchase, "supplier_state"),
                "sent": text._day(purchase.sent_at),
                "deadline": self._get_deadline(purchase),
                "planned": text._day(purchase.promised_date or self._get_planned(purchase)),
                "lines": len(purchase.order_line.filtered(lambda line: line._is_goods())),
                "place": self._get_place(purchase),
                "total": purchase.amount_untaxed,
                "currency": purchase.currency_id,
            }
            for purchase in purchases
        ]

    @api.model
    def _get_page(self, purchase):
        """Return everything the page of an order shows."""
        text, access = self.env["s2b2b.portal.text"], self.env["s2b2b.portal.access"]
        may_answer = access._may_as_supplier("answer")
        state = purchase.supplier_state
        planned, today = self._get_planned(purchase), fields.Date.context_today(self)
        return {
            **self._get_rows(purchase)[0],
            "address": self._get_address(purchase),
            "wanted": text._day(planned),
            "promise": max(planned or today, today).isoformat(),
            "promised": text._day(purchase.promised_date),
            "refusal_reason": purchase.refusal_reason or "",
            "order_lines": self._get_lines(purchase),
            "shipments": self._get_shipments(purchase),
            "events": self._get_events(purchase),
            "may_answer": may_answer and state == "pending",
            "may_refuse": may_answer and state in TO_ANSWER,
            "may_prepare": may_answer and state in ("accepted", "partial"),
            "may_ship": may_answer and state in TO_SHIP,
            "is_viewer": not may_answer,
            "carriers": CARRIERS,
            "today": today.isoformat(),
        }

    def _get_planned(self, purchase):
        return purchase._get_planned_date() if purchase.date_planned else None

    def _get_deadline(self, purchase):
        """Return the deadline that runs now: to answer, then to ship."""
        text, state = self.env["s2b2b.portal.text"], purchase.supplier_state
        if state == "pending" and purchase.accept_deadline:
            return {**text._moment(purchase.accept_deadline), "kind": "answer"}
        if state in TO_SHIP and purchase.ship_deadline:
            return {**text._moment(purchase.ship_deadline), "kind": "ship"}
        return None

    def _get_target(self, purchase):
        """Return the partner the goods go to: the drop-ship address or the platform's warehouse."""
        warehouse = purchase.picking_type_id.warehouse_id
        return purchase.dest_address_id or warehouse.partner_id or purchase.company_id.partner_id

    def _get_address(self, purchase):
        return self.env["s2b2b.portal.text"]._address(self._get_target(purchase))

    def _get_place(self, purchase):
        """Return town and country for the list."""
        target = self._get_target(purchase)
        return ", ".join(part for part in (target.city, target.country_id.name) if part)

    def _get_lines(self, purchase):
        lines = purchase.order_line.filtered(lambda line: not line.display_type)
        return [self._get_line(line) for line in lines]

    def _get_line(self, line):
        text = self.env["s2b2b.portal.text"]
        quantity = text._quantity
        shipped = line._get_shipped_quantity()
        asked = line.asked_qty or line.product_qty
        seller = line.allocation_line_id.seller_id
        return {
            "id": line.id,
            "code": seller.product_code or line.product_id.default_code or "",
            "barcode": line.product_id.barcode or "",
            "name": seller.product_name or line.product_id.name or line.name,
            "unit": line.product_uom_id.name,
            "asked": quantity(asked),
            "ordered": quantity(line.product_qty),
            "shipped": quantity(shipped),
            "rest": quantity(max(0.0, line.product_qty - shipped)),
            "has_rest": line.product_uom_id.compare(line.product_qty, shipped) > 0,
            "is_cut": line.product_uom_id.compare(line.product_qty, asked) < 0,
            "is_goods": line._is_goods(),
            "price": text._price(line.price_unit_discounted, line.currency_id),
            "subtotal": line.price_subtotal,
        }

    def _get_shipments(self, purchase):
        text = self.env["s2b2b.portal.text"]
        return [
            {
                "id": shipment.id,
                "name": shipment.name,
                "state": shipment.state,
                "carrier": shipment.carrier or "",
                "tracking": shipment.tracking or "",
                "tracking_url": shipment.tracking_url or "",
                "shipped": text._day(shipment.shipped_at),
                "arrived": text._day(shipment.arrived_at),
                "contents": [
                    {
                        "line_id": line.purchase_line_id.id,
                        "name": line.product_id.name,
                        "quantity": text._quantity(line.quantity),
                        "unit": line.product_uom_id.name,
                    }
                    for line in shipment.line_ids
                ],
            }
            for shipment in purchase.shipment_ids.sorted("id")
            if shipment.state != "cancelled"
        ]

    def _get_events(self, purchase):
        text, kinds = self.env["s2b2b.portal.text"], self.env["s2b2b.order.event"]
        events = kinds.search([("purchase_id", "=", purchase.id)])
        return [
            {"kind": event.kind, "text": event.text, "moment": text._moment(event.date)}
            for event in events
            if event._is_for_supplier()
        ]
