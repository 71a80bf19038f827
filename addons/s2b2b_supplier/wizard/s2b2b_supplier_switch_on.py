from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools.fitness import unfit


class S2b2bSupplierSwitchOn(models.TransientModel):
    """Switches the supplier gate on in a company that already buys.

    Shows beforehand which vendors the gate would stop, and qualifies those that are to go on
    supplying provisionally, until their audit.
    """

    _name = "s2b2b.supplier.switch.on"
    _description = "Switching the Supplier Gate On"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, readonly=True
    )
    policy = fields.Selection(
        [("warn", "Warn"), ("block", "Block")], string="Gate", required=True, default="warn"
    )
    qualification_required = fields.Boolean(
        default=True, help="Vendors without a qualification are stopped as well."
    )
    months = fields.Integer(
        string="Bought From in the Last", default=12, required=True, help="In months."
    )
    valid_until = fields.Date(
        string="Provisionally Until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(months=6),
        help="By then their audit has to be decided; after it they are suspended.",
    )
    line_ids = fields.One2many(
        "s2b2b.supplier.switch.on.line",
        "wizard_id",
        string="Vendors",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    stopped_count = fields.Integer(string="Vendors Stopped", compute="_compute_stopped_count")
    summary = fields.Char(compute="_compute_stopped_count")

    @api.depends("company_id", "months", "qualification_required")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(vals) for vals in wizard._prepare_lines()),
            ]

    @api.depends("line_ids.provisional", "line_ids.open_count")
    def _compute_stopped_count(self):
        for wizard in self:
            stopped = wizard.line_ids.filtered(lambda line: not line.provisional)
            wizard.stopped_count = len(stopped)
            wizard.summary = self.env._(
                "Vendors that would be stopped: %(vendors)s. Their open quotations: %(quotations)s.",
                vendors=len(stopped),
                quotations=sum(stopped.mapped("open_count")),
            )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_allowed()
        return super().create(vals_list)

    def _prepare_lines(self):
        """The vendors that the gate would stop, those with most orders first."""
        self._check_allowed()
        today = fields.Date.context_today(self)
        since = today - relativedelta(months=max(self.months, 0))
        orders = self._count_orders(
            Domain("state", "=", "purchase") & Domain("date_approve", ">=", since)
        )
        opened = self._count_orders(Domain("state", "in", ("draft", "sent", "to approve")))
        vendors = self.env["res.partner"].browse({*orders, *opened})
        stopped = vendors.filtered(
            lambda vendor: unfit(
                vendor._prepare_standing(),
                today=today,
                qualification_required=self.qualification_required,
            )
        )
        return [
            {
                "partner_id": vendor.id,
                "order_count": orders.get(vendor.id, 0),
                "open_count": opened.get(vendor.id, 0),
                "provisional": vendor.supplier_status == "none" and vendor.id in orders,
            }
            for vendor in stopped.sorted(lambda v: (-orders.get(v.id, 0), v.name or "", v.id))
        ]

    def _count_orders(self, domain):
        """{commercial partner's id: number of orders of the company}."""
        counts = {}
        # sudo: both rights were checked; an administrator need not be a buyer
        for partner, count in (
            self.env["purchase.order"]
            .sudo()
            ._read_group(
                domain & Domain("company_id", "=", self.company_id.id), ["partner_id"], ["__count"]
            )
        ):
            vendor = partner.commercial_partner_id.id
            counts[vendor] = counts.get(vendor, 0) + count
        return counts

    def _check_allowed(self):
        if not (
            self.env.user.has_group("base.group_system")
            and self.env.user.has_group("s2b2b_supplier.group_manager")
        ):
            raise AccessError(
                self.env._("Only an administrator who manages suppliers switches the gate on.")
            )

    def action_switch_on(self):
        """Qualifies the chosen vendors provisionally, then switches the gate on."""
        self.ensure_one()
        self._check_allowed()
        today = fields.Date.context_today(self)
        if self.valid_until <= today:
            raise UserError(
                self.env._("The provisional qualification has to end on a day to come.")
            )
        chosen = self.line_ids.filtered("provisional").partner_id
        if refused := chosen.filtered(lambda vendor: vendor.supplier_status != "none"):
            raise UserError(
                self.env._(
                    "%s: only vendors without a status are qualified provisionally.",
                    ", ".join(refused.mapped("display_name")),
                )
            )
        if chosen:
            chosen._supplier_condition(
                self.env._("Supplied before the gate was switched on; the audit follows."),
                supplier_valid_until=self.valid_until,
            )
        self.company_id.write(
            {
                "supplier_gate_policy": self.policy,
                "supplier_qualification_required": self.qualification_required,
                "s2b2b_start_date": self.company_id.s2b2b_start_date or today,
            }
        )
        return {"type": "ir.actions.client", "tag": "reload"}


class S2b2bSupplierSwitchOnLine(models.TransientModel):
    """A vendor that the gate would stop."""

    _name = "s2b2b.supplier.switch.on.line"
    _description = "Vendor at the Switching On"
    _order = "order_count desc, id"

    wizard_id = fields.Many2one("s2b2b.supplier.switch.on", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Vendor", required=True)
    supplier_status = fields.Selection(related="partner_id.supplier_status")
    order_count = fields.Integer(string="Orders")
    open_count = fields.Integer(string="Open Quotations")
    provisional = fields.Boolean(string="Qualify Provisionally")
