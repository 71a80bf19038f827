from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.rectification import next_state

STATES = [
    ("draft", "Draft"),
    ("issued", "Issued"),
    ("answered", "Answered"),
    ("accepted", "Accepted"),
    ("rejected", "Rejected"),
    ("overdue", "Overdue"),
    ("closed", "Finished"),
]
OUTCOMES = [
    ("effective", "Effective"),
    ("ineffective", "Not Effective"),
    ("refused", "Refused"),
]


class S2b2bRectification(models.Model):
    """What a supplier has to put right after a weak period, and how it says it will."""

    _name = "s2b2b.rectification"
    _description = "Supplier Rectification"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _order = "date_to desc, id desc"
    _rec_names_search = ["name", "partner_id"]
    _guarded_fields = dict.fromkeys(
        (
            "state",
            "round",
            "issued_date",
            "answered_at",
            "accepted_date",
            "closed_date",
            "decided_by_id",
            "outcome",
            "verified_scorecard_id",
            "is_reminded",
        )
    )
    _frozen_states = frozenset({"issued", "answered", "accepted", "rejected", "overdue", "closed"})
    _frozen_fields = frozenset({"partner_id", "company_id", "scorecard_id", "date_from", "date_to"})

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
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    scorecard_id = fields.Many2one(
        "s2b2b.scorecard",
        ondelete="set null",
        index="btree_not_null",
        domain="[('partner_id', '=', partner_id), ('company_id', '=', company_id)]",
    )
    grade_id = fields.Many2one(
        "s2b2b.supplier.grade",
        compute="_compute_from_card",
        store=True,
        precompute=True,
        help="The grade of the period, as it was when this was raised.",
    )
    date_from = fields.Date(
        string="From",
        compute="_compute_from_card",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date_to = fields.Date(
        string="To",
        compute="_compute_from_card",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    state = fields.Selection(
        STATES, default="draft", required=True, index=True, copy=False, readonly=True, tracking=True
    )
    round = fields.Integer(default=1, readonly=True, copy=False, help="How often it was asked for.")
    reason = fields.Text(help="Why this is asked for; the supplier reads it.")
    due_date = fields.Date(
        copy=False, tracking=True, help="Empty: by the company's settings, once it is issued."
    )
    review_note = fields.Text(
        string="What to Mend", copy=False, help="Sent back or rejected: the supplier reads why."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        tracking=True,
    )
    line_ids = fields.One2many("s2b2b.rectification.line", "rectification_id", copy=True)
    issued_date = fields.Date(string="Issued On", readonly=True, copy=False)
    answered_at = fields.Datetime(string="Answered On", readonly=True, copy=False)
    accepted_date = fields.Date(string="Accepted On", readonly=True, copy=False)
    closed_date = fields.Date(string="Closed On", readonly=True, copy=False, index=True)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False, tracking=True)
    outcome = fields.Selection(OUTCOMES, readonly=True, copy=False, tracking=True)
    verified_scorecard_id = fields.Many2one(
        "s2b2b.scorecard",
        string="Verified By",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The later scorecard that shows whether it has helped.",
    )
    is_reminded = fields.Boolean(string="Reminded", readonly=True, copy=False)

    _period_unique = models.UniqueIndex(
        "(partner_id, company_id, date_from, date_to)"
        " WHERE state IN ('draft', 'issued', 'answered', 'accepted', 'overdue')",
        "This supplier has an open rectification for this period already.",
    )
    _period_in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A period ends on or after the day on which it begins."
    )
    _due_idx = models.Index("(company_id, due_date) WHERE state = 'issued'")

    @api.depends("scorecard_id")
    def _compute_from_card(self):
        last_month = fields.Date.context_today(self) - relativedelta(months=1, day=1)
        for record in self:
            card = record.scorecard_id
            record.grade_id = card.grade_id
            record.date_from = card.date_from or record.date_from or last_month
            record.date_to = card.date_to or record.date_to or last_month + relativedelta(day=31)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(self._name) or "/"
        records = super().create(vals_list)
        records.filtered(lambda record: not record.line_ids)._fill_lines()
        return records

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(record.state != "draft" for record in self):
            raise UserError(self.env._("Only drafts can be deleted: the supplier has read others."))

    def action_load_measures(self):
        """Replaces the lines by the weak measures of the scorecard."""
        self._check_step("issue")
        self.line_ids.unlink()
        self._fill_lines()

    def action_issue(self):
        """Asks the supplier, and starts the time it has."""
        self._check_step("issue")
        self._issue()

    def action_accept(self):
        """Takes the answer as it is; the next scorecards show whether it helps."""
        self._lock()
        self._check_step("accept")
        self._move("accept", accepted_date=fields.Date.context_today(self))
        self._tell("s2b2b_supplier.mail_rectification_decided")

    def action_send_back(self):
        """Asks again, for what “What to Mend” says, and gives new time."""
        self._lock()
        self._check_step("send_back")
        for record in self:
            record._need_note()
            record._move(
                "send_back",
                round=record.round + 1,
                due_date=record._get_due_date(),
                is_reminded=False,
            )
        self._tell("s2b2b_supplier.mail_rectification_issued")

    def action_reject(self):
        """Ends it as failed: the answer does not do, or there is none."""
        self._lock()
        self._check_step("reject")
        for record in self:
            record._need_note()
        self._finish("reject", "refused")

    def action_close_effective(self):
        """Closes what no scorecard can show."""
        self._lock()
        self._check_step("close")
        self._finish("close", "effective")

    def action_close_ineffective(self):
        self._lock()
        self._check_step("close")
        self._finish("close", "ineffective")

    def action_verify(self):
        """Looks for a scorecard that shows whether it has helped."""
        self._check_step("close")
        if not self._verify():
            raise UserError(self.env._("No later scorecard rates these measures yet."))

    def _issue(self):
        for record in self:
            if not record.line_ids:
                raise UserError(self.env._("%s: nothing is asked for yet.", record.name))
            due = record.due_date or record._get_due_date()
            today = fields.Date.context_today(record)
            record._move("issue", due_date=due, issued_date=today, is_reminded=False)
        self._tell("s2b2b_supplier.mail_rectification_issued")

    def _get_due_date(self):
        days = self.company_id.rectification_days
        return fields.Date.context_today(self) + timedelta(days=days)

    def _move(self, verb, **vals):
        for state, records in self.grouped("state").items():
            records._write_guarded({"state": next_state(verb, state), **vals})

    def _finish(self, verb, outcome, **vals):
        today = fields.Date.context_today(self)
        decided = {"closed_date": today, "decided_by_id": self.env.uid, "outcome": outcome}
        self._move(verb, **decided, **vals)
        self.activity_feedback(["mail.mail_activity_data_todo"])
        self._tell("s2b2b_supplier.mail_rectification_decided")
        if outcome != "effective":
            self._after_failure()

    def _check_step(self, verb):
        # Checked here as well: these methods are open to RPC, and what follows may write nothing.
        self.check_access("write")
        states = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if not next_state(verb, record.state):
                raise UserError(
                    self.env._(
                        "%(name)s is “%(state)s”; this action does not apply.",
                        name=record.name,
                        state=states[record.state],
                    )
                )

    def _need_note(self):
        if not (self.review_note or "").strip():
            raise UserError(self.env._("Write in “What to Mend” why it does not do."))

    def _lock(self):
        """Whoever decides about these at the same moment waits or is told."""
        self.check_access("write")
        records = self.sorted("id")
        records.lock_for_update(allow_referencing=True)
        records.invalidate_recordset()

    def _tell(self, template):
        if self:
            # sudo: mails of the module, to the supplier's own people, whoever caused them
            self.env.ref(template).sudo().send_mail_batch(self.ids)

    def _mail_partner_ids(self):
        """Ids for the mail templates: the supplier's administrators."""
        return self.partner_id._get_supplier_mail_ids("admin")

    def _get_portal_url(self):
        return f"{self.get_base_url()}/my/supplier/rectifications/{self.id}"

    def _get_period_text(self):
        return f"{format_date(self.env, self.date_from)} – {format_date(self.env, self.date_to)}"
