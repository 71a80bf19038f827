from odoo import api, models
from odoo.fields import Domain


class S2b2bSupplierPortal(models.AbstractModel):
    """The orders behind the measure of acceptance."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _find_evidence(self, line):
        if line.kpi_key != "acceptance":
            return super()._find_evidence(line)
        return self.env["purchase.order.line"]

    @api.model
    def _measure_domain(self, line):
        if line.kpi_key != "acceptance":
            return super()._measure_domain(line)
        card = line.scorecard_id
        asked = self.env["s2b2b.kpi"]._find_asked_lines(
            card.partner_id, card.company_id, card.date_from, card.date_to, counted=False
        )
        return Domain("id", "in", asked.ids)

    @api.model
    def _prepare_evidence(self, document, key):
        if key != "acceptance":
            return super()._prepare_evidence(document, key)
        order = document.order_id
        asked = self.env["s2b2b.kpi"]._prepare_asked(document)
        in_time = asked.answered and asked.answered <= asked.deadline
        texts = (
            self.env._("Not answered in time")
            if not in_time
            else self.env._(
                "Accepted %(accepted)s of %(asked)s",
                accepted=f"{asked.accepted:g}",
                asked=f"{asked.quantity:g}",
            )
        )
        return {
            "id": document.id,
            "excluded": bool(document.score_exclusion_id),
            "title": order.name,
            "url": f"/my/supplier/order/{order.id}",
            "name": document.product_id.name,
            "good": bool(in_time) and asked.accepted >= asked.quantity,
            "badge": texts,
            "text": self.env._("Answer due %s", self._date(order._get_day(order.accept_deadline))),
        }

    @api.model
    def _get_questioned(self, documents):
        if documents._name != "purchase.order.line":
            return super()._get_questioned(documents)
        return documents
