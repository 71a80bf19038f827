from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.uploads import Upload, check_uploads

ANSWER = frozenset({"root_cause", "action", "done_date", "attachment_ids"})
ANSWERABLE = ("draft", "issued", "overdue")
PARAMS = (
    *("late", "total", "days", "product", "count", "order", "saved", "short"),
    *("received", "ordered", "faulty", "claim", "hours"),
)


class S2b2bRectificationLine(models.Model):
    """One weak measure, what its evidence suggests, and the supplier's answer to it."""

    _name = "s2b2b.rectification.line"
    _description = "Supplier Rectification Line"
    _inherit = ["s2b2b.guarded"]
    _order = "rectification_id, sequence, id"
    _guarded_fields = {"suggestion_data": None}

    rectification_id = fields.Many2one(
        "s2b2b.rectification", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rectification_id.company_id", store=True, index=True)
    state = fields.Selection(related="rectification_id.state")
    sequence = fields.Integer(default=10)
    kpi_key = fields.Char(string="Measure", readonly=True)
    name = fields.Char(string="What", required=True)
    score = fields.Float(digits=(5, 1), readonly=True, aggregator=None)
    value = fields.Float(digits=(16, 6), readonly=True, aggregator=None)
    target = fields.Float(digits=(16, 4), readonly=True, aggregator=None)
    value_text = fields.Char(string="Measured", compute="_compute_texts")
    target_text = fields.Char(string="Expected", compute="_compute_texts")
    suggestion_data = fields.Json(readonly=True, export_string_translation=False)
    suggestion = fields.Text(
        compute="_compute_suggestion", help="What stands out in the documents behind the measure."
    )
    root_cause = fields.Text()
    action = fields.Text(string="Corrective Action")
    done_date = fields.Date(string="Done By")
    attachment_ids = fields.Many2many(
        "ir.attachment", "s2b2b_rectification_attachment_rel", string="Proof", copy=False
    )

    @api.depends("kpi_key", "value", "target")
    def _compute_texts(self):
        kpis = self.env["s2b2b.kpi"]
        for line in self:
            line.value_text = line.kpi_key and kpis._format_value(line.kpi_key, line.value)
            line.target_text = line.kpi_key and kpis._format_value(line.kpi_key, line.target)

    @api.depends_context("lang")
    @api.depends("suggestion_data")
    def _compute_suggestion(self):
        for line in self:
            found = line.suggestion_data or []
            line.suggestion = "\n".join(self._suggestion_text(**item) for item in found)

    @api.constrains("attachment_ids")
    def _check_attachments(self):
        for line in self:
            # sudo: only names and first bytes of what was just attached are looked at
            files = line.sudo().attachment_ids
            problem = check_uploads([Upload(file.name, file.raw or b"") for file in files])
            if problem:
                raise ValidationError(self.env["s2b2b.certificate"]._upload_text(problem))

    def write(self, vals):
        if not self._is_verb():
            self._refuse_guarded(vals)
            self._refuse_late(ANSWERABLE if vals.keys() <= ANSWER else ("draft",))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        self._refuse_late(("draft",))

    def _refuse_late(self, states):
        self.check_access("write")
        for line in self:
            if line.state not in states:
                raise UserError(
                    self.env._("%s: this can no longer be changed.", line.rectification_id.name)
                )

    def _is_answered(self):
        return bool((self.root_cause or "").strip() and (self.action or "").strip())

    @api.model
    def _suggestion_text(self, code, params):
        """A suggestion of ``tools.suggestions`` in the reader's language."""
        values = dict.fromkeys(PARAMS, "")
        values |= {n: f"{v:g}" if isinstance(v, float) else v for n, v in params.items()}
        values["missing"] = f"{params.get('missing', 0):.0%}"
        return {**self._late_texts(values), **self._other_texts(values)}[code]

    @api.model
    def _late_texts(self, values):
        return {
            "late": self.env._(
                "%(late)s of %(total)s order lines were late, by %(days)s day(s) in the median.",
                **values,
            ),
            "late_product": self.env._(
                "%(product)s is in %(count)s of the %(late)s late lines.", **values
            ),
            "late_line": self.env._("%(order)s, %(product)s: %(days)s day(s) late.", **values),
            "missing_line": self.env._(
                "%(order)s, %(product)s: nothing has arrived, %(days)s day(s) after the promise.",
                **values,
            ),
            "lead_time": self.env._(
                "With %(days)s more day(s) promised, %(saved)s of the %(late)s late lines would "
                "have been on time.",
                **values,
            ),
        }

    @api.model
    def _other_texts(self, values):
        return {
            "short": self.env._(
                "%(short)s of %(total)s order lines came short; %(missing)s of their quantity is "
                "missing.",
                **values,
            ),
            "short_line": self.env._(
                "%(order)s, %(product)s: %(received)s of %(ordered)s came.", **values
            ),
            "faulty_product": self.env._(
                "%(product)s: %(faulty)s of %(received)s were faulty or went back.", **values
            ),
            "dear_product": self.env._("%(product)s cost more than the usual price.", **values),
            "claim_unanswered": self.env._("%(claim)s was not answered.", **values),
            "claim_slow": self.env._(
                "%(claim)s was answered after %(hours)s working hours.", **values
            ),
        }
