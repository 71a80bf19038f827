from odoo import api, models

from .sale_order_hold import WAITING


class MemberView(models.AbstractModel):
    _inherit = "s2b2b.member.view"

    @api.model
    def _get_page(self, order):
        return {**super()._get_page(order), **self._get_ways_out(order)}

    def _get_ways_out(self, order):
        """Return what this person can do about an order that waits: pay, ask, cancel."""
        access = self.env["s2b2b.portal.access"]
        waits = order.state in WAITING and bool(order.hold_reason)
        deals_with_money = access._may_as_member("order") or access._may_as_member("finance")
        return {
            "may_cancel": waits and order._may_cancel_for_member(self.env.user.partner_id),
            "may_ask": waits and deals_with_money and order._may_ask_for_credit(),
            "asked": self._get_request_text(order) if waits else "",
            "pay_url": f"/my/orders/{order.id}"
            if waits and deals_with_money and order._has_to_be_paid()
            else "",
        }

    def _get_request_text(self, order):
        texts = {
            "submitted": self.env._("More credit was asked for and is being decided."),
            "refused": self.env._("More credit was refused for this order."),
        }
        return texts.get(order.credit_request_ids[:1].state, "")
