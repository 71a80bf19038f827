from odoo import fields, models
from odoo.exceptions import UserError


class PortalOrder(models.AbstractModel):
    """What a sales order knows of the person at the member who placed it."""

    _name = "s2b2b.portal.order"
    _description = "Order Placed in the Portal"

    def _wait(self, reason):
        """Keep the order unconfirmed; the member and staff see why."""
        self.write({"hold_reason": reason, "hold_date": fields.Datetime.now()})
        if reason == "review":
            for order in self:
                order.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Confirm the order from the portal"),
                    user_id=order._get_responsible().id,
                )

    def _confirm_within_credit(self):
        """Confirm the order; what does not pass its checks waits for somebody to look at it."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self.action_confirm()
        except UserError as error:
            self._message_log(body=str(error))
            self._wait("review")

    def _report_problem(self, text):
        """Keep what the member reports for staff only, and raise it."""
        self.ensure_one()
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Describe the problem in a few words."))
        self.message_post(
            body=self.env._("Problem reported by the member: %(text)s", text=text[:2000]),
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )
        self.env["s2b2b.order.alert"]._raise(
            "problem",
            f"order-{self.id}",
            self,
            self.env._("%(order)s: the member reports a problem", order=self.name),
            detail=text[:200],
        )
