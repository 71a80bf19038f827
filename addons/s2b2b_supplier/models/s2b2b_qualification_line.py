from odoo import Command, api, fields, models
from odoo.exceptions import UserError


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
        lines._refuse_decided()
        lines.filtered("verdict")._register_assessor()
        lines._adopt_evidence()
        return lines

    def write(self, vals):
        if {"is_critical", "weight"} & vals.keys() and "audit" in self.mapped("state"):
            raise UserError(self.env._("What counts is settled before the audit begins."))
        result = super().write(vals)
        if vals.get("verdict"):
            self._register_assessor()
        elif "verdict" in vals:
            self._write_guarded({"assessed_by_id": False})
        self._adopt_evidence()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_audited(self):
        self._refuse_decided()
        if "audit" in self.mapped("state"):
            raise UserError(
                self.env._("A point of an audit that has begun stays; give it a verdict.")
            )

    def _refuse_decided(self):
        if decided := self.filtered(lambda line: line.state in self._frozen_states)[:1]:
            raise UserError(
                self.env._(
                    "%s is decided: its checklist stays as it is.",
                    decided.qualification_id.display_name,
                )
            )

    def _register_assessor(self):
        """Whoever gave a verdict has audited, also where the verdict is taken back later."""
        self._write_guarded({"assessed_by_id": self.env.uid})
        self.qualification_id._write_guarded({"assessor_ids": [Command.link(self.env.uid)]})

    def _adopt_evidence(self):
        """Files uploaded before their line was saved become readable through it."""
        for line in self:
            # sudo: the user's own uploads that belong to nothing yet, and only those
            line.sudo().evidence_ids.filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            ).write({"res_model": self._name, "res_id": line.id})

    def _checklist_score(self):
        """What passed of the weight, 0 to 100; minor findings count half. None: no verdict."""
        worth = {"pass": 1.0, "minor": 0.5, "fail": 0.0}
        rated = self.filtered(lambda line: line.verdict in worth)
        total = sum(rated.mapped("weight"))
        if not total:
            return None
        return 100 * sum(line.weight * worth[line.verdict] for line in rated) / total
