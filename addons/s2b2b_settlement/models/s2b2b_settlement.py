from odoo import api, fields, models
from odoo.exceptions import UserError

STAGES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("confirmed", "Confirmed"),
    ("cancelled", "Cancelled"),
]
STATES = [
    ("draft", "Draft"),
    ("sent", "Sent"),
    ("disputed", "Disputed"),
    ("confirmed", "Confirmed"),
    ("billed", "Billed"),
    ("paid", "Paid"),
    ("cancelled", "Cancelled"),
]
SIDES = [("supplier", "Supplier"), ("member", "Member")]
AMOUNTS = {
    "amount_goods": ("goods",),
    "amount_return": ("return",),
    "amount_commission": ("commission",),
    "amount_tax": ("tax",),
    "amount_payment": ("payment",),
    "amount_other": ("penalty", "rebate", "claim", "adjustment"),
    "amount_carried": ("carried",),
}
PAID = ("paid", "in_payment", "reversed")


class Settlement(models.Model):
    """What the platform and a partner owe each other for a period, in one currency."""

    _name = "s2b2b.settlement"
    _inherit = [
        "s2b2b.settlement.generator",
        "s2b2b.settlement.supplier",
        "s2b2b.settlement.member",
        "s2b2b.settlement.agreement",
        "s2b2b.settlement.amounts",
        "s2b2b.settlement.billing",
        "s2b2b.settlement.netting",
        "s2b2b.settlement.statement",
        "s2b2b.settlement.access",
        "s2b2b.guarded",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Settlement"
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _guarded_fields = dict.fromkeys(
        (
            "stage",
            "state",
            "sent_at",
            "confirm_by",
            "reminder_count",
            "confirmed_at",
            "confirmed_by_id",
            "amount_total",
            "amount_disputed",
            *AMOUNTS,
        )
    )
    _frozen_fields = frozenset(
        {"name", "side", "partner_id", "company_id", "currency_id", "date_from", "date_to"}
    )
    _frozen_states = frozenset(key for key, _label in STATES if key != "draft")

    name = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: self.env._("New")
    )
    side = fields.Selection(SIDES, required=True, default="supplier", readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        index=True,
        domain="[('parent_id', '=', False)]",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True, tracking=True)
    stage = fields.Selection(STAGES, default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES,
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        help="Where the statement is: what both sides have said, and what its bill says.",
    )
    line_ids = fields.One2many("s2b2b.settlement.line", "settlement_id", "Lines")
    moved_line_ids = fields.One2many(
        "s2b2b.settlement.line",
        "origin_settlement_id",
        "Moved On",
        domain=[("is_moved", "=", True)],
        help="Lines that were disputed or held here and go on in a later statement.",
    )
    amount_goods = fields.Monetary("Goods", compute="_compute_amounts", store=True)
    amount_return = fields.Monetary("Returns", compute="_compute_amounts", store=True)
    amount_commission = fields.Monetary("Commission", compute="_compute_amounts", store=True)
    amount_tax = fields.Monetary("Tax", compute="_compute_amounts", store=True)
    amount_payment = fields.Monetary("Payments", compute="_compute_amounts", store=True)
    amount_other = fields.Monetary("Other", compute="_compute_amounts", store=True)
    amount_carried = fields.Monetary("Carried Over", compute="_compute_amounts", store=True)
    amount_total = fields.Monetary(
        "Total",
        compute="_compute_amounts",
        store=True,
        tracking=True,
        help="Positive: what the platform owes. Negative: what the partner owes.",
    )
    amount_disputed = fields.Monetary("Disputed", compute="_compute_amounts", store=True)
    late_count = fields.Integer("Late", compute="_compute_late_count")
    sent_at = fields.Datetime("Sent", readonly=True, copy=False)
    confirm_by = fields.Date(readonly=True, copy=False, help="The last day to dispute it.")
    reminder_count = fields.Integer("Reminders", readonly=True, copy=False)
    confirmed_at = fields.Datetime("Confirmed On", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one(
        "res.partner",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Empty on a confirmed statement: confirmed by silence.",
    )
    billing_mode = fields.Selection(
        [("self_billed", "Self-billed"), ("own_bill", "Supplier's own bill")],
        compute="_compute_billing_mode",
        groups="base.group_user",
    )
    move_ids = fields.One2many(
        "account.move", "settlement_id", "Accounting Documents", groups="base.group_user"
    )
    purchase_count = fields.Integer(compute="_compute_purchase_count", groups="base.group_user")
    bill_count = fields.Integer(compute="_compute_document_counts", groups="base.group_user")
    commission_invoice_count = fields.Integer(
        compute="_compute_document_counts", groups="base.group_user"
    )
    carried_line_ids = fields.One2many(
        "s2b2b.settlement.line",
        "carried_from_id",
        "Carried To",
        groups="base.group_user",
        help="Lines of later statements that take over the balance of this one.",
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A period does not end before it begins."
    )
    _period_uniq = models.UniqueIndex(
        "(partner_id, side, company_id, currency_id, date_from, date_to)"
        " WHERE stage != 'cancelled'",
        "There is a statement of this partner for this period and currency already.",
    )
    _silent_idx = models.Index("(company_id, confirm_by) WHERE stage = 'sent'")

    @api.depends("stage", "line_ids.state", "move_ids.state", "move_ids.payment_state")
    def _compute_state(self):
        for settlement in self:
            settlement.state = settlement._get_state()

    @api.depends("line_ids.amount", "line_ids.kind", "line_ids.state")
    def _compute_amounts(self):
        for settlement in self:
            by_kind = dict.fromkeys(self.env["s2b2b.settlement.line"]._get_kinds(), 0.0)
            for line in settlement.line_ids:
                by_kind[line.kind] += line.amount
            for name, kinds in AMOUNTS.items():
                settlement[name] = sum(by_kind[kind] for kind in kinds)
            settlement.amount_total = sum(by_kind.values())
            settlement.amount_disputed = sum(
                line.amount for line in settlement.line_ids if line._is_set_aside()
            )

    @api.depends("line_ids.is_late")
    def _compute_late_count(self):
        for settlement in self:
            settlement.late_count = len(settlement.line_ids.filtered("is_late"))

    def _compute_billing_mode(self):
        for settlement in self:
            partner = settlement.partner_id.with_company(settlement.company_id)
            settlement.billing_mode = (
                (partner.billing_mode or "own_bill") if settlement.side == "supplier" else False
            )

    def _compute_purchase_count(self):
        for settlement in self:
            settlement.purchase_count = len(settlement.line_ids.purchase_id)

    def _compute_document_counts(self):
        for settlement in self:
            documents = settlement._get_documents()
            settlement.bill_count = len(documents.filtered(lambda m: m.is_purchase_document()))
            settlement.commission_invoice_count = len(
                documents.filtered(lambda m: m.is_sale_document())
            )

    def _compute_access_url(self):
        res = super()._compute_access_url()
        for settlement in self:
            base = (
                "/my/supplier/settlements" if settlement.side == "supplier" else "/my/settlements"
            )
            settlement.access_url = f"{base}/{settlement.id}"
        return res

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            if not vals.get("name"):
                company = vals.get("company_id") or self.env.company.id
                vals["name"] = sequence.with_company(company).next_by_code("s2b2b.settlement")
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(settlement.stage != "draft" for settlement in self):
            raise UserError(
                self.env._("A statement that was sent is kept: cancel it, its lines become free.")
            )

    def action_send(self):
        """Send draft statements to their partners, who may then confirm or dispute them."""
        self.check_access("write")
        self._check_stage("draft")
        self._send()
        return True

    def action_confirm(self):
        """Confirm on behalf of the partner: what is not disputed or held is agreed."""
        self.check_access("write")
        self._confirm(self.env.user.partner_id)
        return True

    def action_dispute(self, line_ids=None, reason=None):
        """Dispute lines (ids or records) of one statement on behalf of the partner.

        Without lines, those that carry a reason are disputed; where none does, all of them.
        """
        self.check_access("write")
        for settlement in self:
            settlement._dispute(settlement._pick_lines(line_ids), reason, self.env.user.partner_id)
        return True

    def action_create_bill(self):
        """Make the accounting documents of confirmed statements; those that have them keep them."""
        self.check_access("write")
        self._create_documents()
        return self.action_view_bills()

    def action_cancel(self):
        """Cancel statements: posted documents are reversed and all that was settled is free."""
        self.check_access("write")
        self._cancel()
        return True

    def action_view_bills(self):
        return self._view_documents(
            self.env._("Bills"), lambda move: move.is_purchase_document(), "in_invoice"
        )

    def action_view_commission_invoices(self):
        return self._view_documents(
            self.env._("Commission Invoices"), lambda move: move.is_sale_document(), "out_invoice"
        )

    def action_view_purchases(self):
        return self.line_ids.purchase_id._get_records_action(name=self.env._("Purchase Orders"))

    def _view_documents(self, name, condition, move_type):
        moves = self._get_documents().filtered(condition)
        return moves._get_records_action(name=name, context={"default_move_type": move_type})

    def _get_documents(self):
        """Return bill, commission invoice and netting entry, without cancelled ones."""
        return self.move_ids.filtered(lambda move: move.state != "cancel")

    def _get_state(self):
        self.ensure_one()
        if self.stage == "sent" and any(line.state == "disputed" for line in self.line_ids):
            return "disputed"
        # sudo: how far the documents are is part of the state, whoever sets off its computing
        invoices = self.sudo()._get_documents().filtered(lambda move: move.is_invoice())
        if self.stage != "confirmed" or not invoices:
            return self.stage
        paid = all(m.state == "posted" and m.payment_state in PAID for m in invoices)
        return "paid" if paid else "billed"

    def _check_stage(self, *stages):
        for settlement in self:
            if settlement.stage not in stages:
                raise UserError(
                    self.env._(
                        "%(name)s is “%(state)s”: this is not possible now.",
                        name=settlement.name,
                        state=settlement._get_state_label(),
                    )
                )

    def _get_state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _lock(self):
        """Make whoever decides about these statements at the same moment wait or fail."""
        records = self.sorted("id")
        records.lock_for_update(allow_referencing=True)
        records.invalidate_recordset()

    def _get_today(self):
        """Return today in the time zone of the company."""
        return self.company_id._get_settlement_today()

    def _get_report_base_filename(self):
        self.ensure_one()
        return f"{self.name} {self.partner_id.name}"

    def _get_partner_url(self):
        """Return where the partner sees this statement, after login."""
        self.ensure_one()
        return f"{self.get_base_url()}/web/login?redirect={self.access_url}"
