from odoo import api, fields, models


class S2b2bScorecardLine(models.Model):
    _inherit = "s2b2b.scorecard.line"

    value_text = fields.Char(string="Measured", compute="_compute_value_text")

    @api.depends("value", "kpi_key", "denominator")
    def _compute_value_text(self):
        """The value in the unit of its measure; empty where there are no data."""
        for line in self:
            text = line._format_value(line.value)
            line.value_text = text if line.denominator else ""

    def _format_value(self, value):
        return self.env["s2b2b.kpi"]._format_value(self.kpi_key, value)
