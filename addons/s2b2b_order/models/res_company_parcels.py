from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    parcel_trust_days = fields.Integer(
        "Parcels on the Road Count For",
        default=14,
        help="Days for which goods that a supplier says it has sent straight to a member count as "
        "delivered before anybody has received them; after that only what has arrived counts.",
    )

    _parcel_trust_days_positive = models.Constraint(
        "CHECK(parcel_trust_days >= 0)",
        "The days for which parcels count without having arrived cannot be negative.",
    )
