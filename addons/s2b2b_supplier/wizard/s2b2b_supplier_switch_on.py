from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models


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
        today = fields.Date.context_today(self)
        for wizard in self:
            rows = wizard.company_id._preview_supplier_gate(
                today - relativedelta(months=max(wizard.months, 0)), wizard.qualification_required
            )
            wizard.line_ids = [Command.clear(), *(Command.create(vals) for vals in rows)]

    @api.depends("line_ids.provisional", "line_ids.open_count")
    def _compute_stopped_count(self):
        for wizard in self:
            stopped = wizard.line_ids.filtered(lambda line: not line.provisional)
            wizard.stopped_count = len(stopped)
            wizard.summary = self.env._(
                "Vendors it would stop: %(vendors)s. Their open quotations: %(quotations)s.",
                vendors=len(stopped),
                quotations=sum(stopped.mapped("open_count")),
            )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.company._check_may_switch_gate()
        return super().create(vals_list)

    def action_switch_on(self):
        """Qualifies the chosen vendors provisionally, then switches the gate on."""
        self.ensure_one()
        self.company_id._switch_supplier_gate_on(
            self.policy,
            self.qualification_required,
            self.line_ids.filtered("provisional").partner_id,
            self.valid_until,
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
