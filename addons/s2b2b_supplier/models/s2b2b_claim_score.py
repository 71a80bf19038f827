from odoo import fields, models


class S2b2bClaim(models.Model):
    """Whether a claim counts in the scores, and in which period."""

    _inherit = "s2b2b.claim"

    score_exclusion_id = fields.Many2one(
        "s2b2b.scorecard.exclusion",
        string="Excluded from Scoring",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="s2b2b_supplier.group_user",
        help="How the supplier responded to it does not count, for the reason given there.",
    )

    def _get_opened_day(self):
        """The day it was opened, in the time zone of its company."""
        zone = self.company_id.partner_id.tz or "UTC"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), self.opened_at).date()
