from odoo import models
from odoo.exceptions import AccessError, UserError

WAITING = ("draft", "sent")


class SaleOrder(models.Model):
    """What the member can do itself about an order of its own that waits."""

    _inherit = "sale.order"

    def _may_cancel_for_member(self, person):
        """Whether ``person`` may give up the order: its own one, or as an approver any."""
        self.ensure_one()
        if self.state not in WAITING or not self.hold_reason:
            return False
        own = self.s2b2b_contact_id == person and person._member_may("order")
        return own or person._member_may("approve")

    def _cancel_for_member(self):
        """Cancels an order that waits; what is confirmed is not cancelled here."""
        self.ensure_one()
        self.lock_for_update()
        person = self.env.user.partner_id
        if self.state not in WAITING or not self.hold_reason:
            raise UserError(self.env._("This order does not wait any more."))
        if not self._may_cancel_for_member(person):
            raise AccessError(self.env._("Only who has placed the order may cancel it."))
        self._message_log(body=self.env._("Cancelled by the member: %(name)s.", name=person.name))
        self._action_cancel()

    def _may_ask_for_credit(self):
        """Whether more credit can be asked for: nobody has done so for this order yet."""
        self.ensure_one()
        is_short = self.state in WAITING and self.hold_reason == "credit" and self.hold_amount > 0
        return is_short and not self.credit_request_ids

    def _ask_for_credit(self):
        """Asks on behalf of the member for the credit that is missing, once an order."""
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        if not self._may_ask_for_credit():
            raise UserError(self.env._("There is nothing to ask for, or it was asked for already."))
        requests = self._create_credit_requests()
        requests.note = self.env._("Asked for by %(name)s.", name=self.env.user.partner_id.name)
        return requests
