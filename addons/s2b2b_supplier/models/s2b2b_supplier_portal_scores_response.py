from odoo import api, models


class S2b2bSupplierPortal(models.AbstractModel):
    """The claims behind the measure of responses."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _find_evidence(self, line):
        if line.kpi_key != "response":
            return super()._find_evidence(line)
        return self.env["s2b2b.claim"]

    @api.model
    def _measure_domain(self, line):
        if line.kpi_key != "response":
            return super()._measure_domain(line)
        card = line.scorecard_id
        return self.env["s2b2b.kpi"]._response_domain(
            card.partner_id, card.company_id, card.date_from, card.date_to
        )

    @api.model
    def _prepare_evidence(self, document, key):
        if key != "response":
            return super()._prepare_evidence(document, key)
        hours = document.response_hours
        answered = bool(document.first_response_at)
        closed = self.env._("closed after %s h", f"{document.resolution_hours:.1f}")
        return {
            "id": document.id,
            "excluded": bool(document.score_exclusion_id),
            "title": document.name,
            "url": f"/my/supplier/claims/{document.id}",
            "name": document.product_id.name or "",
            "good": answered,
            "badge": self.env._("Answered after %s h", f"{hours:.1f}")
            if answered
            else self.env._("Not answered"),
            "text": self.env._("Opened %s", self._date(document._get_opened_day()))
            + (f" · {closed}" if document.resolved_at else ""),
        }

    @api.model
    def _get_questioned(self, documents):
        if documents._name != "s2b2b.claim":
            return super()._get_questioned(documents)
        return documents
