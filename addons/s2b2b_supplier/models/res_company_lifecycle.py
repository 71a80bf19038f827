from odoo import fields, models


class ResCompany(models.Model):
    """Settings of renewal, elimination, re-admission and the consequences of grades."""

    _inherit = "res.company"

    renewal_lead_days = fields.Integer(
        string="Open Renewals Ahead",
        help="Days before the end of a qualification on which its renewal is opened and the "
        "supplier is asked for what is new; 0: renewals are opened by hand.",
    )
    readmission_months = fields.Integer(
        string="Cooling-off after Elimination",
        default=6,
        help="Months after an elimination before a requalification can readmit the supplier.",
    )

    supplier_exposure_by_grade = fields.Boolean(
        string="Buy by Grade",
        help="Where nobody chooses, offers are taken by the order of exposure of the supplier's "
        "grade before their own sequence and price.",
    )

    _supplier_lead_not_negative = models.Constraint(
        "CHECK(renewal_lead_days >= 0 AND readmission_months >= 0)",
        "Days and months of the supplier settings cannot be negative.",
    )
