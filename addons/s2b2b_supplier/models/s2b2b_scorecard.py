from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ..tools.scoring import Scheme, score
from .s2b2b_kpi import Evaluation

BATCH = 500


class S2b2bScorecard(models.Model):
    """How one supplier did for one company in one period, with the figures it was decided on."""

    _name = "s2b2b.scorecard"
    _description = "Supplier Scorecard"
    _inherit = ["mail.thread"]
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
        help="How often late data have changed the card; the messages say what changed."
    )
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

        The order module names those whose date or quantity the buyer asked to change.
        """
        return self.env["purchase.order.line"]

    @api.model
    def _evaluate(self, suppliers, date_from, date_to):
        """Creates or revises the cards of the period for the current company; returns them.

        A constant number of queries for the batch. Evaluating again changes only cards whose
        figures have changed, and leaves a message about it on each of them.
        """
        # sudo: cards are made by the system alone, from documents that the user may not all see
        cards, suppliers = self.sudo(), suppliers.commercial_partner_id.sudo()
        evaluation = Evaluation(suppliers, self.env.company, date_from, date_to)
        vals = suppliers and self._prepare_cards(evaluation)
        made = cards._apply_cards(evaluation, vals or {})
        cards._publish(suppliers, self.env.company)
        return self.browse(made.ids)

    def _prepare_cards(self, evaluation):
        """{partner id: values of its card, lines included}, decided by ``tools.scoring``."""
        # sudo: as in _evaluate
        kpis = self.env["s2b2b.kpi"].sudo().search(Domain.TRUE)
        measured = kpis._measure(evaluation)
        scheme = Scheme(kpis._prepare_criteria(measured))
        bands = self.env["s2b2b.supplier.grade"]._prepare_bands()
        total = evaluation.company.supplier_score_total
        cards = {}
        for partner_id in evaluation.suppliers.ids:
            measures = {kpi.key: m[partner_id] for kpi, m in measured.items() if partner_id in m}
            result = score(measures.values(), scheme, total=total)
            lines = {line.key: line for line in result.lines}
            cards[partner_id] = {
                "score": result.value or 0.0,
                "is_rated": result.value is not None,
                "grade_id": self.env["s2b2b.supplier.grade"]._find_grade(result.value, bands),
                "total": total,
                "lines": [
                    kpi._prepare_line_vals(lines[kpi.key], measures.get(kpi.key)) for kpi in kpis
                ],
            }
        return cards

    def _apply_cards(self, evaluation, vals_by_partner):
        """Writes the decided cards: one create for the new ones, and only what has changed."""
        period = {
            "company_id": evaluation.company.id,
            "date_from": evaluation.date_from,
            "date_to": evaluation.date_to,
        }
        existing = self.search(
            [
                ("partner_id", "in", evaluation.suppliers.ids),
                *((name, "=", value) for name, value in period.items()),
            ]
        )
        for card in existing:
            card._revise(dict(vals_by_partner[card.partner_id.id]))
        new = [
            {**card, **period, "partner_id": partner_id, "evaluated_at": fields.Datetime.now()}
            for partner_id, card in vals_by_partner.items()
            if partner_id not in set(existing.partner_id.ids)
        ]
        lines = [card.pop("lines") for card in new]
        quiet = self.with_context(tracking_disable=True, mail_create_nolog=True)
        created = quiet.create(new)
        self.env["s2b2b.scorecard.line"].create(
            [
                {**line, "scorecard_id": card.id}
                for card, card_lines in zip(created, lines, strict=True)
                for line in card_lines
            ]
        )
        cards = existing | self.browse(created.ids)
        cards._forget_unrated()
        return cards

    def _revise(self, vals):
        """Takes over new figures, if they differ, and says in the chatter what changed."""
        new = {line["kpi_key"]: line for line in vals["lines"]}
        old = {line.kpi_key: line for line in self.line_ids}
        changed = [key for key in old.keys() | new.keys() if _differs(old.get(key), new.get(key))]
        if not changed and not _differs(self, {k: v for k, v in vals.items() if k != "lines"}):
            return
        self._message_log(body=self._revision_text(vals, old, new, sorted(changed)))
        commands = [Command.delete(old[key].id) for key in changed if key not in new]
        commands += [Command.create(new[key]) for key in changed if key not in old]
        commands += [
            Command.update(old[key].id, new[key]) for key in changed if key in old and key in new
        ]
        self.with_context(tracking_disable=True).write(
            {
                **{name: value for name, value in vals.items() if name != "lines"},
                "line_ids": commands,
                "revision": self.revision + 1,
                "evaluated_at": fields.Datetime.now(),
            }
        )

    def _revision_text(self, vals, old, new, changed):
        """The trace of a revision: the score before and after, and each figure that moved."""
        rated = {True: "%.1f", False: self.env._("not rated")}
        parts = [
            self.env._(
                "Late data: score %(before)s → %(after)s.",
                before=rated[self.is_rated].replace("%.1f", f"{self.score:.1f}"),
                after=rated[vals["is_rated"]].replace("%.1f", f"{vals['score']:.1f}"),
            )
        ]
        for key in changed:
            before, after = old.get(key), new.get(key)
            parts.append(
                self.env._(
                    "%(name)s: %(old)s → %(new)s",
                    name=after["name"] if after else before.name,
                    old=f"{before.numerator:g}/{before.denominator:g}" if before else "–",
                    new=f"{after['numerator']:g}/{after['denominator']:g}" if after else "–",
                )
            )
        return " ".join(parts)

    def _forget_unrated(self):
        """An unrated score is no number: as NULL it stays out of every average."""
        self.flush_recordset()
        for table, column in (("s2b2b_scorecard", "id"), ("s2b2b_scorecard_line", "scorecard_id")):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET score = NULL WHERE NOT is_rated AND %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    self.ids,
                )
            )
        self.invalidate_recordset(["score"])
        self.line_ids.invalidate_recordset(["score"])

    @api.model
    def _publish(self, suppliers, company):
        """Writes score and grade of the newest rated card to the suppliers, for one company.

        In one statement: writing partners through the ORM costs an update of all their contacts.
        """
        suppliers.flush_recordset(["supplier_score", "supplier_is_rated", "supplier_grade_id"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner partner
                   SET supplier_score = COALESCE(supplier_score, '{}') || new.score,
                       supplier_is_rated = COALESCE(supplier_is_rated, '{}') || new.is_rated,
                       supplier_grade_id = COALESCE(supplier_grade_id, '{}') || new.grade
                  FROM (
                        SELECT DISTINCT ON (partner_id) partner_id,
                               jsonb_build_object(%(key)s, score) AS score,
                               jsonb_build_object(%(key)s, TRUE) AS is_rated,
                               jsonb_build_object(%(key)s, grade_id) AS grade
                          FROM s2b2b_scorecard
                         WHERE is_rated AND company_id = %(company)s
                           AND partner_id = ANY(%(partners)s)
                      ORDER BY partner_id, date_to DESC, id DESC
                       ) new
                 WHERE partner.id = new.partner_id
                """,
                key=str(company.id),
                company=company.id,
                partners=suppliers.ids,
            )
        )
        suppliers.invalidate_recordset(["supplier_score", "supplier_is_rated", "supplier_grade_id"])

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
        suppliers = self.env["res.partner"].search(
            [("supplier_status", "!=", "none"), ("company_id", "in", [False, company.id])]
        )
        cards = self.with_company(company)
        for date_from, date_to in company._scorecard_periods(today):
            for ids in split_every(BATCH, suppliers.ids):
                cards._evaluate(suppliers.browse(ids), date_from, date_to)
                yield len(ids)


def _differs(record, vals):
    """Whether a stored record differs from values that would be written to it; None: no record."""
    if not record or vals is None:
        return bool(record) != (vals is not None)
    return any(_stored(record[name]) != _stored(value) for name, value in vals.items())


def _stored(value):
    """Comparable: records by id, floats without the noise beyond what is stored."""
    if hasattr(value, "_name"):
        return value.id
    return round(value, 6) if isinstance(value, float) else value
