from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    allocation_step = fields.Float(
        "Lot for Allocation",
        digits="Product Unit",
        default=1.0,
        help="Orders are split over suppliers in whole lots of this quantity, in the product's "
        "unit.",
    )

    _allocation_step_positive = models.Constraint(
        "CHECK(allocation_step > 0)", "The lot for allocation must be more than 0."
    )
