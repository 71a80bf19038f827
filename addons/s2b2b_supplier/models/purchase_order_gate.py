from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .purchase_order import PURCHASE


class PurchaseOrder(models.Model):
    """The gate after the confirmation: what is ordered more has to pass it as well."""

    _inherit = "purchase.order"

    supplier_closure_message = fields.Char(
        compute="_compute_supplier_closure_message", groups="base.group_user"
    )

    @api.depends("partner_id", "state")
    def _compute_supplier_closure_message(self):
        """Says that the supplier is closed today; it warns and never stops an order."""
        for order in self:
            today = fields.Date.context_today(order)
            is_open = order.state in ("draft", "sent", "to approve")
            # sudo: closed days are the supplier's own; only the day goes out
            supplier = order.sudo().partner_id.commercial_partner_id
            order.supplier_closure_message = is_open and (
                supplier._supplier_is_closed(today)
                and self.env._(
                    "%(name)s is closed until %(date)s.",
                    name=supplier.name,
                    date=format_date(self.env, supplier.supplier_closed_to),
                )
            )

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
