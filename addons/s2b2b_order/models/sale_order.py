from datetime import datetime, time

from pytz import UTC, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.fulfilment import fulfilment_state

FULFILMENT = [
    ("none", "Not Started"),
    ("allocated", "Placed with Suppliers"),
    ("accepted", "Accepted"),
    ("preparing", "In Preparation"),
    ("partly_shipped", "Partly Shipped"),
    ("shipped", "Shipped"),
    ("partly_delivered", "Partly Delivered"),
    ("delivered", "Delivered"),
    ("exception", "Needs Attention"),
    ("cancelled", "Cancelled"),
]
WORK = ("allocated", "accepted", "preparing", "partly_shipped", "shipped", "partly_delivered")
INTERNAL = "base.group_user"


class SaleOrder(models.Model):
    _inherit = ["sale.order", "s2b2b.order.parties", "s2b2b.portal.order"]
    _name = "sale.order"

    order_type_id = fields.Many2one(
        "s2b2b.order.type",
        compute="_compute_order_type_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index="btree_not_null",
        tracking=True,
        copy=True,
        help="How it is handled and allocated. Without a type it is an ordinary order.",
    )
    is_urgent = fields.Boolean("Urgent", compute="_compute_is_urgent", store=True, precompute=True)
    suggested_type_id = fields.Many2one("s2b2b.order.type", compute="_compute_suggested_type_id")
    order_type_reason = fields.Char("Why This Type", compute="_compute_suggested_type_id")
    fulfilment_state = fields.Selection(
        FULFILMENT,
        "Fulfilment",
        compute="_compute_fulfilment_state",
        store=True,
        default="none",
        index=True,
        copy=False,
        group_expand="_group_expand_fulfilment_state",
    )
    allocation_ids = fields.One2many("s2b2b.allocation", "order_id", groups=INTERNAL)
    allocation_count = fields.Integer(compute="_compute_counts", compute_sudo=True, groups=INTERNAL)
    allocation_line_ids = fields.One2many(
        "s2b2b.allocation.line",
        "order_id",
        domain=[("allocation_id.state", "in", ("proposed", "applied"))],
        groups=INTERNAL,
    )
    supplier_order_ids = fields.One2many("purchase.order", "member_order_id", groups=INTERNAL)
    shipment_ids = fields.One2many("s2b2b.shipment", "order_id", groups=INTERNAL)
    shipment_count = fields.Integer(compute="_compute_counts", compute_sudo=True, groups=INTERNAL)
    event_ids = fields.One2many("s2b2b.order.event", "order_id", groups=INTERNAL)
    alert_ids = fields.Many2many(
        "s2b2b.order.alert", "s2b2b_alert_order_rel", "order_id", "alert_id", groups=INTERNAL
    )
    open_alert_count = fields.Integer(compute="_compute_counts", compute_sudo=True, groups=INTERNAL)

    def _auto_init(self):
        """Add the columns with their value: orders that were there are not computed one by one."""
        self.env.cr.execute(
            "ALTER TABLE sale_order"
            " ADD COLUMN IF NOT EXISTS order_type_id int4,"
            " ADD COLUMN IF NOT EXISTS is_urgent bool,"
            " ADD COLUMN IF NOT EXISTS fulfilment_state varchar DEFAULT 'none'"
        )
        self.env.cr.execute("ALTER TABLE sale_order ALTER COLUMN fulfilment_state DROP DEFAULT")
        return super()._auto_init()

    @api.depends("partner_id", "company_id")
    def _compute_order_type_id(self):
        for order in self:
            order.order_type_id = order.order_type_id or order._get_default_type()

    @api.depends("order_type_id")
    def _compute_is_urgent(self):
        for order in self:
            order.is_urgent = order.order_type_id.is_urgent

    @api.depends("commitment_date", "order_line.product_uom_qty", "order_line.product_id")
    def _compute_suggested_type_id(self):
        suggestions = self._suggest_order_type()
        for order in self:
            order.suggested_type_id, order.order_type_reason = suggestions[order]

    @api.depends(
        "state",
        "order_type_id",
        "order_line.product_uom_qty",
        "order_line.move_ids.state",
        "order_line.qty_delivered",
        "supplier_order_ids.supplier_state",
        "supplier_order_ids.shipment_ids.state",
        "alert_ids.state",
        "allocation_ids.state",
    )
    def _compute_fulfilment_state(self):
        for order in self:
            order.fulfilment_state = order._get_fulfilment_state()

    @api.model
    def _group_expand_fulfilment_state(self, states, domain):
        """Show the columns in the order of the work, after what needs somebody."""
        shown = {*states, *WORK}
        return ["exception", *(key for key, _label in FULFILMENT if key in shown - {"exception"})]

    def _compute_counts(self):
        for order in self:
            order.allocation_count = len(order.allocation_ids)
            order.shipment_count = len(order.shipment_ids)
            order.open_alert_count = len(order.alert_ids.filtered(lambda a: a.state == "open"))

    def write(self, vals):
        res = super().write(vals)
        if "order_type_id" in vals:
            self._carry_urgency()
        return res

    def action_use_suggested_type(self):
        for order in self:
            order.order_type_id = order.suggested_type_id
        return True

    def action_view_allocations(self):
        self.ensure_one()
        return self.allocation_ids._get_records_action(name=self.env._("Allocations"))

    def action_view_shipments(self):
        self.ensure_one()
        return self.shipment_ids._get_records_action(name=self.env._("Shipments"))

    def action_view_alerts(self):
        self.ensure_one()
        return self.alert_ids._get_records_action(name=self.env._("Alerts"))

    def action_allocate(self):
        """Propose once more what is missing, and apply it where that is how it is done."""
        self.check_access("write")
        self._allocate()
        return True

    def _get_default_type(self):
        """Return the type of a member's order that nobody chose one for."""
        self.ensure_one()
        company = self.company_id
        is_member = self.partner_id.commercial_partner_id.is_member
        if not is_member or company.allocation_mode == "off" or self.state not in ("draft", "sent"):
            return self.env["s2b2b.order.type"]
        return company._get_default_order_type()

    def _suggest_order_type(self):
        """Return {order: (type, reason)}: the type that the facts of the order speak for.

        It is bulk by quantity, urgent where it is asked for sooner than suppliers usually deliver,
        else the first ordinary type.
        """
        companies = (False, *self.company_id.ids)
        types = self.env["s2b2b.order.type"].search([("company_id", "in", companies)])
        return types._suggest(self)

    def _get_asked_date(self):
        """Return the day the customer has asked for, in the company's time zone, or None."""
        self.ensure_one()
        if not self.commitment_date:
            return None
        return UTC.localize(self.commitment_date).astimezone(self._get_company_timezone()).date()

    def _get_wanted_date(self):
        """Return the day the goods are wanted: the one asked for, today where it is urgent."""
        today = fields.Date.context_today(self) if self.is_urgent else None
        return self._get_asked_date() or today

    def _get_company_timezone(self):
        return timezone(self.company_id.partner_id.tz or "UTC")

    def _get_planned_datetime(self, arrival):
        """Return when goods that can arrive on day ``arrival`` are planned for: not before the
        wanted date."""
        self.ensure_one()
        return self._get_noon(max(arrival, self._get_asked_date() or arrival))

    def _get_noon(self, day):
        """Return noon of ``day`` in the company's time zone, as a naive UTC datetime."""
        noon = self._get_company_timezone().localize(datetime.combine(day, time(12)))
        return noon.astimezone(UTC).replace(tzinfo=None)

    def _is_allocated(self):
        """Tell whether our logic, and not core's, finds the suppliers of the order."""
        self.ensure_one()
        return bool(self.order_type_id) and self.company_id.allocation_mode != "off"

    def _get_allocation_policy(self):
        self.ensure_one()
        return self.order_type_id.policy_id or self.company_id._get_allocation_policy()

    def _get_next_round(self):
        self.ensure_one()
        applied = self.allocation_ids.filtered(lambda a: a.state == "applied")
        return max(applied.mapped("round"), default=0) + 1

    def _allocate(self):
        """Propose an allocation of what is missing; apply it unless somebody is to see it first."""
        confirmed = self.filtered(lambda order: order.state == "sale")
        proposals = self.env["s2b2b.allocation"]._propose(confirmed)
        automatic = proposals.filtered("is_automatic")
        automatic._apply()
        (proposals - automatic)._ask_for_review()

    def _after_placing(self, allocation):
        """Send what was placed, tell the member, and raise what in spite of the plan is missing."""
        self.ensure_one()
        placed = allocation.purchase_ids
        placed._send_to_supplier()
        if placed:
            self.env["s2b2b.order.event"]._log("allocated", self)
        self.env["s2b2b.order.alert"]._check_missing(self)

    def _confirmation_error_message(self):
        return (
            super()._confirmation_error_message()
            or self._get_quantity_error()
            or self._get_bulk_error()
        )

    def _get_quantity_error(self):
        """Return which goods of a typed order have no quantity, or False."""
        if not self.order_type_id:
            return False
        empty = self.order_line.filtered(
            lambda line: (
                line._is_goods() and line.product_uom_id.compare(line.product_uom_qty, 0) <= 0
            )
        )
        return empty and self.env._(
            "%(product)s: enter a quantity of more than 0.",
            product=", ".join(empty.mapped("product_id.display_name")),
        )

    def _get_bulk_error(self):
        """Return why the order may not be of its bulk type, or False."""
        minimum = self.order_type_id.bulk_minimum
        if not minimum or any(line.product_uom_qty >= minimum for line in self.order_line):
            return False
        return self.env._(
            "An order of type %(type)s has a line of at least %(minimum)g.",
            type=self.order_type_id.name,
            minimum=minimum,
        )

    def _action_confirm(self):
        allocated = self.filtered(lambda order: order._is_allocated())
        self.env["s2b2b.order.event"]._log("confirmed", allocated)
        return super()._action_confirm()

    def _action_cancel(self):
        """Cancel the purchase orders before the order: core leaves them standing."""
        for order in self.filtered(lambda order: order.state == "sale"):
            order._cancel_supplier_orders()
        res = super()._action_cancel()
        # sudo: what was planned for the order ends with it, whoever cancels it
        ended = self.sudo().filtered("order_type_id")
        ended.allocation_ids._cancel()
        ended.alert_ids._close("cancelled", orders=ended)
        self.env["s2b2b.order.event"]._log("cancelled", ended)
        return res

    def _cancel_supplier_orders(self):
        # sudo: who may cancel the order of a member need not be a buyer
        live = self.sudo().supplier_order_ids.filtered(lambda purchase: purchase._is_live())
        begun = live.filtered(lambda purchase: purchase._has_left())
        if begun:
            raise UserError(
                self.env._(
                    "%(orders)s left the supplier: what is on its way cannot be cancelled.",
                    orders=", ".join(begun.mapped("name")),
                )
            )
        live._cancel_quietly()

    def _carry_urgency(self):
        """Write the urgency of confirmed orders on what was made from them and is still open."""
        for order in self.filtered(lambda order: order.state == "sale"):
            # sudo: purchases and transfers follow the order, whoever may change it
            sudo_order = order.sudo()
            purchases = sudo_order.supplier_order_ids.filtered(lambda p: p.state != "cancel")
            purchases._carry_urgency(order.is_urgent)
            sudo_order.picking_ids._carry_urgency(order.is_urgent)

    def _get_unplaced(self):
        """Return {line: quantity} that no supplier is asked for, nor would be by a proposal."""
        lines = self.order_line.filtered(lambda line: line._is_allocated())
        missing = lines._get_missing_quantities()
        for proposal in self.allocation_ids.filtered(lambda a: a.state == "proposed"):
            for chosen in proposal.chosen_line_ids:
                missing[chosen.sale_line_id] -= chosen.quantity
        unit = {line: line.product_id.uom_id for line in lines}
        return {line: rest for line, rest in missing.items() if unit[line].compare(rest, 0) > 0}

    def _get_fulfilment_state(self):
        self.ensure_one()
        if self.state == "cancel" and self.order_type_id:
            return "cancelled"
        if self.state != "sale" or not self.order_type_id:
            return "none"
        alerts = self.alert_ids.filtered(lambda a: a.state == "open" and a.kind == "shortage")
        lines = self.order_line.filtered(lambda line: line._is_goods())
        bought = lines.filtered(lambda line: line._is_allocated())
        parts = [line._get_part() for line in lines - bought]
        parts += [p._get_part() for p in self.supplier_order_ids if p._is_live()]
        missing = bought._get_missing_quantities()
        return fulfilment_state(
            parts,
            is_waiting=any(quantity > 0 for quantity in missing.values()),
            is_exception=bool(alerts),
        )
