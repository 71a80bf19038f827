from dataclasses import dataclass
from functools import cached_property

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..report.s2b2b_delivery_line_sums import Delivered
from ..tools.scoring import Criterion, Measure, Scheme


class Run:
    """Periods of a company that are evaluated together: what can be read once for all is.

    ``suppliers`` are all that could be measured, not only those whose cards are asked for: what is
    usual among them must not depend on who is evaluated together with whom. ``periods`` do not
    overlap, oldest first, as (first day, last day).
    """

    def __init__(self, suppliers, company, periods):
        self.suppliers = suppliers
        self.company = company
        self.periods = [tuple(map(fields.Date.to_date, period)) for period in periods]
        self.evaluations = [Evaluation(self, number) for number in range(len(periods))]
        self._known = {}

    @cached_property
    def sums(self):
        """What was promised in each period and is due."""
        lines = self.suppliers.env["s2b2b.delivery.line"]
        return lines._sum_up(self.suppliers, self.company, self.periods)

    def once(self, what, read):
        """What ``read(run)`` gives; it is called for the first period that asks for ``what``."""
        if what not in self._known:
            self._known[what] = read(self)
        return self._known[what]


@dataclass(frozen=True)
class Evaluation:
    """One period of a :class:`Run`."""

    run: Run
    number: int

    @property
    def suppliers(self):
        return self.run.suppliers

    @property
    def company(self):
        return self.run.company

    @property
    def date_from(self):
        return self.run.periods[self.number][0]

    @property
    def date_to(self):
        return self.run.periods[self.number][1]

    @property
    def sums(self):
        """What was promised in the period and is due."""
        return self.run.sums[self.number]

    @property
    def deliveries(self):
        """{partner id: sums over its purchase lines that were promised in the period}."""
        return self.sums.deliveries


class S2b2bKpi(models.Model):
    """A measure that suppliers are scored by, and what is expected of it."""

    _name = "s2b2b.kpi"
    _description = "Supplier KPI"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    key = fields.Selection(
        [
            ("on_time", "On Time"),
            ("in_full", "In Full"),
            ("otif", "On Time and In Full"),
            ("quality", "Quality"),
        ],
        string="Measure",
        required=True,
    )
    weight = fields.Float(default=1.0, required=True)
    target = fields.Float(
        required=True, digits=(16, 4), help="Share of the lines from which on the score is 100."
    )
    floor = fields.Float(
        required=True, digits=(16, 4), help="Share of the lines at which the score is 0."
    )
    higher_is_better = fields.Boolean(default=True)
    minimum_sample = fields.Integer(
        default=3, help="Order lines below which the measure is not rated."
    )
    shrink = fields.Boolean(
        string="Shrink Small Samples",
        default=True,
        help="The smaller the sample, the more it is drawn towards the mean of all suppliers.",
    )
    description = fields.Text(translate=True, help="Shown to suppliers beside their score.")

    _key_unique = models.UniqueIndex("(key) WHERE active IS TRUE", "The measure is in use already.")

    @api.constrains("key", "weight", "target", "floor", "higher_is_better", "minimum_sample")
    def _check_criterion(self):
        for kpi in self:
            try:
                Scheme([kpi._prepare_criterion(None)])
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%s: the weight must be positive, the sample not negative, and the target "
                        "on the better side of the floor.",
                        kpi.name,
                    )
                ) from error

    def _prepare_criterion(self, prior):
        return Criterion(
            key=self.key,
            weight=self.weight,
            target=self.target,
            floor=self.floor,
            minimum_sample=self.minimum_sample,
            higher_is_better=self.higher_is_better,
            prior=prior if self.shrink else None,
        )

    def _measure(self, evaluation):
        """{kpi: {partner id: Measure}} for the whole batch.

        ``key`` selects ``_measure_<key>(evaluation)``, which answers for all suppliers at once and
        leaves out those of which it knows nothing. A module adds a measure by ``selection_add``
        and one such method, and ``_evidence_<key>(line)`` for the documents behind it.
        """
        return {kpi: getattr(kpi, f"_measure_{kpi.key}")(evaluation) for kpi in self}

    def _prepare_criteria(self, measured):
        """The criteria of a period; small samples are drawn to the mean of all its suppliers."""
        return [kpi._prepare_criterion(kpi._mean(measured[kpi])) for kpi in self]

    def _mean(self, measures):
        total = sum(measure.denominator for measure in measures.values())
        return sum(m.numerator for m in measures.values()) / total if total else None

    def _measure_on_time(self, evaluation):
        """Share of the ordered quantity that came by the first promise; lines weigh the same."""
        return self._delivery_measures(evaluation, "on_time", "count")

    def _measure_in_full(self, evaluation):
        """Lines that came whole, whenever."""
        return self._delivery_measures(evaluation, "in_full", "count")

    def _measure_otif(self, evaluation):
        """Lines that came whole by the first promise."""
        return self._delivery_measures(evaluation, "otif", "count")

    def _measure_quality(self, evaluation):
        """Rejected, returned, scrapped and claimed quantity over the received one."""
        return self._delivery_measures(evaluation, "faulty_qty", "received_qty", "is_received")

    def _delivery_measures(self, evaluation, numerator, denominator, sample="count"):
        key = self.key
        top, bottom, size = map(Delivered._fields.index, (numerator, denominator, sample))
        return {
            partner_id: Measure(key, row[top], row[bottom], row[size])
            for partner_id, row in evaluation.deliveries.items()
            if row[bottom]
        }

    def _prepare_line_terms(self):
        """What a scorecard keeps of this KPI, the same for all suppliers: how it was judged."""
        return {
            "kpi_id": self.id,
            "kpi_key": self.key,
            "name": self.name,
            "sequence": self.sequence,
            "target": self.target,
            "floor": self.floor,
            "minimum_sample": self.minimum_sample,
        }

    def _prepare_line_vals(self, line, measure):
        """What a scorecard keeps of one supplier's figures; score is None where not rated."""
        value = line.value or 0
        _key, numerator, denominator, sample = measure or (line.key, 0, 0, 0)
        return {
            "numerator": numerator,
            "denominator": denominator,
            "sample": sample,
            "value": value,
            "counted_value": line.counted or 0,
            "score": line.score,
            "weight": line.weight,
            "is_rated": line.rated,
            "reason_code": line.code,
        }

    def _get_evidence(self, line):
        """The window action with the documents behind a scorecard line."""
        return getattr(self, f"_evidence_{self.key}")(line)

    def _evidence_on_time(self, line):
        return self._delivery_evidence(line, Domain.TRUE)

    def _evidence_in_full(self, line):
        return self._delivery_evidence(line, Domain.TRUE)

    def _evidence_otif(self, line):
        return self._delivery_evidence(line, Domain.TRUE)

    def _evidence_quality(self, line):
        return self._delivery_evidence(line, Domain("is_received", "=", 1))

    def _delivery_evidence(self, line, domain):
        card = line.scorecard_id
        model = self.env["s2b2b.delivery.line"]
        evaluated = model._evaluated_domain(
            card.partner_id, card.company_id, card.date_from, card.date_to
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_supplier.s2b2b_delivery_line_action"
        )
        return {**action, "domain": list(domain & evaluated), "context": {}, "name": line.kpi_name}
