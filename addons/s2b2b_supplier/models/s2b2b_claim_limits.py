from decimal import Decimal

from odoo import models

from ..tools.claims import RESOLVED, Settled, left_to_settle


class S2b2bClaim(models.Model):
    """How much of an order line is left to be settled by a claim."""

    _inherit = "s2b2b.claim"

    def _get_left(self):
        """What no other claim on the order line has settled; None: there is no order line."""
        # sudo: who decides need be neither buyer nor accountant; only the rest goes out
        claim = self.sudo()
        line = claim.purchase_line_id
        if not line:
            return None
        others = line.supplier_claim_ids.filtered(lambda c: c != claim and c.state == RESOLVED)
        received = line._get_claimable_quantity(is_shortage=claim.kind == "quantity")
        return left_to_settle(
            claim._in_own_unit(received, line.product_uom_id),
            Decimal(str(claim._get_unit_price())),
            [other._prepare_settled(claim) for other in others],
            claim._in_own_unit(line._get_settled_elsewhere(), line.product_uom_id),
        )

    def _prepare_settled(self, claim):
        """What this decided claim takes from what ``claim`` may get."""
        quantity = self.resolution_quantity or self.quantity
        is_amount = self.resolution == "price_cut" or (
            self.resolution == "refund" and not (quantity and self._get_unit_price())
        )
        if is_amount:
            return Settled(amount=Decimal(str(self.resolution_amount)))
        return Settled(claim._in_own_unit(quantity, self.product_uom_id))

    def _in_own_unit(self, quantity, unit):
        if self.product_uom_id and unit:
            quantity = unit._compute_quantity(
                quantity, self.product_uom_id, rounding_method="HALF-UP"
            )
        return Decimal(str(quantity))
