from odoo import models
from odoo.tools import date_utils


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_scorecard_months(self):
        """The months of a period that suppliers are scored for."""
        return 1 if self.scorecard_period == "month" else 3

    def _scorecard_period_of(self, day):
        """(first day, last day) of the period that a day is in."""
        period = self.scorecard_period
        return date_utils.start_of(day, period), date_utils.end_of(day, period)

    def _scorecard_periods_between(self, first, last):
        """The whole periods that the days from ``first`` to ``last`` are in, oldest first."""
        periods = []
        while (period := self._scorecard_period_of(first))[0] <= last:
            periods.append(period)
            first = date_utils.add(period[1], days=1)
        return periods
