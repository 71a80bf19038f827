from odoo import models
from odoo.exceptions import UserError

from .purchase_order import PURCHASE


class PurchaseOrder(models.Model):
    """The gate after the confirmation: what is ordered more has to pass it as well."""

    _inherit = "purchase.order"

    def write(self, vals):
        if not {"partner_id", "currency_id"} & vals.keys():
            return super().write(vals)
        lines = self.order_line._gated()
        before = lines._prepare_ordered()
        result = super().write(vals)
        lines._pass_gate(before)
        return result

    def _pass_gate_again(self):
        """Asks the gate about confirmed orders that ask for more; the chatter keeps a warning."""
        for order, reason in self._gate_reasons().items():
            if order.company_id.supplier_gate_policy == "block":
                raise UserError(
                    self.env._(
                        "%(order)s is confirmed and cannot get more. %(reason)s "
                        "A supplier manager can override this.",
                        order=order.name,
                        reason=reason,
                    )
                )
            order._message_log(
                body=self.env._("Extended although the supplier gate warned: %s", reason)
            )

    def _is_gated(self):
        """Whether more of this order has to pass the gate again."""
        return self.state == PURCHASE and self.company_id.supplier_gate_policy != "off"
