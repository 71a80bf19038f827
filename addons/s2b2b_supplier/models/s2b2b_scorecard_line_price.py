from odoo import models


class S2b2bScorecardLine(models.Model):
    _inherit = "s2b2b.scorecard.line"

    def _figures_text(self):
        """Of prices there is only how they compare: the sums would tell what others are paid."""
        if self.kpi_key != "price":
            return super()._figures_text()
        return f"{self.value:.0%}" if self.denominator else "–"
