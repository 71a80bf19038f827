from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

DECIDED = ("approved", "conditional", "rejected", "cancelled")
OPEN = ("draft", "submitted", "review", "returned", "audit")


class S2b2bQualification(models.Model):
    """The way of a supplier from its application to a decision, and again at each renewal."""

    _name = "s2b2b.qualification"
    _description = "Supplier Qualification"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "s2b2b.guarded",
        "s2b2b.qualification.decision",
        "s2b2b.qualification.link",
    ]
    _order = "id desc"
    _check_company_auto = True
    _guarded_fields = {
        "state": None,
        "auditor_id": None,
        "assessor_ids": None,
        "audit_date": None,
        "decided_by_id": None,
        "decision_date": None,
        "submitted_date": None,
        "valid_until_before": None,
    }
    _frozen_states = frozenset(DECIDED)
    _frozen_fields = frozenset(
        {"partner_id", "kind", "decision_reason", "category_ids", "valid_until", "max_amount"}
    )

    name = fields.Char(default="/", required=True, copy=False, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
        tracking=True,
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Applicant's Contact",
        domain="[('id', 'child_of', partner_id)]",
        help="Gets the mails about the application, and the portal access on approval.",
    )
    supplier_status = fields.Selection(related="partner_id.supplier_status")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("initial", "Initial"),
            ("renewal", "Renewal"),
            ("requalification", "Requalification"),
        ],
        default="initial",
        required=True,
        tracking=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("review", "Review"),
            ("returned", "Returned"),
            ("audit", "Audit"),
            ("approved", "Approved"),
            ("conditional", "Conditional"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Responsible", tracking=True, domain="[('share', '=', False)]"
    )
    introduction = fields.Text(help="What the applicant says about itself.")
    applicant_address = fields.Char(
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="s2b2b_supplier.group_manager",
        help="Keyed hash of the sender's network address, against floods of applications.",
    )
    submitted_date = fields.Date(string="Submitted On", copy=False, readonly=True)
    return_reason = fields.Text(
        string="What to Mend", copy=False, help="The applicant reads this behind its link."
    )
    template_id = fields.Many2one(
        "s2b2b.qualification.template",
        string="Checklist",
        default=lambda self: self.env.company.supplier_template_id,
    )
    line_ids = fields.One2many(
        "s2b2b.qualification.line", "qualification_id", string="Checklist Lines", copy=True
    )
    checklist_score = fields.Float(compute="_compute_checklist_score", digits=(5, 1))
    certificate_ids = fields.Many2many(
        "s2b2b.certificate",
        "s2b2b_qualification_certificate_rel",
        string="Certificates",
        copy=False,
        domain="[('partner_id', '=', partner_id)]",
    )
    missing_type_ids = fields.Many2many(
        "s2b2b.certificate.type", compute="_compute_missing_type_ids", string="Still Missing"
    )
    duplicate_ids = fields.Many2many(
        "res.partner", compute="_compute_duplicate_ids", string="Same Tax Number"
    )
    auditor_id = fields.Many2one("res.users", readonly=True, copy=False, tracking=True)
    assessor_ids = fields.Many2many(
        "res.users",
        "s2b2b_qualification_assessor_rel",
        string="Gave Verdicts",
        readonly=True,
        copy=False,
        help="They have audited and therefore do not decide.",
    )
    audit_date = fields.Datetime(string="Audited On", readonly=True, copy=False)
    credit_source = fields.Char(help="Agency or bank that gave the information.")
    credit_score = fields.Char(help="As the source writes it.")
    credit_date = fields.Date()
    credit_limit = fields.Monetary(string="Exposure Limit", currency_field="currency_id")
    credit_adverse = fields.Text(
        string="Adverse Entries", help="Insolvency, defaults, court orders, sanctions."
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id, required=True
    )
    category_ids = fields.Many2many(
        "product.category",
        "s2b2b_qualification_category_rel",
        string="Product Categories",
        help="What it is to be qualified for, sub-categories included; empty: everything.",
    )
    valid_until = fields.Date(copy=False, help="Empty: the validity of the settings from today.")
    max_amount = fields.Monetary(
        string="Largest Order",
        currency_field="currency_id",
        copy=False,
        help="For a conditional approval: untaxed amount of one order; 0: no limit.",
    )
    decision_reason = fields.Text(copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, tracking=True)
    decision_date = fields.Datetime(string="Decided On", readonly=True, copy=False)
    valid_until_before = fields.Date(
        copy=False, readonly=True, help="Restored when a renewal with grace is refused."
    )

    @api.depends("line_ids.verdict", "line_ids.weight")
    def _compute_checklist_score(self):
        for record in self:
            record.checklist_score = record.line_ids._checklist_score() or 0.0

    @api.depends(
        "category_ids",
        "certificate_ids.state",
        "certificate_ids.expiry_date",
        "partner_id.supplier_certificate_ids.state",
        "partner_id.supplier_certificate_ids.expiry_date",
    )
    def _compute_missing_type_ids(self):
        today = fields.Date.context_today(self)
        required = self.env["s2b2b.certificate.type"].search([("required", "=", True)])
        for record in self:
            held = record.partner_id.supplier_certificate_ids._holding(today).type_id
            record.missing_type_ids = required._needed_for(record.category_ids) - held

    @api.depends("partner_id.vat", "partner_id.country_id")
    def _compute_duplicate_ids(self):
        applications = self.env["s2b2b.supplier.application"]
        for record in self:
            partner = record.partner_id
            record.duplicate_ids = applications._find_same_tax_number(
                partner.vat, partner.country_id, partner
            )

    @api.constrains("partner_id", "state")
    def _check_only_one_open(self):
        running = self.filtered(lambda record: record.state not in (*DECIDED, "draft"))
        groups = self._read_group(
            Domain("partner_id", "in", running.partner_id.ids)
            & Domain("state", "not in", [*DECIDED, "draft"]),
            ["partner_id"],
            ["__count"],
        )
        for partner, count in groups:
            if count > 1:
                raise ValidationError(
                    self.env._("%s has a qualification under way already.", partner.display_name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name) or "/"
        records = super().create(vals_list)
        records.filtered(lambda r: not r.line_ids)._fill_checklist()
        return records

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(record.state not in ("draft", "cancelled") for record in self):
            raise UserError(self.env._("Only drafts can be deleted; cancel the qualification."))

    def action_load_checklist(self):
        """Replaces the lines by the ones of the chosen template."""
        self._check_state("draft", "submitted", "review", "returned")
        self.line_ids.unlink()
        self._fill_checklist()

    def action_submit(self):
        self._check_state("draft", "returned")
        today = fields.Date.context_today(self)
        self._write_guarded({"state": "submitted", "submitted_date": today})
        for record in self:
            record._link_certificates()
            record._grant_grace(today)
            if record.partner_id.supplier_status == "none":
                record.partner_id._supplier_apply(self.env._("Application %s", record.name))

    def action_start_review(self):
        self._check_state("submitted")
        for record in self:
            record._link_certificates()
            responsible = record.user_id or self.env.user
            record._write_guarded({"state": "review", "user_id": responsible.id})

    def action_request_changes(self, reason=None):
        self._check_state("submitted", "review", "audit")
        for record in self:
            text = (reason or record.return_reason or "").strip()
            if not text:
                raise UserError(self.env._("Write in “What to Mend” what the applicant has to do."))
            record._write_guarded({"state": "returned", "return_reason": text})
            record._mail_applicant("s2b2b_supplier.mail_qualification_returned")

    def action_start_audit(self):
        self._check_state("review")
        self._write_guarded(
            {"state": "audit", "auditor_id": self.env.uid, "audit_date": fields.Datetime.now()}
        )

    def action_cancel(self):
        self._check_state("draft", "submitted", "review", "returned", "audit")
        for record in self:
            record._close("cancelled", record.decision_reason or self.env._("Cancelled"))

    def _check_state(self, *states):
        # Checked here as well: these methods are open to RPC, and what follows may write nothing.
        self.check_access("write")
        names = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state in states:
                continue
            if record.decided_by_id:
                raise UserError(
                    self.env._(
                        "%(name)s: %(user)s has decided already (%(state)s).",
                        name=record.name,
                        user=record.decided_by_id.name,
                        state=names[record.state],
                    )
                )
            raise UserError(
                self.env._(
                    "%(name)s is in state “%(state)s”; this action does not apply.",
                    name=record.name,
                    state=names[record.state],
                )
            )

    def _grant_grace(self, today):
        """A renewal that comes in time keeps the status while it is decided upon."""
        partner = self.partner_id
        until = partner.supplier_valid_until
        if self.kind == "renewal" and until and until >= today and not self.valid_until_before:
            self._write_guarded({"valid_until_before": until})
            grace = timedelta(days=self.company_id.renewal_grace_days)
            partner._supplier_set_validity(until + grace)

    def _link_certificates(self):
        self.certificate_ids |= self.partner_id.supplier_certificate_ids

    def _fill_checklist(self):
        for record in self.filtered("template_id"):
            record.line_ids = [
                Command.create(vals) for vals in record.template_id._prepare_line_vals()
            ]
