from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, split_every

from ..tools.papers import Paper, due_reminder, holds, lapsed
from ..tools.uploads import Upload, check_uploads

BATCH = 200


class S2b2bCertificate(models.Model):
    """A paper of a supplier, checked by staff, with the day on which it runs out."""

    _name = "s2b2b.certificate"
    _description = "Supplier Certificate"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _order = "expiry_date, id"
    _rec_names_search = ["number", "partner_id", "type_id"]
    _guarded_fields = {
        "state": None,
        "submitted_date": None,
        "verified_by_id": None,
        "verified_date": None,
        "reminded_days": None,
    }
    _frozen_states = frozenset({"verified", "expired"})
    _frozen_fields = frozenset(
        {"partner_id", "type_id", "number", "issue_date", "expiry_date", "attachment_ids"}
    )

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('parent_id', '=', False)]",
        tracking=True,
    )
    type_id = fields.Many2one(
        "s2b2b.certificate.type", required=True, index=True, ondelete="restrict", tracking=True
    )
    number = fields.Char(required=True, tracking=True)
    issuer = fields.Char()
    issue_date = fields.Date()
    expiry_date = fields.Date(index=True, tracking=True)
    expires = fields.Boolean(related="type_id.expires")
    attachment_ids = fields.Many2many(
        "ir.attachment", "s2b2b_certificate_attachment_rel", string="Files", copy=False
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("verified", "Verified"),
            ("rejected", "Rejected"),
            ("expired", "Expired"),
        ],
        default="draft",
        required=True,
        index=True,
        copy=False,
        tracking=True,
    )
    submitted_date = fields.Date(string="Submitted On", copy=False, readonly=True)
    verified_by_id = fields.Many2one(
        "res.users", string="Checked By", copy=False, readonly=True, groups="base.group_user"
    )
    verified_date = fields.Datetime(string="Checked On", copy=False, readonly=True)
    reject_reason = fields.Char(string="Reason of Rejection", copy=False, tracking=True)
    reminded_days = fields.Integer(
        string="Last Reminder", copy=False, readonly=True, help="Days before expiry; 0: none yet."
    )
    days_left = fields.Integer(compute="_compute_days_left")

    _dates_in_order = models.Constraint(
        "CHECK(expiry_date IS NULL OR issue_date IS NULL OR expiry_date >= issue_date)",
        "A certificate cannot expire before it is issued.",
    )

    @api.depends("type_id", "number")
    def _compute_display_name(self):
        for record in self:
            record.display_name = " ".join(filter(None, [record.type_id.name, record.number]))

    @api.depends("expiry_date")
    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for record in self:
            record.days_left = (record.expiry_date - today).days if record.expiry_date else 0

    @api.constrains("number", "type_id", "partner_id")
    def _check_number(self):
        for record in self:
            record.type_id._validate_number(record.number, record.partner_id)

    @api.constrains("attachment_ids")
    def _check_attachments(self):
        for record in self:
            # sudo: only names and first bytes of what the user has just attached are looked at
            files = record.sudo().attachment_ids
            problem = check_uploads([Upload(file.name, file.raw or b"") for file in files])
            if problem:
                raise ValidationError(self._upload_text(problem))

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._adopt_attachments()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._adopt_attachments()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(record.state in self._frozen_states for record in self):
            raise UserError(self.env._("A verified certificate is evidence and cannot be deleted."))

    def action_submit(self):
        self._check_state("draft", "rejected")
        for record in self:
            if record.type_id.expires and not record.expiry_date:
                raise UserError(self.env._("%s: the expiry date is missing.", record.display_name))
        today = fields.Date.context_today(self)
        self._write_guarded({"state": "submitted", "submitted_date": today})

    def action_verify(self):
        self._check_state("submitted")
        today = fields.Date.context_today(self)
        for record in self:
            if record.expiry_date and record.expiry_date < today:
                raise UserError(self.env._("%s has expired already.", record.display_name))
        self._write_guarded({"state": "verified", "reject_reason": False, **self._checked_vals()})
        self._review_suppliers(self.partner_id, today)

    def action_reject(self, reason=None):
        self._check_state("submitted")
        for record in self:
            if not (reason or record.reject_reason or "").strip():
                raise UserError(self.env._("Write what is wrong with it in “Reason of Rejection”."))
        vals = {"state": "rejected", **self._checked_vals()}
        self._write_guarded({**vals, "reject_reason": reason} if reason else vals)
        self._mail_supplier("s2b2b_supplier.mail_certificate_rejected")

    def action_draft(self):
        self._check_state("submitted", "rejected")
        self._write_guarded({"state": "draft", "submitted_date": False})

    def _check_state(self, *states):
        # Checked here as well: these methods are open to RPC, and what follows may write nothing.
        self.check_access("write")
        # Of two who decide at once one wins, the other is told.
        self.sorted("id").lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state", "verified_by_id"])
        for record in self.filtered(lambda r: r.state not in states):
            raise UserError(record._get_state_problem())

    def _get_state_problem(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        values = {"name": self.display_name, "state": states[self.state]}
        if self.state in ("verified", "rejected"):
            return self.env._(
                "%(name)s: %(user)s has decided already (%(state)s).",
                user=self.verified_by_id.name or "",
                **values,
            )
        return self.env._("%(name)s is “%(state)s”; this action does not apply.", **values)

    def _checked_vals(self):
        return {"verified_by_id": self.env.uid, "verified_date": fields.Datetime.now()}

    def _adopt_attachments(self):
        """Files uploaded before their certificate was saved become readable through it."""
        for record in self:
            # sudo: the user's own uploads that belong to nothing yet, and only those
            record.sudo().attachment_ids.filtered(
                lambda a: not a.res_id and a.create_uid == self.env.user
            ).write({"res_model": self._name, "res_id": record.id})

    def _upload_text(self, problem):
        texts = {
            "count": self.env._("Please attach five files at most."),
            "empty": self.env._("%s is empty.", problem.name),
            "size": self.env._("%s is larger than 10 MB.", problem.name),
            "type": self.env._("%s is not a PDF, PNG or JPEG file.", problem.name),
            "name": self.env._("The ending of %s does not fit what is in the file.", problem.name),
        }
        return texts[problem.code]

    def _prepare_paper(self):
        return Paper(
            key=self.id,
            kind=self.type_id.id,
            state=self.state,
            expiry=self.expiry_date or None,
            submitted=self.submitted_date or None,
        )

    def _holding(self, today):
        """Those that are verified and valid on ``today``."""
        return self.filtered(lambda record: holds(record._prepare_paper(), today))

    @api.model
    def _review_suppliers(self, partners, today):
        """Suspends and reinstates suppliers, or some of their categories, by their certificates."""
        partners = partners.filtered(
            lambda p: p.supplier_status in ("qualified", "conditional", "suspended")
        )
        # sudo: what is required decides over the status, whoever changed a certificate
        required = self.env["s2b2b.certificate.type"].sudo().search([("required", "=", True)])
        # sudo: the rules of the company that approved last hold, also where a user may not read it
        qualifications = self.env["s2b2b.qualification"].sudo()
        approved = qualifications._find_last_approvals(partners)
        for partner in partners:
            company = approved.get(partner, qualifications).company_id or partner.company_id
            kinds = required._needed_for(partner.supplier_category_ids)
            gaps = lapsed(
                kinds.ids,
                [paper._prepare_paper() for paper in partner.supplier_certificate_ids],
                today=today,
                grace_days=(company or self.env.company).renewal_grace_days,
            )
            papers = self.browse(paper.key for paper in gaps.values())
            partner._apply_certificate_gaps(papers)

    def _lapse_reason(self):
        """What the status of a supplier says when these have run out; names each of them."""
        return "; ".join(
            self.env._(
                "%(type)s %(number)s expired on %(day)s",
                type=record.type_id.name,
                number=record.number,
                day=format_date(self.env, record.expiry_date),
            )
            for record in self
        )

    @api.model
    def _cron_check_certificates(self):
        """Daily: expires, reminds and suspends. Every step asks for what is left to do.

        Suppliers are shared: they are watched once one company has begun, those of a company of
        their own once that one has.
        """
        today = fields.Date.context_today(self)
        companies = self.env["res.company"].search([("s2b2b_start_date", "<=", today)])
        if not companies:
            return
        suppliers = Domain("company_id", "in", [False, *companies.ids])
        papers = Domain("partner_id", "any", suppliers)
        for ids in split_every(BATCH, self.search(papers & self._expired_domain(today)).ids):
            self.browse(ids)._expire()
            self.env["ir.cron"]._commit_progress(len(ids))
        for ids in split_every(BATCH, self.search(papers & self._reminder_domain(today)).ids):
            self.browse(ids)._remind(today)
            self.env["ir.cron"]._commit_progress(len(ids))
        suppliers = self.env["res.partner"].search(suppliers & self._supplier_domain(today))
        for ids in split_every(BATCH, suppliers.ids):
            suppliers.browse(ids)._review_supplier_status(today)
            self.env["ir.cron"]._commit_progress(len(ids))

    @api.model
    def _expired_domain(self, today):
        return Domain("state", "=", "verified") & Domain("expiry_date", "<", today)

    @api.model
    def _reminder_domain(self, today):
        kinds = self.env["s2b2b.certificate.type"].with_context(active_test=False)
        days = [day for kind in kinds.search(Domain.TRUE) for day in kind._get_reminder_days()]
        horizon = max(days, default=0)
        return (
            Domain("state", "=", "verified")
            & Domain("expiry_date", ">=", today)
            & Domain("expiry_date", "<=", today + timedelta(days=horizon))
        )

    @api.model
    def _supplier_domain(self, today):
        active = Domain("supplier_status", "in", ["qualified", "conditional"])
        expired = Domain("supplier_certificate_ids.state", "=", "expired")
        # What a certificate has stopped may go on once its type is no longer required.
        stopped = Domain("supplier_status_cause", "=", "certificate") | Domain(
            "supplier_suspended_category_ids", "!=", False
        )
        return (active & (expired | Domain("supplier_valid_until", "<", today))) | (
            stopped & Domain("supplier_status", "!=", "eliminated")
        )

    def _expire(self):
        self._write_guarded({"state": "expired"})

    def _remind(self, today):
        """Sends each reminder of the type once; the nearest one when several were missed."""
        for record in self:
            due = due_reminder(
                (record.expiry_date - today).days,
                record.type_id._get_reminder_days(),
                record.reminded_days or None,
            )
            if due and not record._has_renewal():
                record._mail_supplier("s2b2b_supplier.mail_certificate_reminder")
                record._write_guarded({"reminded_days": due})

    def _is_ending(self, today):
        """Whether it is valid but within the first reminder of its expiry."""
        horizon = max(self.type_id._get_reminder_days(), default=0)
        return (
            self.state == "verified"
            and bool(self.expiry_date)
            and 0 <= (self.expiry_date - today).days <= horizon
        )

    @api.model
    def _find_ending(self, today, last):
        """Those that run out by ``last`` with nothing verified to follow, of present suppliers."""
        papers = self.search(
            Domain("state", "=", "verified")
            & Domain("expiry_date", ">=", today)
            & Domain("expiry_date", "<=", last)
            & Domain("partner_id.supplier_status", "!=", "eliminated")
        )
        return papers.filtered(lambda paper: not paper._has_renewal(("verified",)))

    def _has_renewal(self, states=("submitted", "verified")):
        return any(
            other.type_id == self.type_id
            and other.state in states
            and (not other.expiry_date or other.expiry_date > (self.expiry_date or date.min))
            for other in self.partner_id.supplier_certificate_ids - self
        )

    def _mail_partner_ids(self):
        return self.partner_id._supplier_mail_partner_ids()

    def _mail_supplier(self, template):
        # sudo: mails of the module, to the supplier's own people, whoever caused them
        self.env.ref(template).sudo().send_mail_batch(self.ids)
