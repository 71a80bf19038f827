from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import date_utils, format_date

MOST_PERIODS = 24


class S2b2bScorecardEvaluate(models.TransientModel):
    """Evaluates suppliers at once, instead of waiting for the nightly job.

    Whole periods of the company only: with other days, one could choose which grade comes out.
    """

    _name = "s2b2b.scorecard.evaluate"
    _description = "Evaluation of Suppliers"

    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: date_utils.start_of(fields.Date.context_today(self), "month"),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: date_utils.end_of(fields.Date.context_today(self), "month"),
    )
    periods_text = fields.Char(string="Evaluated Are", compute="_compute_periods_text")
    partner_ids = fields.Many2many(
        "res.partner",
        string="Suppliers",
        domain="[('supplier_status', '!=', 'none')]",
        help="Empty: all suppliers.",
    )

    @api.depends("date_from", "date_to")
    @api.depends_context("company")
    def _compute_periods_text(self):
        for wizard in self:
            days = [format_date(self.env, d) for period in wizard._get_periods() for d in period]
            wizard.periods_text = f"{days[0]} – {days[-1]}" if days else ""

    def action_evaluate(self):
        self.ensure_one()
        if not self.env.user.has_group("s2b2b_supplier.group_user"):
            raise AccessError(self.env._("Only supplier management evaluates suppliers."))
        suppliers = self.partner_ids or self.env["res.partner"].search(
            [("supplier_status", "!=", "none")]
        )
        cards = self.env["s2b2b.scorecard"]._evaluate_periods(suppliers, self._check_periods())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_supplier.s2b2b_scorecard_action"
        )
        return {**action, "domain": [("id", "in", cards.ids)], "context": {}}

    def _get_periods(self):
        """The whole periods that the days are in, up to the one that is open today."""
        if not (self.date_from and self.date_to):
            return []
        last = min(self.date_to, fields.Date.context_today(self))
        return self.env.company._scorecard_periods_between(self.date_from, last)

    def _check_periods(self):
        if self.date_from > self.date_to:
            raise UserError(self.env._("The period ends before it begins."))
        periods = self._get_periods()
        if not periods:
            raise UserError(self.env._("The period has not begun yet."))
        if len(periods) > MOST_PERIODS:
            raise UserError(self.env._("Evaluate %s periods at most at a time.", MOST_PERIODS))
        return periods
