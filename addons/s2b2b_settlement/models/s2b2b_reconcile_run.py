import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.matching import match

_logger = logging.getLogger(__name__)

# Any number will do; it only has to be ours among the advisory locks of the database.
LOCK_CLASS = 19_053


class ReconcileRun(models.Model):
    """One pass over the open bank transactions of some journals, which can be undone as a whole."""

    _name = "s2b2b.reconcile.run"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _description = "Bank Reconciliation"
    _order = "id desc"
    _check_company_auto = True
    _guarded_fields = {"state": None, "name": None, "is_automatic": None, "run_date": None}
    _frozen_fields = frozenset({"company_id", "journal_ids", "date_from", "date_to"})
    _frozen_states = frozenset({"done", "undone"})

    name = fields.Char("Number", readonly=True, copy=False, default=lambda self: self.env._("New"))
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    journal_ids = fields.Many2many(
        "account.journal",
        string="Bank Journals",
        domain="[('type', 'in', ('bank', 'credit', 'cash'))]",
        check_company=True,
        help="Empty: all bank journals of the company.",
    )
    date_from = fields.Date("From", help="Empty: from the first open bank transaction.")
    date_to = fields.Date("To")
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done"), ("undone", "Undone")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    is_automatic = fields.Boolean("Started by Itself", readonly=True, copy=False)
    run_date = fields.Datetime("Run On", readonly=True, copy=False)
    match_ids = fields.One2many("s2b2b.reconcile.match", "run_id", "Matches", readonly=True)
    posted_count = fields.Integer("Posted", compute="_compute_counts")
    waiting_count = fields.Integer("To Review", compute="_compute_counts")

    _dates_ordered = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The first day cannot be after the last.",
    )

    @api.depends("match_ids.state")
    def _compute_counts(self):
        counts = {
            (run.id, state): count
            for run, state, count in self.env["s2b2b.reconcile.match"]._read_group(
                [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
            )
        }
        for run in self:
            run.posted_count = counts.get((run.id, "posted"), 0)
            run.waiting_count = counts.get((run.id, "proposed"), 0)

    def action_run(self):
        """Match the open bank transactions; what is beyond doubt is posted, the rest waits."""
        self.check_access("write")
        for run in self:
            run._run()
        return True

    def action_undo(self):
        """Take back everything that this run has posted."""
        self.check_access("write")
        for run in self:
            run._check_state("done")
            run._lock_reconciliation(run.company_id)
            run.match_ids._undo()
            run.match_ids._supersede()
            run._write_guarded({"state": "undone"})
        return True

    def action_view_matches(self):
        """Open the matches of this run, those that wait for somebody first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_settlement.s2b2b_reconcile_match_action"
        )
        state = self.env.context.get("match_state")
        action["domain"] = [("run_id", "=", self.id)]
        action["context"] = {f"search_default_{state}": True} if state else {}
        return action

    def _run(self):
        """Gather, decide and apply for one run; running again adds what has come since."""
        self.ensure_one()
        self._check_state("draft", "done")
        self._lock_reconciliation(self.company_id)
        lines = self.env["account.bank.statement.line"].search(self._get_line_domain())
        given = self.env["s2b2b.reconcile.input"]._prepare_matching_input(lines, self.company_id)
        rules = self.company_id._get_matching_rules()
        today = fields.Date.context_today(self)
        result = match(given.entries, given.candidates, rules, today=today)
        self.env["s2b2b.reconcile.match"]._apply_matching_result(self, given, result, rules)
        vals = {"state": "done", "run_date": fields.Datetime.now()}
        if self.state == "draft":
            vals["name"] = self.env["ir.sequence"].next_by_code(self._name)
        self._write_guarded(vals)

    def _check_state(self, *states):
        if self.state not in states:
            raise UserError(
                self.env._(
                    "%(run)s is “%(state)s”: this is not possible now.",
                    run=self.name,
                    state=dict(self._fields["state"]._description_selection(self.env))[self.state],
                )
            )

    def _get_line_domain(self):
        """Return which bank transactions are looked at: posted, open, since the company began."""
        journals = self.journal_ids or self.env["account.journal"].search(
            [("company_id", "=", self.company_id.id), ("type", "in", ("bank", "credit", "cash"))]
        )
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("journal_id", "in", journals.ids),
                ("is_reconciled", "=", False),
                ("state", "=", "posted"),
            ]
        )
        starts = list(filter(None, (self.date_from, self.company_id.s2b2b_start_date)))
        if starts:
            domain &= Domain("date", ">=", max(starts))
        if self.date_to:
            domain &= Domain("date", "<=", self.date_to)
        return domain

    @api.model
    def _lock_reconciliation(self, companies):
        """Let one reconciliation of a company run at a time, until the transaction ends."""
        for company in companies.sorted("id"):
            key = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK_CLASS, company.id)
            if not self.env.execute_query(key)[0][0]:
                raise UserError(
                    self.env._(
                        "The bank of %s is being reconciled by somebody else. Try again in a "
                        "moment.",
                        company.name,
                    )
                )

    @api.model
    def _cron_reconcile(self):
        """Reconcile the companies that have switched it on, each in its own transaction."""
        companies = self.env["res.company"].search([("reconcile_active", "=", True)])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            try:
                with self.env.cr.savepoint():
                    self.with_company(company)._reconcile_company(company)
            except UserError as error:  # another run holds the company; the others go on
                _logger.info("Reconciliation of company %s skipped: %s", company.id, error)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _reconcile_company(self, company):
        """Make a run for ``company``; one that finds nothing new leaves no trace."""
        run = self._create_guarded([{"company_id": company.id, "is_automatic": True}])
        if self.env["account.bank.statement.line"].search_count(run._get_line_domain(), limit=1):
            run._run()
        if not run.match_ids:
            run.unlink()
            return self.browse()
        return run

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        if any(match.state == "posted" for match in self.match_ids):
            raise UserError(self.env._("Undo a reconciliation before it is deleted."))
