from odoo import fields, models
from odoo.exceptions import UserError

from .s2b2b_settlement_line import ANSWERS, INTERNAL, MANUAL


class SettlementLine(models.Model):
    _inherit = "s2b2b.settlement.line"

    claim_id = fields.Many2one(
        "s2b2b.claim", readonly=True, index="btree_not_null", ondelete="restrict", groups=INTERNAL
    )

    _claim_uniq = models.UniqueIndex(
        "(claim_id) WHERE claim_id IS NOT NULL AND stage IS DISTINCT FROM 'cancelled'",
        "This claim is in a statement already.",
    )

    def _is_by_hand(self):
        """Whether somebody added the line, rather than that it came of a document of ours."""
        # sudo: that there is a claim is told by the line's kind already
        return self.kind in MANUAL and not self.sudo().claim_id

    def _check_by_hand(self, vals):
        # sudo: as above
        if self.sudo().claim_id and not vals.keys() <= ANSWERS:
            raise UserError(self.env._("The amount of a claim is decided on the claim."))
        return super()._check_by_hand(vals)
