from datetime import date, datetime

from odoo import fields, models
from odoo.exceptions import UserError

ACCEPTED = ("accepted", "partial", "preparing")


class SupplierDelivery(models.AbstractModel):
    """What becomes of an accepted order until its goods arrive; see ``s2b2b.supplier.answer``."""

    _name = "s2b2b.supplier.delivery"
    _description = "Delivery of a Supplier"

    def _supplier_prepare(self):
        """The supplier has begun to prepare the goods of these orders."""
        for order in self.sorted("id"):
            order._lock_for_supplier()
            if order.supplier_answer != "preparing":
                order._check_supplier_state("accepted", "partial")
                order._write_guarded({"supplier_answer": "preparing"})
                order._log_event("preparing")
        return True

    def _supplier_ship(self, quantities=None, carrier=None, tracking=None, date=None):
        """Ship what is left of these orders, or some of it, as one parcel an order.

        The same parcel again (an order with nothing left, or a tracking number it has already)
        makes no second shipment.

        :param quantities: {purchase line: quantity}; None: all that is accepted and not shipped
        :param date: when it left, not in the future, nor (where the supplier says so itself)
            before it accepted the order; None: now
        :return: the shipments
        """
        shipments = self.env["s2b2b.shipment"]
        for order in self.sorted("id"):
            order._lock_for_supplier()
            left_at = order._get_departure(date)
            known = order._find_same_shipment(quantities, tracking)
            if known:
                shipments |= known
                continue
            order._check_supplier_state(*ACCEPTED)
            parcel = order.order_line._check_shipped(quantities)
            shipments |= shipments._ship(order, parcel, carrier, tracking, left_at)
            order._log_event(
                "shipped",
                quantities=[[p.product_id.id, q, p.product_uom_id.id] for p, q in parcel.items()],
                carrier=carrier or "",
                tracking=tracking or "",
            )
        return shipments

    def _find_same_shipment(self, quantities, tracking):
        """Return the shipments that the same call has made before."""
        self.ensure_one()
        shipped = self.shipment_ids.filtered(lambda shipment: shipment.state != "cancelled")
        if tracking and (same := shipped.filtered(lambda s: s.tracking == tracking)):
            same._check_same_contents(self.order_line._read_quantities(quantities))
            return same
        is_over = quantities is None and self.supplier_state in ("shipped", "delivered")
        return shipped if is_over else shipped.browse()

    def _supplier_deliver(self, quantities=None, date=None, lots=None):
        """The goods of these drop-ship orders have arrived: their transfers are validated.

        What has arrived by the stated day is done, the rest stays as a backorder. With nothing
        left to arrive nothing changes. Not the supplier's to call.

        :param quantities: {purchase line: quantity}; None: all that has not arrived
        :param date: the day it arrived, not in the future; None: today
        :param lots: {purchase line: {lot name: quantity}} for tracked products
        """
        for order in self.sorted("id"):
            order._lock_for_supplier()
            order._check_drop_shipped()
            day = order._get_day(order._get_moment(date))
            arrived = order.order_line._check_delivered(quantities)
            if arrived:
                order._check_supplier_state(*ACCEPTED, "shipped")
                moves = order.order_line._receive(arrived, lots or {})
                moves.picking_id._validate_arrived(moves, day)
        return True

    def _check_drop_shipped(self):
        if self.picking_type_id.code != "dropship":
            raise UserError(self.env._("%(order)s is received in the warehouse.", order=self.name))

    def _get_moment(self, day):
        """Return ``day`` (a date, its noon in the company's time zone; or a datetime) in UTC."""
        now = fields.Datetime.now()
        if not day:
            return now
        if isinstance(day, str):
            day = fields.Datetime.to_datetime(day) if len(day) > 10 else fields.Date.to_date(day)
        if isinstance(day, date) and not isinstance(day, datetime):
            today = self._get_day(now)
            # sudo: the time zone is the company's, whoever enters the day
            day = min(now, self.sudo().member_order_id._get_noon(day)) if day <= today else None
        if day is None or day > now:
            raise UserError(self.env._("A day in the future cannot be entered."))
        return day

    def _get_departure(self, day):
        """Return when a parcel left, in UTC: not before the supplier accepted the order.

        It is measured by that day. Staff may enter what the papers of an order say that was
        accepted by telephone.
        """
        moment = self._get_moment(day)
        accepted = self.answered_at
        if self.env.user._is_internal() or not accepted or moment >= accepted:
            return moment
        if self._get_day(moment) < self._get_day(accepted):
            raise UserError(self.env._("It cannot have left before the order was accepted."))
        return accepted

    def _get_day(self, moment):
        """Return the day of ``moment`` in the company's time zone."""
        zone = self.company_id.partner_id.tz or "UTC"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), moment).date()

    def _close_rest(self):
        """Close what has not arrived of these orders: what has arrived is all that was ordered."""
        for order in self:
            if order.locked:
                raise UserError(self.env._("Unlock %(order)s first.", order=order.name))
            for line in order.order_line.filtered(lambda line: line._is_goods()):
                line._cut_to(line._get_arrived_quantity())
            order.order_line._set_outcome("cancelled")
            order._log_event("withdrawn")
            # sudo: what is missing is the platform's to know
            self.env["s2b2b.order.alert"].sudo()._check_missing(order.sudo().member_order_id)

    def _get_last_arrival(self):
        """Return when the last goods have arrived, as stated."""
        arrived = self.order_line.move_ids.filtered(
            lambda move: move.state == "done" and move.location_id.usage == "supplier"
        )
        return max(arrived.mapped("date"), default=False)

    def _register_arrival(self, moves):
        """Tell who waits for them that ``moves`` of these orders have arrived."""
        for order in self.filtered(lambda order: order.is_allocated):
            mine = moves & order.order_line.move_ids
            self.env["s2b2b.shipment"]._arrive(order)
            order._log_event(
                "delivered",
                quantities=[[m.product_id.id, m.quantity, m.product_uom.id] for m in mine],
            )
