from uuid import uuid4

from odoo import api, models

from ..tools.points import Booking


class S2b2bPointsEntry(models.Model):
    """Points follow their owner to the company that it became a part of."""

    _inherit = "s2b2b.points.entry"

    @api.model
    def _transfer(self, partners):
        """Books what ``partners`` have left, and owe, to their companies, lot by lot.

        Each lot keeps its last day. What was booked for an order or an invoice stays where it was
        booked; what follows from these is booked to the company.
        """
        # sudo: points follow, whoever changes a contact
        lots = self.sudo().search(
            [("partner_id", "in", partners.ids), ("remaining", "!=", 0)], order="id"
        )
        for company, own in lots.grouped("company_id").items():
            self._book(company, [row for lot in own for row in lot._prepare_transfer_rows()])

    def _prepare_transfer_rows(self):
        self.ensure_one()
        former, member = self.partner_id, self.partner_id.commercial_partner_id
        key = f"transfer:{uuid4().hex}"
        leaving = Booking(f"{key}:out", former.id, -self.remaining, first=(self.key,))
        coming = Booking(f"{key}:in", member.id, self.remaining, self.expiry_date or None)
        return [
            (
                leaving,
                self._prepare_transfer_vals(self.env._("Moved to %s", member.display_name)),
            ),
            (
                coming,
                self._prepare_transfer_vals(self.env._("Moved from %s", former.display_name)),
            ),
        ]

    def _prepare_transfer_vals(self, name):
        return {"kind": "adjust", "name": name, "user_id": self.env.uid}
