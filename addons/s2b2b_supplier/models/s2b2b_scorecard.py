from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ..tools.scoring import Scheme, score
from .s2b2b_kpi import Run

BATCH = 5000


class S2b2bScorecard(models.Model):
    """How one supplier did for one company in one period, with the figures it was decided on."""

    _name = "s2b2b.scorecard"
    _description = "Supplier Scorecard"
    _inherit = ["mail.thread", "s2b2b.scorecard.store"]
    _order = "date_to desc, score desc, id desc"

    partner_id = fields.Many2one(
        "res.partner", string="Supplier", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True, index=True)
    score = fields.Float(digits=(5, 1), aggregator="avg", help="0 to 100; empty: not rated.")
    is_rated = fields.Boolean(string="Rated")
    grade_id = fields.Many2one("s2b2b.supplier.grade", index="btree_not_null", ondelete="restrict")
    total = fields.Selection(
        [("weighted", "Weighted Mean"), ("lowest", "Lowest Measure")], string="Total By"
    )
    line_ids = fields.One2many("s2b2b.scorecard.line", "scorecard_id")
    revision = fields.Integer(
        string="Revisions", help="How often late data, or a decision, have changed the card."
    )
    revision_ids = fields.One2many("s2b2b.scorecard.revision", "scorecard_id")
    contest_ids = fields.One2many("s2b2b.scorecard.contest", "scorecard_id")
    evaluated_at = fields.Datetime()

    _period_unique = models.Constraint(
        "UNIQUE(partner_id, company_id, date_from, date_to)",
        "There is a scorecard for this supplier, company and period already.",
    )
    _period_in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A period ends on or after the day on which it begins."
    )

    @api.depends("partner_id", "date_from", "date_to")
    def _compute_display_name(self):
        for card in self:
            card.display_name = f"{card.partner_id.name} {card.date_from} – {card.date_to}"

    @api.model
    def _get_excused_lines(self, suppliers, date_from, date_to):
        """Purchase lines promised in the period that do not count against these suppliers.

        The order module names those whose date or quantity the buyer asked to change. Lines that a
        manager has excluded (``s2b2b.scorecard.exclusion``) are left out besides.
        """
        return self.env["purchase.order.line"]

    @api.model
    def _evaluate(self, suppliers, date_from, date_to, cause=None):
        """Creates or revises the cards of the period for the current company; returns them.

        A constant number of queries, whatever the number of suppliers. Evaluating again changes
        only cards whose figures have changed, and leaves a trace of it, with its ``cause``.
        """
        return self._evaluate_periods(suppliers, [(date_from, date_to)], cause)

    @api.model
    def _evaluate_periods(self, suppliers, periods, cause=None):
        """``_evaluate`` for periods that do not overlap, oldest first: documents are read once."""
        # sudo: cards are made by the system alone, from documents that the user may not all see
        cards, suppliers = self.sudo(), suppliers.commercial_partner_id.sudo()
        if not suppliers or not periods:
            return self.browse()
        made = cards.browse()
        for evaluation in cards._open_evaluations(suppliers, periods):
            vals = cards._prepare_cards(evaluation, suppliers)
            made |= cards._apply_cards(evaluation, vals, cause)
        cards._publish(suppliers, self.env.company)
        return self.browse(made.ids)

    @api.model
    def _open_evaluations(self, suppliers, periods):
        """The figures of each period; small samples are drawn to the mean of all suppliers."""
        company = self.env.company
        return Run(suppliers | self._find_suppliers(company), company, periods).evaluations

    @api.model
    def _find_suppliers(self, company):
        return self.env["res.partner"].search(
            [("supplier_status", "!=", "none"), ("company_id", "in", [False, company.id])]
        )

    def _prepare_cards(self, evaluation, suppliers):
        """{partner id: values of its card, lines included}, decided by ``tools.scoring``."""
        # sudo: as in _evaluate
        kpis = self.env["s2b2b.kpi"].sudo().search(Domain.TRUE)
        measured = kpis._measure(evaluation)
        scheme = Scheme(kpis._prepare_criteria(measured))
        bands = self.env["s2b2b.supplier.grade"]._prepare_bands()
        total = evaluation.company.supplier_score_total
        by_key = {kpi.key: measures for kpi, measures in measured.items()}
        terms = {kpi.key: (kpi, kpi._prepare_line_terms()) for kpi in kpis}
        cards = {}
        for partner_id in suppliers.ids:
            own = {key: each[partner_id] for key, each in by_key.items() if partner_id in each}
            result = score(own.values(), scheme, total=total)
            lines = []
            for line in result.lines:
                kpi, judged_by = terms[line.key]
                lines.append(judged_by | kpi._prepare_line_vals(line, own.get(line.key)))
            cards[partner_id] = {
                "score": result.value,
                "is_rated": result.value is not None,
                "grade_id": self.env["s2b2b.supplier.grade"]._find_grade(result.value, bands)
                or None,
                "total": total,
                "lines": lines,
            }
        return cards

    @api.model
    def _cron_evaluate(self):
        """Daily: the open period and the recent ones of each company that has a start date."""
        today = fields.Date.context_today(self)
        for company in self.env["res.company"].search([("s2b2b_start_date", "!=", False)]):
            for evaluated in self._evaluate_company(company, today):
                self.env["ir.cron"]._commit_progress(evaluated)

    @api.model
    def _evaluate_company(self, company, today):
        """Evaluates in batches all that is open for a company; yields the size of each batch."""
        suppliers = self._find_suppliers(company)
        cards = self.with_company(company)
        periods = company._scorecard_periods(today)
        for ids in split_every(BATCH, suppliers.ids):
            cards._evaluate_periods(suppliers.browse(ids), periods)
            yield len(ids)

    @api.model
    def _evaluate_again(self, purchase_lines, cause):
        """Evaluates the cards that count these lines once more, and says why."""
        suppliers = purchase_lines.order_id.partner_id.commercial_partner_id
        days = self._get_counted_days(purchase_lines)
        self._evaluate_days(suppliers, purchase_lines.company_id, days, cause)

    @api.model
    def _get_counted_days(self, purchase_lines):
        """The days by which these lines count in a period. Hook: other measures, other days."""
        return [day for day in purchase_lines.mapped("first_promised_date") if day]

    @api.model
    def _evaluate_days(self, suppliers, companies, days, cause):
        """Evaluates the suppliers' cards of the periods that these days are in."""
        if not days:
            return
        # sudo: which cards are concerned does not depend on who asks
        cards = self.sudo().search(
            [
                ("partner_id", "in", suppliers.ids),
                ("company_id", "in", companies.ids),
                ("date_from", "<=", max(days)),
                ("date_to", ">=", min(days)),
            ]
        )
        for (company, *period), same in cards.grouped(
            lambda card: (card.company_id, card.date_from, card.date_to)
        ).items():
            self.with_company(company)._evaluate(same.partner_id, *period, cause=cause)
