from odoo import fields, models

from ..tools.scoring import Measure


class S2b2bKpi(models.Model):
    """The measure of prices: what was paid, against the median of comparable offers."""

    _inherit = "s2b2b.kpi"

    key = fields.Selection(selection_add=[("price", "Price")], ondelete={"price": "cascade"})

    def _measure_price(self, evaluation):
        """The sum paid over the same quantities at the median price; a sample is an order line."""
        period = evaluation.date_from, evaluation.date_to
        model = self.env["s2b2b.price.line"].with_company(evaluation.company)._in_period(*period)
        domain = model._evaluated_domain(evaluation.suppliers, evaluation.company, *period)
        groups = model._read_group(domain, ["partner_id"], ["paid:sum", "market:sum", "__count"])
        return {
            partner.id: Measure(self.key, numerator=paid, denominator=market, sample=count)
            for partner, paid, market, count in groups
        }

    def _evidence_price(self, line):
        card = line.scorecard_id
        model = self.env["s2b2b.price.line"]
        domain = model._evaluated_domain(
            card.partner_id, card.company_id, card.date_from, card.date_to
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_supplier.s2b2b_price_line_action"
        )
        context = {"score_from": str(card.date_from), "score_to": str(card.date_to)}
        return {**action, "domain": list(domain), "context": context, "name": line.name}
