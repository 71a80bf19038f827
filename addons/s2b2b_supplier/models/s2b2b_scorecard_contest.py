from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

MAX_TEXT = 4000


class S2b2bScorecardContest(models.Model):
    """A supplier says that a figure of its scorecard is wrong; once a line, and it is answered."""

    _name = "s2b2b.scorecard.contest"
    _description = "Contested Scorecard Line"
    _inherit = ["mail.thread", "mail.activity.mixin", "s2b2b.guarded"]
    _order = "state desc, id desc"
    _guarded_fields = {
        "state": None,
        "decision": None,
        "decided_by_id": None,
        "decided_at": None,
        "score_after": None,
    }
    _frozen_fields = frozenset({"answer", "line_ids"})
    _frozen_states = frozenset({"decided"})

    scorecard_id = fields.Many2one(
        "s2b2b.scorecard", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kpi_key = fields.Char(string="Measure", required=True, readonly=True)
    name = fields.Char(string="Name Then", required=True, readonly=True)
    kpi_name = fields.Char(string="KPI", compute="_compute_kpi_name")
    partner_id = fields.Many2one(related="scorecard_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="scorecard_id.company_id", store=True, index=True)
    contact_id = fields.Many2one("res.partner", string="Contested By", readonly=True)
    text = fields.Text(string="What the Supplier Says", required=True, readonly=True)
    line_ids = fields.Many2many(
        "purchase.order.line",
        string="Lines in Question",
        help="Named by the supplier; those left here are excluded if the decision is to exclude.",
    )
    state = fields.Selection(
        [("open", "Open"), ("decided", "Decided")], default="open", required=True, tracking=True
    )
    decision = fields.Selection(
        [
            ("uphold", "Upheld: Data Corrected"),
            ("exclude", "Upheld: Lines Excluded"),
            ("refuse", "Refused"),
        ],
        tracking=True,
    )
    answer = fields.Text(help="The supplier reads it.")
    decided_by_id = fields.Many2one("res.users")
    decided_at = fields.Datetime()
    score_before = fields.Float(digits=(5, 1), aggregator=None, readonly=True)
    score_after = fields.Float(digits=(5, 1), aggregator=None)

    _line_once = models.Constraint(
        "UNIQUE(scorecard_id, kpi_key)", "This line of the scorecard was contested already."
    )

    @api.depends("name", "kpi_key", "scorecard_id.line_ids.kpi_name")
    @api.depends_context("lang")
    def _compute_kpi_name(self):
        """In the reader's language."""
        for contest in self:
            lines = contest.scorecard_id.line_ids.grouped("kpi_key")
            line = lines.get(contest.kpi_key)
            contest.kpi_name = line.kpi_name if line else contest.name

    @api.depends("kpi_name", "scorecard_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for contest in self:
            contest.display_name = f"{contest.kpi_name}: {contest.scorecard_id.display_name}"

    @api.model
    def _contest(self, line, text, documents, contact):
        """The supplier's objection to a scorecard line; ``UserError`` where it may not object.

        ``documents`` are those in question: purchase lines, or what else the measure counts.
        """
        problem = self._find_problem(line, text)
        if problem:
            raise UserError(problem)
        contest = self.create(
            {
                "scorecard_id": line.scorecard_id.id,
                "kpi_key": line.kpi_key,
                "name": line.name,
                "text": text.strip()[:MAX_TEXT],
                **self._prepare_questioned_vals(documents),
                "contact_id": contact.id,
                "score_before": line.score,
            }
        )
        buyer = contest.partner_id.with_company(contest.company_id).buyer_id
        if buyer:
            contest.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=buyer.id,
                summary=self.env._("%s contests its score", contest.partner_id.name),
            )
        return contest

    @api.model
    def _prepare_questioned_vals(self, documents):
        return {"line_ids": [Command.set(documents.ids)]}

    def _has_questioned(self):
        return bool(self.line_ids)

    def _exclude_questioned(self):
        """Keeps what is in question out of the scores, for the reason given to the supplier."""
        if self.line_ids:
            exclusions = self.env["s2b2b.scorecard.exclusion"]
            exclusions._exclude(self.line_ids, self.answer, contest=self)

    @api.model
    def _find_problem(self, line, text="-"):
        """Why the supplier cannot contest this line (any more), or None."""
        card = line.scorecard_id
        if line.kpi_key in card.contest_ids.mapped("kpi_key"):
            return self.env._("This line of the scorecard was contested already.")
        if not line.denominator:
            return self.env._("Nothing was measured: there is nothing to contest.")
        days = card.company_id.supplier_contest_days
        if fields.Date.context_today(self) > card.date_to + timedelta(days=days):
            return self.env._("The time to contest this scorecard is over.")
        if not (text or "").strip():
            return self.env._("Please write what is wrong.")
        return None

    def action_uphold(self):
        """The supplier is right, and the data were corrected: the card is computed again."""
        self._decide("uphold")

    def action_exclude(self):
        """The supplier is right: the lines in question no longer count."""
        self._decide("exclude")

    def action_refuse(self):
        """The figure stands."""
        self._decide("refuse")

    def _decide(self, decision):
        self._check_decider()
        # Of two who decide at once, one waits, finds it decided, and is told so.
        self.lock_for_update()
        for contest in self:
            if contest.state != "open":
                raise UserError(self.env._("%s was decided meanwhile.", contest.display_name))
            if not (contest.answer or "").strip():
                raise UserError(self.env._("Write the answer to the supplier first."))
            # sudo: the group was checked; it does not need to include rights on purchase orders
            contest.sudo()._apply_decision(decision)

    @api.model
    def _check_decider(self):
        if not self.env.su and not self.env.user.has_group("s2b2b_supplier.group_manager"):
            raise AccessError(self.env._("Only supplier managers decide on contested scores."))

    def _apply_decision(self, decision):
        if decision == "exclude" and not self._has_questioned():
            raise UserError(self.env._("Name the lines that are to be excluded."))
        self._write_guarded(
            {
                "state": "decided",
                "decision": decision,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        if decision == "exclude":
            self._exclude_questioned()
        elif decision == "uphold":
            card, cause = self.scorecard_id, self.env._("Contested by the supplier: upheld")
            cards = self.env["s2b2b.scorecard"].with_company(self.company_id)
            cards._evaluate(card.partner_id, card.date_from, card.date_to, cause=cause)
        line = self.scorecard_id.line_ids.filtered(lambda line: line.kpi_key == self.kpi_key)
        self._write_guarded({"score_after": line.score})
        self.activity_ids.action_done()
        self._notify_supplier()

    def _notify_supplier(self):
        """Tells whoever contested what was decided, in their language."""
        contact = self.contact_id
        here = self.with_context(lang=contact.lang or self.env.lang)
        decision = dict(here._fields["decision"]._description_selection(here.env))[self.decision]
        here.message_post(
            subject=here.env._("Your objection to a score: %s", decision),
            body=self.answer,
            partner_ids=contact.ids,
            message_type="notification",
            subtype_xmlid="mail.mt_note",
        )
