from odoo import models

TOLD_TO_MEMBER = (
    "accepted",
    "shipped",
    "delivered",
    "rearranged",
    "shortage",
    "delay",
    "changed",
    "cancelled",
)
TOLD_TO_SUPPLIER = ("asked", "withdrawn")


class OrderParties(models.AbstractModel):
    """Who has to do with a sales order, and how they are told what happens to it."""

    _name = "s2b2b.order.parties"
    _description = "Parties of an Order"

    def _get_responsible(self):
        """Return the internal user who acts for the order: on duty, seller or account manager."""
        duty = self.company_id.order_control_user_id
        candidates = duty | self.user_id | self.partner_id.commercial_partner_id.user_id
        internal = candidates.filtered(lambda user: user.active and not user.share)
        return internal[:1] or self.env.ref("base.user_admin")

    def _notify_parties(self, event):
        """Hook: tell the parties of an event by mail; other channels come by glue.

        Off unless the company has switched it on. What a party may not know is not in it: the text
        of an event names nobody, and each party gets the link to its own page, after login.
        """
        self.ensure_one()
        if not self.company_id.order_notices_sent:
            return
        if event.kind in TOLD_TO_MEMBER and event._is_for_member():
            self._mail_event("s2b2b_order.mail_template_member_event", event)
        if event.kind in TOLD_TO_SUPPLIER and event._is_for_supplier():
            self._mail_event("s2b2b_order.mail_template_supplier_event", event)

    def _mail_event(self, template, event):
        # sudo: the mail follows from what happened, whoever did it; it waits in the mail queue
        self.env.ref(template).sudo().send_mail(event.id, force_send=False)

    def _get_member_url(self):
        """Return where a member sees this order, after login."""
        return f"{self.get_base_url()}/web/login?redirect=/my/order/{self.id}"
