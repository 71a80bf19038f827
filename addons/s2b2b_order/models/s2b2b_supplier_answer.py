from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN = ("pending", "proposed")


class SupplierAnswer(models.AbstractModel):
    """What a supplier answers to an order: the verbs that portal, API, crons and staff call.

    ``purchase.order`` has the fields. The verbs are private: whoever calls them has checked who
    may. Each locks the order first, and doing the same twice changes nothing.
    """

    _name = "s2b2b.supplier.answer"
    _description = "Answer of a Supplier"

    def _supplier_accept(self, quantities=None, promised_date=None):
        """Accept these orders, in part where a quantity is less than ordered.

        What is not accepted is allocated to others. A date later than planned by more than the
        tolerance is a proposal, which staff take or decline.

        :param quantities: {purchase line: quantity}; a line that is not there is accepted whole
        :param promised_date: the day the goods arrive; without one, the planned day is promised
        """
        for order in self.sorted("id"):
            order._lock_for_supplier()
            answer = order.order_line._check_answer(quantities)
            if order.supplier_answer not in OPEN:
                order._check_same_answer(answer, promised_date)
            elif order._is_too_late(promised_date):
                order._offer_date(answer, promised_date)
            else:
                order._take_answer(answer, promised_date)
        return True

    def _supplier_refuse(self, reason):
        """Refuse these orders: they are cancelled, and others are asked."""
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason: it is kept with the order."))
        for order in self.sorted("id"):
            order._lock_for_supplier()
            if order.supplier_state != "refused":
                order._check_supplier_state(*OPEN)
                order._withdraw("refused", reason.strip())
        return True

    def _lock_for_supplier(self):
        """Make whoever answers, ships or delivers at the same moment wait or fail."""
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset()

    def _check_supplier_state(self, *states):
        self.ensure_one()
        if self.supplier_state not in states:
            labels = dict(self._fields["supplier_state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(order)s is “%(state)s”: this is not possible now.",
                    order=self.name,
                    state=labels.get(self.supplier_state, self.env._("not sent")),
                )
            )

    def _check_same_answer(self, answer, promised_date):
        """An answer once given stands: the same again is fine, another one is not."""
        promised_date = fields.Date.to_date(promised_date)
        same = all(
            line.product_uom_id.compare(line.accepted_qty, quantity) == 0
            for line, quantity in answer.items()
        )
        if not same or (promised_date and promised_date != self.promised_date):
            self._check_supplier_state(*OPEN)
        self._check_supplier_state("accepted", "partial", "preparing", "shipped", "delivered")

    def _is_too_late(self, promised_date):
        promised_date = fields.Date.to_date(promised_date)
        if not promised_date:
            return False
        # sudo: the tolerance is the platform's, the supplier need not know it
        order_type = self.sudo().member_order_id.order_type_id
        return (promised_date - self._get_planned_date()).days > order_type.date_tolerance

    def _get_planned_date(self):
        """Return the day the goods were asked for, in the company's time zone."""
        return self._get_day(self.date_planned)

    def _offer_date(self, answer, promised_date):
        """Keep the answer until staff have taken or declined its date."""
        for line, quantity in answer.items():
            line.accepted_qty = quantity
        self._write_guarded(
            {
                "supplier_answer": "proposed",
                "promised_date": promised_date,
                "answered_at": fields.Datetime.now(),
            }
        )
        self._log_event("offered", date=str(promised_date))
        self.env["s2b2b.order.alert"]._raise_late_promise(self)

    def _take_proposal(self):
        for order in self.sorted("id"):
            order._lock_for_supplier()
            order._check_supplier_state("proposed")
            lines = order.order_line.filtered(lambda line: line._is_goods())
            order._take_answer({line: line.accepted_qty for line in lines}, order.promised_date)
        return True

    def _decline_proposal(self):
        for order in self.sorted("id"):
            order._lock_for_supplier()
            order._check_supplier_state("proposed")
            order._withdraw("refused", self.env._("The date proposed is too late."))
        return True

    def _take_answer(self, answer, promised_date):
        """Confirm the order with what was accepted, and give the rest to others."""
        if not any(answer.values()):
            raise UserError(self.env._("To supply nothing of it, refuse the order."))
        is_partial = any(
            line.product_uom_id.compare(quantity, line.product_qty) < 0
            for line, quantity in answer.items()
        )
        for line, quantity in answer.items():
            line.accepted_qty = quantity
            line._cut_to(quantity)
        if promised_date:
            self._promise(fields.Date.to_date(promised_date))
        # A proposal was the supplier's answer, whenever staff take it.
        answered_at = self.supplier_answer == "proposed" and self.answered_at
        self._write_guarded(
            {
                "supplier_answer": "partial" if is_partial else "accepted",
                "answered_at": answered_at or fields.Datetime.now(),
            }
        )
        self.with_context(skip_alternative_check=True).button_confirm()
        if is_partial:
            self._reallocate()

    def _promise(self, day):
        """Plan the goods for the day the supplier promises; without a change, leave the hour."""
        self.promised_date = day
        if day != self._get_planned_date():
            # sudo: the day is told the customer's order in the company's zone, not the supplier's
            planned = self.sudo().member_order_id._get_noon(day)
            self.order_line.filtered(lambda line: not line.display_type).date_planned = planned

    def _register_acceptance(self):
        """Freeze what was promised when an allocated order is confirmed, whoever confirmed it."""
        allocated = self.filtered(lambda order: order.is_allocated)
        for order in allocated.filtered(lambda order: not order.first_promised_date):
            order._write_guarded(order._prepare_acceptance_vals())
            lines = order.order_line.filtered(lambda line: line._is_goods())
            for line in lines.filtered(lambda line: not line.accepted_qty and line.product_qty):
                line.accepted_qty = line.product_qty
            lines._set_outcome("accepted")
            kind = "partial" if order.supplier_answer == "partial" else "accepted"
            order._log_event(kind, quantities=lines._get_event_quantities())
            order._after_acceptance()

    def _prepare_acceptance_vals(self):
        # sudo: the deadlines come from the order's type, which the supplier need not see
        order_type = self.sudo().member_order_id.order_type_id
        now = fields.Datetime.now()
        promised = self.promised_date or self._get_planned_date()
        answer = self.supplier_answer
        return {
            "supplier_answer": answer if answer in ("accepted", "partial") else "accepted",
            "sent_at": self.sent_at or now,
            "answered_at": self.answered_at or now,
            "promised_date": promised,
            "first_promised_date": promised,
            "ship_deadline": order_type._get_deadline(order_type.ship_hours, self.company_id, now),
        }

    def _after_acceptance(self):
        """Hook: what else is frozen once a supplier has accepted, by modules that build on this."""

    def _withdraw(self, outcome, reason):
        """Cancel orders that a supplier refused or did not answer, and ask others.

        :param outcome: ``refused`` or ``timeout``
        """
        for order in self:
            order._write_guarded(
                {
                    "supplier_answer": outcome,
                    "refusal_reason": reason,
                    "answered_at": fields.Datetime.now(),
                }
            )
            order.order_line._set_outcome(outcome)
            order.with_context(mail_activity_automation_skip=True).button_cancel()
            order._log_event(outcome, reason=reason)
            self.env["s2b2b.order.alert"]._raise_refusal(order, reason)
            order._reallocate()

    def _cancel_quietly(self):
        """Cancel because the member's order is cancelled: nothing is to be placed anew."""
        self.with_context(mail_activity_automation_skip=True).button_cancel()

    def _register_cancellation(self):
        """Tell the supplier, and raise what is missing now, when staff have cancelled."""
        for order in self.filtered(lambda order: order.is_allocated):
            if order.supplier_answer in ("refused", "timeout") or order.state != "cancel":
                continue
            order.order_line._set_outcome("cancelled")
            order._log_event("withdrawn")
            # sudo: what is missing is the platform's to know
            self.env["s2b2b.order.alert"].sudo()._check_missing(order.sudo().member_order_id)

    def _reallocate(self):
        """Ask other suppliers for what the member's orders miss now."""
        # sudo: a supplier's answer sets off what the platform does about it
        orders = self.sudo().member_order_id
        orders._allocate()
        orders.env["s2b2b.order.alert"]._check_missing(orders)

    def _send_to_supplier(self):
        """Ask the suppliers for an answer; orders above the limit wait for a purchase manager."""
        approved = self.filtered(lambda order: not order._needs_approval())
        self._send(approved)
        (self - approved)._ask_for_approval()

    def _needs_approval(self):
        """Tell whether the company wants the amount approved before the supplier gets the order."""
        company = self.company_id
        if company.po_double_validation != "two_step":
            return False
        limit = company.currency_id._convert(
            company.po_double_validation_amount, self.currency_id, company, fields.Date.today()
        )
        return self.amount_total >= limit

    def _ask_for_approval(self):
        for order in self:
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Approve the order and send it to the supplier"),
                user_id=order.member_order_id._get_responsible().id,
            )

    @api.model
    def _send(self, orders):
        orders = orders.filtered(lambda order: order.state == "draft")
        for order in orders:
            order._write_guarded(order._prepare_sent_vals())
        self.env["s2b2b.order.event"]._log_batch(
            [
                {
                    "order_id": order.member_order_id.id,
                    "purchase_id": order.id,
                    "kind": "asked",
                    "data": {"quantities": order.order_line._get_event_quantities()},
                }
                for order in orders
            ]
        )

    def _prepare_sent_vals(self):
        order_type, now = self.member_order_id.order_type_id, fields.Datetime.now()
        deadline = order_type._get_deadline(order_type.accept_hours, self.company_id, now)
        return {
            "state": "sent",
            "supplier_answer": "pending",
            "sent_at": now,
            "accept_deadline": deadline,
        }

    def _log_event(self, kind, **data):
        # sudo: the timeline is written by what happens, not by who may write it
        purchase = self.sudo()
        event = purchase.env["s2b2b.order.event"]
        return event._log(kind, purchase.member_order_id, purchase=purchase, **data)
