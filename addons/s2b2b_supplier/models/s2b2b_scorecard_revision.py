from odoo import api, fields, models

FIGURES = ("numerator", "denominator", "score", "is_rated")


class S2b2bScorecardRevision(models.Model):
    """One figure of a scorecard that changed after it was first computed: from what, to what."""

    _name = "s2b2b.scorecard.revision"
    _description = "Scorecard Revision"
    _order = "scorecard_id, number desc, id"
    _rec_name = "name"

    scorecard_id = fields.Many2one("s2b2b.scorecard", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="scorecard_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="scorecard_id.company_id", store=True, index=True)
    number = fields.Integer(string="Revision", required=True)
    date = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", string="Caused By")
    cause = fields.Char(required=True)
    kpi_key = fields.Char(string="Measure", help="Empty: the total.")
    name = fields.Char(string="Figure", required=True)
    numerator_before = fields.Float(digits=(16, 4))
    numerator_after = fields.Float(digits=(16, 4))
    denominator_before = fields.Float(digits=(16, 4))
    denominator_after = fields.Float(digits=(16, 4))
    score_before = fields.Float(digits=(5, 1), aggregator=None)
    score_after = fields.Float(digits=(5, 1), aggregator=None)
    is_rated_before = fields.Boolean()
    is_rated_after = fields.Boolean()
    before = fields.Char(compute="_compute_texts")
    after = fields.Char(compute="_compute_texts")

    @api.depends(*(f"{name}_{when}" for name in FIGURES for when in ("before", "after")), "kpi_key")
    def _compute_texts(self):
        for revision in self:
            revision.before = revision._text("before")
            revision.after = revision._text("after")

    def _text(self, when):
        score = f"{self[f'score_{when}']:.1f}" if self[f"is_rated_{when}"] else "–"
        if not self.kpi_key:
            return score
        share = f"{self[f'numerator_{when}']:g}/{self[f'denominator_{when}']:g}"
        return f"{share} ({score})"

    @api.model
    def _prepare_vals(self, change, cause, now):
        """One row for each line of the card that changed, and one for the total."""
        common = {
            "scorecard_id": change.old["id"],
            "number": (change.old["revision"] or 0) + 1,
            "date": now,
            "user_id": self.env.uid,
            "cause": cause,
        }
        total = {"name": self.env._("Total"), **self._figures(change.old, change.new)}
        lines = [
            {
                "kpi_key": key,
                "name": (change.new_lines.get(key) or change.old_lines[key])["name"],
                **self._figures(change.old_lines.get(key), change.new_lines.get(key)),
            }
            for key in change.changed_keys
        ]
        return [{**common, **figures} for figures in (*lines, total)]

    @api.model
    def _figures(self, old, new):
        return {
            f"{name}_{when}": (row or {}).get(name) or 0
            for name in FIGURES
            for when, row in (("before", old), ("after", new))
        }

    @api.model
    def _message(self, change, cause):
        """The trace as a sentence: the score before and after, and each figure that moved."""
        texts = [
            self.env._(
                "%(cause)s: score %(before)s → %(after)s.",
                cause=cause,
                before=self._score(change.old),
                after=self._score(change.new),
            )
        ]
        for key in change.changed_keys:
            old, new = change.old_lines.get(key), change.new_lines.get(key)
            texts.append(
                self.env._(
                    "%(name)s: %(old)s → %(new)s",
                    name=(new or old)["name"],
                    old=self._share(old),
                    new=self._share(new),
                )
            )
        return " ".join(texts)

    @api.model
    def _score(self, card):
        return f"{card['score']:.1f}" if card["is_rated"] else self.env._("not rated")

    @api.model
    def _share(self, line):
        return f"{line['numerator']:g}/{line['denominator']:g}" if line else "–"
