from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

KINDS = [
    ("shortage", "Shortage"),
    ("refusal", "Refusal"),
    ("delay", "Delay"),
    ("sla", "Deadline Missed"),
    ("price", "Margin"),
    ("problem", "Problem Reported"),
]
RESOLUTIONS = [
    ("waited", "Wait"),
    ("split", "Delivered in Parts"),
    ("reallocated", "Re-allocated"),
    ("substituted", "Substituted"),
    ("changed", "Order Changed"),
    ("cancelled", "Cancelled"),
]


class OrderAlert(models.Model):
    """Something somebody has to decide about; one alert a cause, with all orders it touches."""

    _name = "s2b2b.order.alert"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Order Alert"
    _order = "is_urgent desc, id desc"

    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
        group_expand=True,
    )
    cause_key = fields.Char(required=True, readonly=True, help="What makes it one cause.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    order_ids = fields.Many2many(
        "sale.order", "s2b2b_alert_order_rel", "alert_id", "order_id", "Orders", readonly=True
    )
    order_count = fields.Integer(compute="_compute_orders", store=True)
    is_urgent = fields.Boolean("Urgent", compute="_compute_orders", store=True)
    purchase_id = fields.Many2one("purchase.order", readonly=True, index="btree_not_null")
    supplier_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    product_id = fields.Many2one("product.product", readonly=True, index="btree_not_null")
    detail = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", tracking=True)
    resolution = fields.Selection(RESOLUTIONS, tracking=True)
    resolution_note = fields.Char()
    closed_at = fields.Datetime(readonly=True)
    closed_by_id = fields.Many2one("res.users", readonly=True)

    _open_cause = models.UniqueIndex(
        "(company_id, kind, cause_key) WHERE state = 'open'",
        "There is an open alert for this cause.",
    )

    @api.depends("order_ids.is_urgent")
    def _compute_orders(self):
        for alert in self:
            alert.order_count = len(alert.order_ids)
            alert.is_urgent = any(alert.order_ids.mapped("is_urgent"))

    def action_close(self):
        """Close with the resolution that was chosen."""
        self.check_access("write")
        for alert in self:
            if not alert.resolution:
                raise UserError(self.env._("Choose how it was resolved."))
            alert._close(alert.resolution)
        return True

    def action_reallocate(self):
        """Ask suppliers again for what the orders miss."""
        self.check_access("write")
        self.order_ids.action_allocate()
        return True

    def action_view_orders(self):
        self.ensure_one()
        return self.order_ids._get_records_action(name=self.env._("Orders"))

    @api.model
    def _raise(self, kind, cause_key, orders, name, **vals):
        """Raise an alert, or add ``orders`` to the open one of the same cause.

        :return: the alert
        """
        company = orders.company_id
        alert = self.search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", kind),
                ("cause_key", "=", cause_key),
                ("state", "=", "open"),
            ]
        )
        if alert:
            alert.order_ids |= orders
            return alert
        alert = self.create(
            {
                "kind": kind,
                "cause_key": cause_key,
                "company_id": company.id,
                "order_ids": [fields.Command.set(orders.ids)],
                "name": name,
                "user_id": orders[:1]._get_responsible().id,
                **vals,
            }
        )
        alert.activity_schedule(
            "mail.mail_activity_data_warning", summary=name, user_id=alert.user_id.id
        )
        return alert

    @api.model
    def _raise_shortage(self, line, quantity):
        """Nobody can serve ``quantity`` of an order line; the member is told once an alert."""
        product, order = line.product_id, line.order_id
        known = order.alert_ids.filtered(lambda a: a.state == "open" and a.product_id == product)
        alert = self._raise(
            "shortage",
            f"product-{product.id}",
            order,
            self.env._("%(product)s is short", product=product.display_name),
            product_id=product.id,
        )
        if alert not in known:
            quantities = [[product.id, quantity, product.uom_id.id]]
            self.env["s2b2b.order.event"]._log("shortage", order, quantities=quantities)
        return alert

    @api.model
    def _raise_delay(self, order, arrival):
        """The best plan for ``order`` brings something only on ``arrival``, later than wanted."""
        day = format_date(self.env, arrival)
        name = self.env._("%(order)s cannot arrive before %(day)s", order=order.name, day=day)
        alert = self._raise("delay", f"order-{order.id}", order, name)
        self.env["s2b2b.order.event"]._log("delay", order, date=str(arrival))
        return alert

    @api.model
    def _raise_late_promise(self, purchase):
        """A supplier has proposed a date that is later than the tolerance allows."""
        # sudo: the supplier whose answer raises it sees neither alert nor member
        alerts, purchase = self.sudo(), purchase.sudo()
        alerts = alerts.with_context(lang=purchase.company_id._get_staff_language())
        day = format_date(alerts.env, purchase.promised_date)
        return alerts._raise(
            "delay",
            f"purchase-{purchase.id}",
            purchase.member_order_id,
            alerts.env._("%(order)s is proposed for %(day)s", order=purchase.name, day=day),
            purchase_id=purchase.id,
            supplier_id=purchase.partner_id.commercial_partner_id.id,
        )

    @api.model
    def _raise_refusal(self, purchase, reason):
        """A supplier has refused, or not answered; one alert a supplier."""
        # sudo: the supplier whose answer raises it sees neither alert nor member
        alerts, purchase = self.sudo(), purchase.sudo()
        alerts = alerts.with_context(lang=purchase.company_id._get_staff_language())
        supplier = purchase.partner_id.commercial_partner_id
        return alerts._raise(
            "refusal",
            f"supplier-{supplier.id}",
            purchase.member_order_id,
            alerts.env._("%(supplier)s does not supply", supplier=supplier.name),
            supplier_id=supplier.id,
            detail=reason,
        )

    @api.model
    def _raise_price(self, order, reason):
        name = self.env._("%(order)s earns too little", order=order.name)
        return self._raise("price", f"order-{order.id}", order, name, detail=reason)

    @api.model
    def _raise_unshipped(self, purchase):
        supplier = purchase.partner_id.commercial_partner_id
        return self._raise(
            "sla",
            f"purchase-{purchase.id}",
            purchase.member_order_id,
            self.env._(
                "%(supplier)s has not shipped %(order)s in time",
                supplier=supplier.name,
                order=purchase.name,
            ),
            purchase_id=purchase.id,
            supplier_id=supplier.id,
        )

    @api.model
    def _check_missing(self, orders):
        """Raise what ``orders`` miss and nobody is asked for; settle what they miss no more."""
        for order in orders.filtered(lambda order: order.state == "sale"):
            missing = order._get_unplaced()
            alerts = self.with_context(lang=order.company_id._get_staff_language())
            for line, quantity in missing.items():
                alerts._raise_shortage(line.with_env(alerts.env), quantity)
        orders.alert_ids.filtered(lambda a: a.kind in ("shortage", "refusal"))._settle()

    def _settle(self):
        """Close alerts whose orders have found other suppliers."""
        for alert in self.filtered(lambda alert: alert.state == "open"):
            open_orders = alert.order_ids.filtered(lambda order: order.state == "sale")
            missing = [line.product_id for order in open_orders for line in order._get_unplaced()]
            if not missing or (alert.product_id and alert.product_id not in missing):
                alert._close("reallocated")

    def _close(self, resolution, orders=None):
        """Close with ``resolution``; an alert that touches more than ``orders`` stays open."""
        for alert in self.filtered(lambda alert: alert.state == "open"):
            others = alert.order_ids - orders if orders else alert.browse()
            if orders and others.filtered(lambda order: order.state == "sale"):
                continue
            alert.write(
                {
                    "state": "closed",
                    "resolution": resolution,
                    "closed_at": fields.Datetime.now(),
                    "closed_by_id": self.env.uid,
                }
            )
            alert.activity_feedback(["mail.mail_activity_data_warning"])

    @api.model
    def _cron_watch_deadlines(self, limit=100):
        """Pass over suppliers that did not answer in time; raise what did not ship in time."""
        purchases = self.env["purchase.order"]
        overdue = purchases.search(self._unanswered_domain(), limit=limit)
        unshipped = purchases.search(self._unshipped_domain(), limit=limit)
        self.env["ir.cron"]._commit_progress(remaining=len(overdue) + len(unshipped))
        for purchase in overdue:
            locked = purchase.try_lock_for_update(allow_referencing=True)
            if locked.filtered_domain(self._unanswered_domain()):
                locked._withdraw("timeout", self.env._("No answer by the deadline."))
            if not self.env["ir.cron"]._commit_progress(1):
                return
        for purchase in unshipped:
            self._raise_unshipped(purchase)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _watched_domain(self):
        """Return the orders of companies that watch deadlines, since they began with it."""
        companies = self.env["res.company"].search(
            [("order_deadlines_watched", "=", True), ("s2b2b_start_date", "!=", False)]
        )
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("sent_at", ">=", company.s2b2b_start_date)
            for company in companies
        )

    def _unanswered_domain(self):
        return self._watched_domain() & Domain(
            [
                ("supplier_state", "=", "pending"),
                ("accept_deadline", "<", fields.Datetime.now()),
            ]
        )

    def _unshipped_domain(self):
        """Return the accepted orders past their deadline that no open alert speaks of."""
        open_alerts = self.search([("kind", "=", "sla"), ("state", "=", "open")])
        return self._watched_domain() & Domain(
            [
                ("supplier_state", "in", ("accepted", "partial", "preparing")),
                ("ship_deadline", "<", fields.Datetime.now()),
                ("id", "not in", open_alerts.purchase_id.ids),
            ]
        )
