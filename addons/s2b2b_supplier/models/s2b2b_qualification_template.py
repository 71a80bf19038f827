from odoo import fields, models


class S2b2bQualificationTemplate(models.Model):
    """A checklist from which audits start."""

    _name = "s2b2b.qualification.template"
    _description = "Audit Checklist"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    criterion_ids = fields.One2many(
        "s2b2b.qualification.criterion", "template_id", string="Criteria", copy=True
    )

    def _prepare_line_vals(self):
        """The values of the checklist lines that a qualification gets from this template."""
        return [
            {
                "sequence": criterion.sequence,
                "name": criterion.name,
                "hint": criterion.hint,
                "weight": criterion.weight,
                "is_critical": criterion.is_critical,
            }
            for criterion in self.criterion_ids
        ]
