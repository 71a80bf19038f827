from odoo import api, fields, models
from odoo.tools import date_utils

from ..demo import history, story


class ResCompany(models.Model):
    _inherit = "res.company"

    s2b2b_start_date = fields.Date(
        help="The scheduled jobs of S2B2B leave everything before this day alone; "
        "without it they do nothing for this company.",
    )
    supplier_gate_policy = fields.Selection(
        [("off", "Off"), ("warn", "Warn"), ("block", "Block")],
        string="Supplier Gate",
        default="off",
        required=True,
        help="What happens when a supplier is unfit, that is suspended, eliminated, or outside of "
        "what it is qualified for. Block: it is not proposed for purchases and its orders cannot "
        "be confirmed, unless a manager overrides with a reason.",
    )
    supplier_qualification_required = fields.Boolean(
        string="Only Qualified Suppliers",
        help="Also vendors that never applied, or whose application is open, are unfit.",
    )
    supplier_template_id = fields.Many2one(
        "s2b2b.qualification.template",
        string="Audit Checklist",
        help="The checklist that new qualifications start with.",
    )
    supplier_validity_months = fields.Integer(
        string="Qualification Valid For",
        default=12,
        help="Months for which an approval holds unless another day is set.",
    )
    supplier_link_days = fields.Integer(
        string="Applicant's Link Valid For",
        default=14,
        help="Days for which the link in an applicant's mail works.",
    )
    renewal_grace_days = fields.Integer(
        string="Grace for Renewals",
        default=30,
        help="Days after expiry for which a supplier keeps its status while a renewal that came "
        "in time waits for verification.",
    )
    open_order_policy = fields.Selection(
        [("finish", "Finish"), ("hold", "Ask the Buyer"), ("reallocate", "Re-allocate")],
        string="Open Orders of a Suspended Supplier",
        default="finish",
        required=True,
    )
    supplier_score_total = fields.Selection(
        [("weighted", "Weighted Mean"), ("lowest", "Lowest Measure")],
        string="Total Score",
        default="weighted",
        required=True,
        help="Lowest measure: a supplier is only as good as its weakest measure.",
    )
    scorecard_period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter")],
        default="month",
        required=True,
    )
    scorecard_recent_periods = fields.Integer(
        string="Periods Kept Open",
        default=3,
        help="Closed periods that are computed again each time, so that late receipts count.",
    )
    supplier_under_tolerance = fields.Float(
        string="Under-delivery Tolerated (%)",
        digits=(5, 2),
        help="A line that lacks no more than this share of the ordered quantity is in full.",
    )
    supplier_contest_days = fields.Integer(
        string="Contest Within (Days)",
        default=30,
        help="Days after the end of a period in which suppliers may contest their score.",
    )
    available_max_age = fields.Integer(
        string="Stock Figures Valid For",
        default=7,
        help="Days after which the stock a supplier has reported is shown but no longer promised.",
    )

    _supplier_days_positive = models.Constraint(
        "CHECK(supplier_validity_months > 0 AND supplier_link_days > 0"
        " AND renewal_grace_days >= 0 AND available_max_age >= 0"
        " AND scorecard_recent_periods >= 0 AND supplier_contest_days >= 0"
        " AND supplier_under_tolerance >= 0 AND supplier_under_tolerance < 100)",
        "Periods of the supplier settings cannot be negative; "
        "approvals and links must be valid for some time.",
    )

    @api.model
    def _s2b2b_supplier_demo(self):
        """Called by the demo data, and by that of others for their own company; tells things once.

        See ``demo/story.py``.
        """
        story.tell(self.env)
        history.tell(self.env)
        story.propose(self.env)

    def _scorecard_periods(self, today):
        """(first day, last day) of the open period and of the recent closed ones, oldest first.

        A period that began before the start date is left out.
        """
        self.ensure_one()
        if not self.s2b2b_start_date:
            return []
        first = date_utils.subtract(
            today, months=self.scorecard_recent_periods * self._get_scorecard_months()
        )
        periods = self._scorecard_periods_between(first, today)
        return [period for period in periods if period[0] >= self.s2b2b_start_date]
