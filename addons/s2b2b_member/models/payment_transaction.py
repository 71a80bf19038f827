from odoo import models

from ..tools.credit import share


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _get_order_shares(self):
        """What of each done transaction pays which of its orders, cancelled ones left out.

        One that is for several orders pays them in proportion: it covers each of them just where it
        covers all. Core confirms none of these by itself.

        :return: ``{(transaction id, order id): amount in the order's currency, at its date}``
        """
        shares = {}
        for payment in self.filtered(lambda tx: tx.state == "done"):
            orders = payment.sale_order_ids.filtered(lambda order: order.state != "cancel")
            unit = payment.currency_id.rounding
            totals = {
                order: round(
                    order._convert_at_order(
                        order.amount_total, order.currency_id, payment.currency_id
                    )
                    / unit
                )
                for order in orders
            }
            paid = round(payment.amount / unit)
            parts = share(paid, totals) if len(orders) > 1 else dict.fromkeys(orders, paid)
            for order, part in parts.items():
                shares[payment.id, order.id] = order._convert_at_order(
                    part * unit, payment.currency_id, order.currency_id
                )
        return shares
