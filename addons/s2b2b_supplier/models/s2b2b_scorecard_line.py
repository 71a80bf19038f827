from odoo import api, fields, models


class S2b2bScorecardLine(models.Model):
    """One measure of a scorecard: what was counted, by what it was judged, and the points."""

    _name = "s2b2b.scorecard.line"
    _description = "Supplier Scorecard Line"
    _inherit = ["s2b2b.scorecard.store"]
    _order = "scorecard_id, sequence, id"

    scorecard_id = fields.Many2one("s2b2b.scorecard", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="scorecard_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="scorecard_id.company_id", store=True, index=True)
    date_to = fields.Date(related="scorecard_id.date_to", store=True, string="Period End")
    sequence = fields.Integer()
    kpi_id = fields.Many2one("s2b2b.kpi", string="KPI", index="btree_not_null", ondelete="set null")
    kpi_key = fields.Char(string="Measure", required=True)
    name = fields.Char(string="Name Then", required=True, help="Of the KPI, when it was measured.")
    kpi_name = fields.Char(compute="_compute_kpi_name")
    numerator = fields.Float(digits=(16, 4))
    denominator = fields.Float(digits=(16, 4))
    sample = fields.Integer(help="Order lines behind the figures.")
    value = fields.Float(digits=(16, 6), aggregator="avg")
    counted_value = fields.Float(
        string="Counted As",
        digits=(16, 6),
        aggregator="avg",
        help="A small sample is drawn towards the mean of all suppliers.",
    )
    target = fields.Float(digits=(16, 4), aggregator="avg")
    floor = fields.Float(digits=(16, 4), aggregator="avg")
    minimum_sample = fields.Integer(aggregator="avg")
    score = fields.Float(digits=(5, 1), aggregator="avg", help="0 to 100; empty: not rated.")
    weight = fields.Float(aggregator="avg")
    is_rated = fields.Boolean(string="Rated")
    reason_code = fields.Char()
    reason = fields.Char(compute="_compute_reason")

    _kpi_unique = models.Constraint(
        "UNIQUE(scorecard_id, kpi_key)", "A scorecard has one line for each measure."
    )

    @api.depends("kpi_id.name", "name")
    @api.depends_context("lang")
    def _compute_kpi_name(self):
        """In the reader's language; of a KPI that is gone, what it was called."""
        for line in self:
            line.kpi_name = line.kpi_id.name or line.name

    @api.depends("reason_code", "value", "counted_value", "target", "floor", "sample")
    def _compute_reason(self):
        """The reason of ``tools.scoring``, in the reader's language."""
        for line in self:
            line.reason = line._reason_text()

    def _reason_text(self):
        values = {
            "value": self._format_value(self.value),
            "counted": self._format_value(self.counted_value),
            "target": self._format_value(self.target),
            "floor": self._format_value(self.floor),
            "sample": self.sample,
            "minimum": self.minimum_sample,
        }
        texts = {
            "scored": self.env._("%(value)s; target %(target)s, floor %(floor)s.", **values),
            "shrunk": self.env._(
                "%(value)s (sample of %(sample)s) counts as %(counted)s; "
                "target %(target)s, floor %(floor)s.",
                **values,
            ),
            "no_data": self.env._("Not rated: there are no data.", **values),
            "small_sample": self.env._(
                "Not rated: a sample of %(sample)s where at least %(minimum)s is needed.", **values
            ),
        }
        return texts.get(self.reason_code, self.reason_code or "")

    def _figures_text(self):
        """What was counted, as people write it: 17 / 20."""
        return f"{self.numerator:.10g} / {self.denominator:.10g}" if self.denominator else "–"

    def action_open_evidence(self):
        """The documents that were counted."""
        self.ensure_one()
        self.check_access("read")
        return self.kpi_id._get_evidence(self)
