from odoo import Command, api, fields, models

from .s2b2b_scorecard_contest import S2b2bScorecardContest as Contest


class S2b2bScorecardContest(models.Model):
    """Objections to the measure of responses name claims."""

    _inherit = "s2b2b.scorecard.contest"
    _frozen_fields = Contest._frozen_fields | {"claim_ids"}

    claim_ids = fields.Many2many(
        "s2b2b.claim",
        string="Claims in Question",
        help="Named by the supplier; those left here are excluded if the decision is to exclude.",
    )

    @api.model
    def _prepare_questioned_vals(self, documents):
        if documents._name != "s2b2b.claim":
            return super()._prepare_questioned_vals(documents)
        return {"claim_ids": [Command.set(documents.ids)]}

    def _has_questioned(self):
        return bool(self.claim_ids) or super()._has_questioned()

    def _exclude_questioned(self):
        if self.claim_ids:
            exclusions = self.env["s2b2b.scorecard.exclusion"]
            exclusions._exclude_claims(self.claim_ids, self.answer, contest=self)
        return super()._exclude_questioned()
