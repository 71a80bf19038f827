from decimal import Decimal

from odoo import api, models

from ..tools.fitness import Ordered, asks_more

GATED = frozenset(
    {"order_id", "product_id", "product_qty", "product_uom_id", "price_unit", "discount", "tax_ids"}
)


class PurchaseOrderLine(models.Model):
    """Lines that are added to a confirmed order, or changed in it."""

    _inherit = "purchase.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._gated()._pass_gate({})
        return lines

    def write(self, vals):
        if not GATED & vals.keys():
            return super().write(vals)
        # A line that comes from another order is a new one here.
        staying = self.filtered(
            lambda line: line.order_id.id == vals.get("order_id", line.order_id.id)
        )
        before = staying._gated()._prepare_ordered()
        result = super().write(vals)
        self._gated()._pass_gate(before)
        return result

    def _gated(self):
        """Those of confirmed orders whose company has a gate; none while an order is confirmed."""
        if self.env["purchase.order"]._is_entering_purchase():
            return self.browse()
        orders = self.order_id.filtered(lambda order: order._is_gated())
        return self.filtered(lambda line: line.order_id in orders)

    def _prepare_ordered(self):
        """{line: what it orders}, to be compared after a change."""
        return {line: line._prepare_one_ordered() for line in self}

    def _prepare_one_ordered(self):
        unit = self.product_id.uom_id
        quantity = self.product_qty
        if unit and self.product_uom_id:
            quantity = self.product_uom_id._compute_quantity(quantity, unit)
        order = self.order_id
        amount = self.price_subtotal / (order.currency_rate or 1.0)
        return Ordered(
            supplier=order.partner_id.commercial_partner_id.id,
            product=self.product_id.id,
            quantity=0.0 if self.display_type else quantity,
            amount=Decimal(str(order.company_id.currency_id.round(amount))),
        )

    def _pass_gate(self, before):
        """Asks the gate once for each order of which a line asks more than ``before``."""
        grown = self.filtered(lambda line: asks_more(before.get(line), line._prepare_one_ordered()))
        grown.order_id._pass_gate_again()
