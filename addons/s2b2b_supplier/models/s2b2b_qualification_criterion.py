from odoo import fields, models


class S2b2bQualificationCriterion(models.Model):
    """A question of a checklist. Failing a critical one forbids approval."""

    _name = "s2b2b.qualification.criterion"
    _description = "Audit Criterion"
    _order = "sequence, id"

    template_id = fields.Many2one(
        "s2b2b.qualification.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    hint = fields.Char(string="What to Look For", translate=True)
    weight = fields.Integer(default=1)
    is_critical = fields.Boolean(string="Critical")

    _weight_positive = models.Constraint("CHECK(weight > 0)", "The weight must be positive.")
