from odoo import fields, models


class MatchRelease(models.TransientModel):
    """Asks why a bill that differs from order or receipt is paid all the same."""

    _name = "s2b2b.match.release"
    _description = "Release a Vendor Bill"

    move_ids = fields.Many2many("account.move", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_release(self):
        """Release the bills; the reason stays with them."""
        self.move_ids.check_access("write")
        self.move_ids._release_match(self.reason)
        return True
