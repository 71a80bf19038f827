from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ..tools.claims import next_state

BATCH = 200
# Farther off a closure is no closure: a year that was mistyped must not stop a clock for good.
LONGEST_CLOSURE = timedelta(days=365)


class S2b2bClaim(models.Model):
    _inherit = "s2b2b.claim"

    answer_deadline = fields.Datetime(string="Answer Due", readonly=True, copy=False)
    first_response_at = fields.Datetime(string="First Answer", readonly=True, copy=False)
    escalated_at = fields.Datetime(readonly=True, copy=False)
    # Plain columns that a verb fills: while they are NULL, averages leave them out.
    response_hours = fields.Float(
        string="Hours to Answer",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Working hours of the company from opening to the first answer.",
    )
    resolution_hours = fields.Float(
        string="Hours to Close",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Working hours of the company from opening to the decision.",
    )
    # As it was announced when the claim was opened: one that is announced later excuses nothing,
    # and one that is lifted or replaced later has excused all the same.
    supplier_closed_from = fields.Date(readonly=True, copy=False)
    supplier_closed_to = fields.Date(string="Supplier Closed Until", readonly=True, copy=False)
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")

    _waiting_idx = models.Index("(company_id, answer_deadline) WHERE state = 'open'")

    @api.depends("state", "answer_deadline")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for claim in self:
            claim.is_overdue = (
                claim.state == "open"
                and bool(claim.answer_deadline)
                and claim.answer_deadline < now
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._overdue_domain(fields.Datetime.now())

    def action_escalate(self):
        """Takes the claim out of the supplier's hands: the platform decides."""
        self._check_step("escalate")
        self._escalate(self.env._("Taken over by %s.", self.env.user.name))

    def _start_clock(self):
        """Sets the moment by which the supplier has to answer, in the company's working hours."""
        self._keep_closure()
        for company, claims in self.grouped("company_id").items():
            hours = company.claim_answer_hours
            opened = claims.mapped("opened_at")
            latest = max(max(claim.opened_at, claim._get_closure()[1]) for claim in claims)
            # Even one working hour a day is enough to reach the deadline within so many days.
            worktime = company._get_worktime(min(opened), latest + timedelta(days=14 + hours))
            for claim in claims:
                start, end = claim._get_closure()
                deadline = worktime.without(start, end).after(claim.opened_at, hours)
                wall = max(claim.opened_at, end) + timedelta(hours=hours)
                claim._write_guarded({"answer_deadline": deadline or wall})

    def _keep_closure(self):
        """Notes the closure that the supplier has announced by the time the claim is opened."""
        for claim in self:
            supplier = claim.partner_id
            opened = claim._get_opened_day()
            earliest, latest = opened - LONGEST_CLOSURE, opened + LONGEST_CLOSURE
            first, last = supplier.supplier_closed_from, supplier.supplier_closed_to
            if first and first <= latest and last >= opened:
                claim._write_guarded(
                    {
                        "supplier_closed_from": max(first, earliest),
                        "supplier_closed_to": min(last, latest),
                    }
                )

    def _get_closure(self):
        """The moments at which the supplier's closure begins and ends; the same one twice: none."""
        if not self.supplier_closed_from:
            return self.opened_at, self.opened_at
        company, days = self.company_id, (self.supplier_closed_from, self.supplier_closed_to)
        return company._get_day_bounds(*days, company.resource_calendar_id.tz)

    def _get_worked_hours(self, name, until):
        """{claim: working hours between its field ``name`` and the moment ``until``}.

        Days on which the supplier is closed, as it had announced, are no working time.
        """
        worked = {}
        for company, claims in self.grouped("company_id").items():
            worktime = company._get_worktime(min(claims.mapped(name)), until)
            for claim in claims:
                own = worktime.without(*claim._get_closure())
                worked[claim] = own.hours(claim[name], until)
        return worked

    def _register_answer(self, vals=None):
        """Stops the clock at the first answer, whoever gave it; ``vals`` are what was offered."""
        now = fields.Datetime.now()
        for claim, hours in self._get_worked_hours("opened_at", now).items():
            first = (
                {}
                if claim.first_response_at
                else {
                    "first_response_at": now,
                    "response_hours": hours,
                }
            )
            state = next_state("answer", claim.state)
            claim._write_guarded({"state": state, **first, **(vals or {})})

    def _escalate(self, reason):
        self._write_guarded({"state": "escalated", "escalated_at": fields.Datetime.now()})
        for claim in self:
            claim._message_log(body=reason)
            claim._ask_for_decision(self.env._("Escalated: the platform decides"))
        self._mail_supplier("s2b2b_supplier.mail_claim_escalated")

    @api.model
    def _overdue_domain(self, now):
        return Domain("state", "=", "open") & Domain("answer_deadline", "<", now)

    @api.model
    def _cron_escalate(self):
        """Escalates what is not answered in time, in companies that have a start date."""
        now = fields.Datetime.now()
        for company in self.env["res.company"].search([("s2b2b_start_date", "!=", False)]):
            overdue = self.search(
                self._overdue_domain(now)
                & Domain("company_id", "=", company.id)
                & Domain("opened_at", ">=", company.s2b2b_start_date)
            )
            for ids in split_every(BATCH, overdue.ids):
                self.browse(ids)._escalate(self.env._("No answer by the deadline."))
                self.env["ir.cron"]._commit_progress(len(ids))
