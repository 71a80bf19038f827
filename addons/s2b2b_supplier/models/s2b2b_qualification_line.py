from odoo import api, fields, models


class S2b2bQualificationLine(models.Model):
    """One point of an audit: what was looked at, the verdict and the evidence."""

    _name = "s2b2b.qualification.line"
    _description = "Audit Checklist Line"
    _inherit = "s2b2b.guarded"
    _order = "sequence, id"
    _guarded_fields = {"assessed_by_id": None}
    _frozen_states = frozenset({"approved", "conditional", "rejected", "cancelled"})
    _frozen_fields = frozenset(
        {"name", "weight", "is_critical", "verdict", "finding", "evidence_ids", "qualification_id"}
    )

    qualification_id = fields.Many2one(
        "s2b2b.qualification", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="qualification_id.state")
    company_id = fields.Many2one(related="qualification_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Criterion", required=True)
    hint = fields.Char(string="What to Look For")
    weight = fields.Integer(default=1)
    is_critical = fields.Boolean(string="Critical")
    verdict = fields.Selection(
        [
            ("pass", "Passed"),
            ("minor", "Minor Finding"),
            ("fail", "Failed"),
            ("na", "Not Applicable"),
        ]
    )
    finding = fields.Text()
    evidence_ids = fields.Many2many(
        "ir.attachment", "s2b2b_qualification_line_evidence_rel", copy=False
    )
    assessed_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _weight_positive = models.Constraint("CHECK(weight > 0)", "The weight must be positive.")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered("verdict")._write_guarded({"assessed_by_id": self.env.uid})
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "verdict" in vals:
            self._write_guarded({"assessed_by_id": self.env.uid if vals["verdict"] else False})
        return result

    def _checklist_score(self):
        """What passed of the weight, 0 to 100; minor findings count half. None: no verdict."""
        worth = {"pass": 1.0, "minor": 0.5, "fail": 0.0}
        rated = self.filtered(lambda line: line.verdict in worth)
        total = sum(rated.mapped("weight"))
        if not total:
            return None
        return 100 * sum(line.weight * worth[line.verdict] for line in rated) / total
