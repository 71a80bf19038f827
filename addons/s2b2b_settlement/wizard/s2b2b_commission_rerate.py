from odoo import fields, models


class CommissionRerate(models.TransientModel):
    """Asks why the commission of past orders is computed by today's rules."""

    _name = "s2b2b.commission.rerate"
    _description = "Rerate Commission"

    line_ids = fields.Many2many("s2b2b.commission.line", required=True, readonly=True)
    reason = fields.Char(required=True)

    def action_rerate(self):
        """Add adjustment lines for the difference; what was frozen stays."""
        self.line_ids.check_access("read")
        # sudo: managers, who alone may use this, have no right to write frozen lines by hand
        lines = self.line_ids.sudo()
        lines._rerate(lines, self.reason)
        return True
