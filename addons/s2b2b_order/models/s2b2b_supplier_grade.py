from odoo import fields, models


class SupplierGrade(models.Model):
    _inherit = "s2b2b.supplier.grade"

    allocation_bonus = fields.Float(
        help="Points that a supplier of this grade is ahead by when orders are allocated; the "
        "policy says what a point is worth.",
    )
