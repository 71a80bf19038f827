from odoo import fields, models

from ..tools.open_orders import (
    PARTIAL,
    PREPARING,
    REQUEST,
    WAITING,
    OpenOrder,
    plan_suspension,
)


class PurchaseOrder(models.Model):
    """Orders under way whose supplier is suspended or eliminated."""

    _inherit = "purchase.order"

    def _supplier_stage(self):
        """How far an open order is, in the words of ``tools.open_orders``.

        Hook: modules that follow the supplier's answers and shipments know more.
        """
        self.ensure_one()
        if self.state in ("draft", "sent"):
            return REQUEST
        if self.state == "to approve":
            return WAITING
        arrived = any(line.qty_received for line in self.order_line)
        return PARTIAL if arrived else PREPARING

    def _prepare_open_order(self):
        promised = self.date_planned and fields.Datetime.context_timestamp(self, self.date_planned)
        return OpenOrder(self.id, self._supplier_stage(), promised.date() if promised else None)

    def _follow_suspension(self, reason):
        """Does with these orders what each company's policy says; what has left goes on."""
        for company, orders in self.grouped("company_id").items():
            steps = plan_suspension(
                [order._prepare_open_order() for order in orders], company.open_order_policy
            )
            touched = orders.browse(step.key for step in steps if step.action != "finish")
            touched._schedule_supplier_suspended(reason)

    def _schedule_supplier_suspended(self, reason):
        """Asks the buyers what becomes of these orders. Hook: the order module re-allocates."""
        self._schedule_supplier_exit(self.env._("Supplier suspended"), reason)

    def _schedule_supplier_exit(self, summary, note):
        """One activity for each order, for its buyer."""
        if not self:
            return
        activity_type = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_model_id": model.id,
                    "res_id": order.id,
                    "user_id": order.user_id.id or self.env.uid,
                    "summary": summary,
                    "note": note,
                }
                for order in self
            ]
        )

    def _follow_elimination(self, action, reason):
        """Carries out the decided ``action`` for these orders of an eliminated supplier."""
        getattr(self, f"_eliminate_{action}")(reason)

    def _eliminate_finish(self, reason):
        for order in self:
            order._message_log(
                body=self.env._("The supplier is eliminated; this order is finished: %s", reason)
            )

    def _eliminate_cancel(self, reason):
        for order in self:
            order.button_cancel()
            order._message_log(
                body=self.env._("Cancelled, as the supplier is eliminated: %s", reason)
            )

    def _eliminate_reallocate(self, reason):
        """Hook: cancels, and has somebody else deliver. Here the buyers are asked to buy again."""
        self._eliminate_cancel(reason)
        self._schedule_supplier_exit(
            self.env._("Buy elsewhere: the supplier is eliminated"), reason
        )
