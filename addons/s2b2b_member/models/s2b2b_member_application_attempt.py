from datetime import timedelta

from odoo import api, fields, models


class S2b2bMemberApplicationAttempt(models.Model):
    """A public application form that was sent, stored or not: floods are told by them."""

    _name = "s2b2b.member.application.attempt"
    _description = "Attempt to Apply for Membership"
    _rec_name = "address"
    _order = "id desc"
    _log_access = False

    address = fields.Char(
        required=True, readonly=True, help="Keyed hash of the sender's network address."
    )
    attempted_on = fields.Datetime(required=True, readonly=True, index=True)

    _by_address = models.Index("(address, attempted_on)")

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=1)
        self.search([("attempted_on", "<", limit)], limit=10_000).unlink()
