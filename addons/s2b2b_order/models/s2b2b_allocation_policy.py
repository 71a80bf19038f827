from odoo import fields, models

from ..tools.allocation import Policy
from ..tools.number import exact


class AllocationPolicy(models.Model):
    """What counts when an order is allocated over the offers of the suppliers."""

    _name = "s2b2b.allocation.policy"
    _description = "Allocation Policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    mode = fields.Selection(
        [
            ("company", "As the company says"),
            ("review", "Reviewed before anything is ordered"),
            ("auto", "Applied by itself"),
        ],
        default="company",
        required=True,
    )
    price_weight = fields.Float(default=1.0, help="1: the landed price counts in full.")
    late_cost_per_day = fields.Float(
        "Cost of a Late Day",
        help="What one day after the wanted date costs per lot (one unit, unless the product "
        "says otherwise), in the company's currency.",
    )
    grade_weight = fields.Float(
        "Worth of a Bonus Point",
        help="What one bonus point of a supplier's grade is worth per lot, in the company's "
        "currency.",
    )
    max_share_percent = fields.Float(
        "Largest Share (%)",
        help="The most one supplier may get of the quantity of one product. 0: no limit.",
    )
    is_split = fields.Boolean(
        "Split Lines", default=True, help="A line may be served by several suppliers."
    )
    min_margin_percent = fields.Float(
        "Smallest Margin (%)",
        help="A plan below it is proposed and never applied by itself. 0: not checked.",
    )
    max_rounds = fields.Integer(
        "Rounds",
        default=3,
        help="How often an order is allocated again after refusals before staff get it.",
    )
    time_limit = fields.Float("Seconds to Search", default=2.0)

    _weights_positive = models.Constraint(
        "CHECK(price_weight >= 0 AND late_cost_per_day >= 0 AND grade_weight >= 0"
        " AND time_limit >= 0 AND max_rounds >= 0)",
        "Weights, rounds and time must not be negative.",
    )
    _share_range = models.Constraint(
        "CHECK(max_share_percent >= 0 AND max_share_percent <= 100)",
        "A share is between 0 and 100 percent.",
    )
    _margin_range = models.Constraint(
        "CHECK(min_margin_percent >= 0 AND min_margin_percent < 100)",
        "A margin is between 0 and 100 percent.",
    )

    def _is_applied_by_itself(self, company):
        """Tell whether plans are applied without a review in ``company``."""
        mode = self.mode if self.mode in ("review", "auto") else company.allocation_mode
        return mode == "auto"

    def _get_parameters(self, currency):
        """Return the policy as the allocation takes it, in the smallest unit of ``currency``."""
        self.ensure_one()
        unit = 10**currency.decimal_places
        return Policy(
            price_weight=exact(self.price_weight),
            late_cost_per_day=exact(self.late_cost_per_day) * unit,
            grade_weight=exact(self.grade_weight) * unit,
            max_share=exact(self.max_share_percent) / 100 if self.max_share_percent else None,
            split=self.is_split,
        )
