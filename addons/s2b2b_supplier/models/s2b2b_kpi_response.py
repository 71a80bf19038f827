from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.response import Handled, response
from ..tools.scoring import Measure


class S2b2bKpi(models.Model):
    _inherit = "s2b2b.kpi"

    key = fields.Selection(
        selection_add=[("response", "Response to Claims")], ondelete={"response": "cascade"}
    )
    unit = fields.Selection(
        [("share", "Share"), ("hours", "Working Hours")], compute="_compute_unit"
    )
    target_text = fields.Char(string="Target Value", compute="_compute_texts")
    floor_text = fields.Char(string="Floor Value", compute="_compute_texts")

    @api.depends("key")
    def _compute_unit(self):
        for kpi in self:
            kpi.unit = self._get_unit(kpi.key)

    @api.depends("key", "target", "floor")
    def _compute_texts(self):
        for kpi in self:
            kpi.target_text = self._format_value(kpi.key, kpi.target)
            kpi.floor_text = self._format_value(kpi.key, kpi.floor)

    @api.model
    def _get_unit(self, key):
        """The unit of a measure: ``share`` or ``hours``."""
        return "hours" if key == "response" else "share"

    @api.model
    def _format_value(self, key, value):
        """A value, target or floor of a measure, for people."""
        if self._get_unit(key) == "hours":
            return self.env._("%s h", f"{value:.1f}")
        return f"{value:.1%}"

    def _measure_response(self, evaluation):
        """Working hours to the first answer and to closing of the claims opened in the period."""
        claims = self.env["s2b2b.claim"].search_fetch(
            self._counted_claims_domain(
                evaluation.suppliers, evaluation.company, evaluation.date_from, evaluation.date_to
            ),
            ["partner_id", "response_hours", "resolution_hours", "first_response_at"],
        )
        waited = self._get_waited_hours(claims.filtered(lambda c: not c.first_response_at))
        measures = {}
        for partner, handled in claims.grouped("partner_id").items():
            found = response(self._prepare_handled(claim, waited) for claim in handled)
            measures[partner.id] = Measure(
                key=self.key,
                numerator=round(found.numerator, 4),
                denominator=found.denominator,
                sample=found.sample,
            )
        return measures

    def _prepare_handled(self, claim, waited):
        return Handled(
            answer=claim.response_hours if claim.first_response_at else None,
            closing=claim.resolution_hours if claim.resolved_at else None,
            waited=waited.get(claim, 0.0),
        )

    def _get_waited_hours(self, unanswered):
        """Hours so far, or until it was decided without the supplier having said anything."""
        decided = unanswered.filtered("resolved_at")
        waited = {claim: claim.resolution_hours for claim in decided}
        return waited | (unanswered - decided)._get_worked_hours("opened_at", fields.Datetime.now())

    def _counted_claims_domain(self, *period):
        return self._response_domain(*period) & Domain("score_exclusion_id", "=", False)

    @api.model
    def _response_domain(self, suppliers, company, date_from, date_to):
        """The claims opened in a period, whether they count or not."""
        start, end = company._get_day_bounds(date_from, date_to)
        return (
            Domain("partner_id", "in", suppliers.ids)
            & Domain("company_id", "=", company.id)
            & Domain("opened_at", ">=", start)
            & Domain("opened_at", "<", end)
        )

    def _evidence_response(self, line):
        card = line.scorecard_id
        domain = self._counted_claims_domain(
            card.partner_id, card.company_id, card.date_from, card.date_to
        )
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_supplier.s2b2b_claim_action")
        return {**action, "domain": list(domain), "context": {}, "name": line.kpi_name}
