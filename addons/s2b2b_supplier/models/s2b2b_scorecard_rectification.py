from odoo import api, fields, models

from ..tools.rectification import Rated, weak_measures


class S2b2bScorecard(models.Model):
    _inherit = "s2b2b.scorecard"

    rectification_ids = fields.One2many("s2b2b.rectification", "scorecard_id")
    rectification_count = fields.Integer(compute="_compute_rectification_count")

    @api.depends("rectification_ids")
    def _compute_rectification_count(self):
        for card in self:
            card.rectification_count = len(card.rectification_ids)

    @api.model
    def _evaluate_periods(self, suppliers, periods, cause=None):
        cards = super()._evaluate_periods(suppliers, periods, cause)
        if not self.env.context.get("s2b2b_rectify_later"):
            self.env["s2b2b.rectification"]._follow_cards(cards)
        return cards

    @api.model
    def _evaluate_company(self, company, today):
        """Several periods at once: it is the newest one that asks for rectification."""
        later = self.with_context(s2b2b_rectify_later=True)
        yield from super(S2b2bScorecard, later)._evaluate_company(company, today)
        over = [period for period in company._scorecard_periods(today) if period[1] < today]
        if over:
            cards = self.search(
                [
                    ("company_id", "=", company.id),
                    ("date_from", ">=", over[0][0]),
                    ("date_to", "<=", over[-1][1]),
                ]
            )
            self.env["s2b2b.rectification"]._follow_cards(cards)

    def action_rectify(self):
        """A rectification about the weak measures of this card, or the one there is."""
        self.ensure_one()
        model = self.env["s2b2b.rectification"]
        existing = model.search([("scorecard_id", "=", self.id)], limit=1)
        if not existing:
            existing = model.create(
                {
                    "scorecard_id": self.id,
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                }
            )
        return existing._get_records_action()

    def _get_weak_keys(self):
        """The keys of the measures that are weak by the company's threshold, weakest first."""
        self.ensure_one()
        lines = [
            Rated(line.kpi_key, line.score if line.is_rated else None) for line in self.line_ids
        ]
        return weak_measures(lines, self.company_id.rectification_score)

    def _get_weak_lines(self):
        order = {key: index for index, key in enumerate(self._get_weak_keys())}
        lines = self.line_ids.filtered(lambda line: line.kpi_key in order)
        return lines.sorted(lambda line: order[line.kpi_key])

    def _get_scores(self):
        """{measure: score, None: not rated}."""
        return {line.kpi_key: line.score if line.is_rated else None for line in self.line_ids}
