from odoo import http
from odoo.http import request

from .member_order import MemberOrderPortal


class MemberHoldPortal(MemberOrderPortal):
    @http.route(
        "/my/order/<int:order_id>/cancel",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_member_order_cancel(self, order_id, values=None):
        order = request.env["s2b2b.portal.access"]._get_member_order(order_id, "order")
        order._cancel_for_member()
        return self._get_member_fragment(order_id)

    @http.route(
        "/my/order/<int:order_id>/credit",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_member_order_credit(self, order_id, values=None):
        access = request.env["s2b2b.portal.access"]
        task = "finance" if access._may_as_member("finance") else "order"
        access._get_member_order(order_id, task)._ask_for_credit()
        return self._get_member_fragment(order_id)
