from datetime import timedelta

from pytz import UTC

from odoo import api, fields, models


class OrderType(models.Model):
    """How an order is to be handled: its urgency, its deadlines and how it is allocated."""

    _name = "s2b2b.order.type"
    _description = "Order Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    description = fields.Text(translate=True, help="What the member reads when choosing.")
    color = fields.Integer()
    priority = fields.Selection(
        [("0", "Normal"), ("1", "Urgent")],
        default="0",
        required=True,
        help="Urgent orders come first in lists, transfers and reservations.",
    )
    is_urgent = fields.Boolean(compute="_compute_is_urgent", store=True)
    accept_hours = fields.Float(
        "Hours to Accept",
        default=24.0,
        help="A supplier that has not answered by then is passed over. 0: no deadline.",
    )
    ship_hours = fields.Float(
        "Hours to Ship",
        default=72.0,
        help="From acceptance until the goods leave the supplier. 0: no deadline.",
    )
    sla_clock = fields.Selection(
        [("working", "Working hours of the company"), ("always", "Around the clock")],
        "SLA Clock",
        default="working",
        required=True,
    )
    date_tolerance = fields.Integer(
        "Days of Tolerance",
        help="A promised date up to so many days after the planned one is taken without asking.",
    )
    bulk_minimum = fields.Float(
        digits="Product Unit",
        help="An order of this type has at least one line of this quantity. 0: no minimum.",
    )
    policy_id = fields.Many2one(
        "s2b2b.allocation.policy",
        "Allocation Policy",
        check_company=True,
        help="Empty: the policy of the company.",
    )

    _hours_positive = models.Constraint(
        "CHECK(accept_hours >= 0 AND ship_hours >= 0 AND date_tolerance >= 0"
        " AND bulk_minimum >= 0)",
        "Hours, days and minimum must not be negative.",
    )

    @api.depends("priority")
    def _compute_is_urgent(self):
        for order_type in self:
            order_type.is_urgent = order_type.priority == "1"

    def _get_deadline(self, hours, company, start):
        """Return when ``hours`` on the clock of the type have passed since ``start``.

        :param start: a naive UTC datetime
        :return: a naive UTC datetime; False without a deadline
        """
        self.ensure_one()
        if not hours:
            return False
        calendar = company.resource_calendar_id
        if self.sla_clock == "working" and calendar:
            planned = calendar.plan_hours(hours, UTC.localize(start), compute_leaves=True)
            if planned:
                return planned.astimezone(UTC).replace(tzinfo=None)
        return start + timedelta(hours=hours)

    def _suggest(self, orders):
        """Return {order: (type, reason)}: which of these types the facts of each order speak for.

        It is bulk by quantity, urgent where it is asked for sooner than suppliers usually deliver,
        else the first ordinary type.
        """
        lead_days = self._get_usual_lead_days(orders)
        suggestions = {}
        for order in orders:
            types = self.filtered(
                lambda t, o=order: t.company_id in (o.company_id.browse(), o.company_id)
            )
            suggestions[order] = types._suggest_for(order, lead_days[order])
        return suggestions

    def _suggest_for(self, order, lead_days):
        return (
            self._suggest_bulk(order)
            or self._suggest_urgent(order, lead_days)
            or (
                self.filtered(lambda t: not t.is_urgent and not t.bulk_minimum)[:1],
                self.env._("Nothing about the order is out of the ordinary."),
            )
        )

    def _suggest_bulk(self, order):
        largest = max(order.order_line.mapped("product_uom_qty"), default=0.0)
        fitting = self.filtered(lambda t: 0 < t.bulk_minimum <= largest)
        if not fitting:
            return False
        bulk = fitting.sorted("bulk_minimum")[-1]
        return bulk, self.env._(
            "One line has %(quantity)g, the bulk minimum is %(minimum)g.",
            quantity=largest,
            minimum=bulk.bulk_minimum,
        )

    def _suggest_urgent(self, order, lead_days):
        urgent, wanted = self.filtered("is_urgent")[:1], order._get_asked_date()
        if not (urgent and wanted):
            return False
        days = (wanted - fields.Date.context_today(self)).days
        if days >= lead_days:
            return False
        return urgent, self.env._(
            "Asked for in %(days)s days, suppliers usually need %(usual)s.",
            days=max(0, days),
            usual=lead_days,
        )

    def _get_usual_lead_days(self, orders):
        """Return {order: days until its slowest product arrives from its fastest seller}."""
        # sudo: who sells need not have the right to see what suppliers offer
        products = orders.order_line.product_id.sudo()
        delays = {
            product.id: min(product.seller_ids.mapped("delay"), default=int(product.sale_delay))
            for product in products
        }
        return {
            order: max((delays[product] for product in order.order_line.product_id.ids), default=0)
            for order in orders
        }
