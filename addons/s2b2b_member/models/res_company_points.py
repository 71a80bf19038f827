from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

PROGRAM = {"member_points", "points_value", "currency_id"}


class ResCompany(models.Model):
    _inherit = "res.company"

    member_points = fields.Boolean(
        string="Points",
        help="Members earn points when their invoices are paid, and redeem them on orders.",
    )
    points_rate = fields.Float(
        string="Points per Unit of Currency",
        default=1.0,
        help="For the untaxed amount of an invoice, times the multiplier of the member's tier.",
    )
    points_months = fields.Integer(
        string="Good for (Months)", default=12, help="0: points do not expire."
    )
    points_warning_days = fields.Integer(
        string="Warned Before (Days)",
        default=30,
        help="Members get a mail this long before points expire.",
    )
    points_value = fields.Float(
        string="Discount per Point", default=0.01, digits=(16, 4), help="In the company's currency."
    )
    points_tier_value = fields.Float(
        string="Purchases per Point",
        digits=(16, 4),
        help="What a point counts as when a member uses it for its tier; 0: not offered.",
    )
    points_on_time = fields.Integer(
        string="For Paying on Time",
        help="Points for each invoice that is paid by the day it is due; 0: none.",
    )

    _points_not_negative = models.Constraint(
        "CHECK(points_rate >= 0 AND points_months >= 0 AND points_warning_days >= 0"
        " AND COALESCE(points_on_time, 0) >= 0 AND points_value >= 0 AND points_tier_value >= 0)",
        "What points earn and are worth cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._set_up_points()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if PROGRAM & vals.keys():
            self._set_up_points()
        return result

    def _set_up_points(self):
        """Where points are switched on, the program by which they are redeemed."""
        for company in self.filtered("member_points"):
            program = self.env["loyalty.program"]._get_points_program(company)
            program._set_points_value(company.points_value)

    def _get_points_expiry(self):
        """The last day of points that are given today; False: they do not expire."""
        self.ensure_one()
        if not self.points_months:
            return False
        return fields.Date.context_today(self) + relativedelta(months=self.points_months)
