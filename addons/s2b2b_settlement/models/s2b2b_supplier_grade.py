from odoo import fields, models


class SupplierGrade(models.Model):
    _inherit = "s2b2b.supplier.grade"

    commission_discount = fields.Float(
        "Commission Discount (%)",
        digits=(5, 2),
        help="Suppliers of this grade pay so much less, before minimum and cap of the rule.",
    )

    _commission_discount_range = models.Constraint(
        "CHECK(commission_discount BETWEEN 0 AND 100)",
        "A discount on commission is between 0 and 100 %.",
    )
