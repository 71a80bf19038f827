from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class S2b2bScorecardExclusion(models.Model):
    """Claims that are kept out of the measure of responses."""

    _inherit = "s2b2b.scorecard.exclusion"

    claim_ids = fields.Many2many("s2b2b.claim", string="Claims")

    @api.depends("order_id", "claim_ids")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for exclusion in self.filtered("claim_ids"):
            exclusion.display_name = ", ".join(exclusion.claim_ids.mapped("name"))
        return result

    @api.depends("claim_ids.partner_id", "claim_ids.company_id")
    def _compute_owner(self):
        for exclusion in self.filtered("claim_ids"):
            exclusion.partner_id = exclusion.claim_ids.partner_id[:1]
            exclusion.company_id = exclusion.claim_ids.company_id[:1]
        return super()._compute_owner()

    @api.model
    def _exclude_claims(self, claims, reason, contest=None):
        """Keeps claims out of the scores, each supplier's with a record of its own."""
        reason = self._check_reason(reason)
        # sudo: managers exclude by this verb only, which has checked that they are
        claims = claims.sudo().filtered(lambda claim: not claim.score_exclusion_id)
        if not claims:
            raise UserError(self.env._("All of these claims are excluded already."))
        owners = claims.grouped(lambda claim: (claim.partner_id, claim.company_id))
        # sudo: as above
        made = self.sudo().create(
            [
                {
                    "claim_ids": [Command.set(own.ids)],
                    "reason": reason,
                    "user_id": self.env.uid,
                    "contest_id": contest.id if contest else False,
                }
                for own in owners.values()
            ]
        )
        for exclusion in made:
            exclusion.claim_ids._write_guarded({"score_exclusion_id": exclusion.id})
        made._follow(self.env._("Excluded from scoring: %s", reason))
        return self.browse(made.ids)

    def _release(self):
        claims = self.env["s2b2b.claim"].search([("score_exclusion_id", "in", self.ids)])
        claims._write_guarded({"score_exclusion_id": False})
        return super()._release()

    def _follow(self, cause, lines=None):
        cards = self.env["s2b2b.scorecard"]
        for exclusion in self.filtered("claim_ids"):
            claims = exclusion.claim_ids
            claims._message_log_batch(dict.fromkeys(claims.ids, cause))
            days = [claim._get_opened_day() for claim in claims]
            cards._evaluate_days(exclusion.partner_id, exclusion.company_id, days, cause)
        return super()._follow(cause, lines)
