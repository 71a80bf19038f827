from odoo import models


class S2b2bScorecard(models.Model):
    """The card on paper, and its place among the others of the supplier."""

    _inherit = "s2b2b.scorecard"

    def action_open_trend(self):
        """The supplier's scores over time, as a chart."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_supplier.s2b2b_scorecard_action_partner"
        )
        views = [(False, mode) for mode in ("graph", "pivot", "list", "form")]
        return {
            **action,
            "views": views,
            "domain": [("partner_id", "=", self.partner_id.id)],
            "context": {"search_default_rated": 1},
        }
