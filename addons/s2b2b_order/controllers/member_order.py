import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal import OrderPortal


class MemberOrderPortal(OrderPortal):
    @http.route(
        ["/my/order", "/my/order/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_member_orders(self, page=1, filterby="", **_query):
        values = self._order_allowed(self._prepare_member_list, page, filterby)
        return self._render_order_page("s2b2b_order.portal_member_orders", values)

    @http.route("/my/order/list", type="jsonrpc", auth="user", website=True, readonly=True)
    def portal_member_orders_fragment(self, page=1, filterby=""):
        values = self._prepare_member_list(int(page), filterby)
        return {"html": self._render_order_fragment("s2b2b_order.member_orders", values)}

    @http.route("/my/order/<int:order_id>", type="http", auth="user", website=True, readonly=True)
    def portal_member_order(self, order_id, **_query):
        values = self._order_allowed(self._prepare_member_order, order_id)
        return self._render_order_page("s2b2b_order.portal_member_order", values)

    @http.route(
        "/my/order/<int:order_id>/fragment",
        type="jsonrpc",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_member_order_fragment(self, order_id):
        return self._get_member_fragment(order_id)

    @http.route(
        "/my/order/<int:order_id>/receive",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_member_order_receive(self, order_id, values):
        order = request.env["s2b2b.portal.access"]._get_member_order(order_id, "receive")
        shipment_id = values.get("shipment_id", "")
        if not str(shipment_id).isdecimal():
            raise UserError(request.env._("Say which parcel has arrived."))
        # sudo: the order is the member's own, and receiving is among the tasks of its role
        request.env["s2b2b.member.view"].sudo()._confirm_receipt(order, [int(shipment_id)])
        return self._get_member_fragment(order_id)

    @http.route(
        "/my/order/<int:order_id>/problem",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_member_order_problem(self, order_id, values):
        order = request.env["s2b2b.portal.access"]._get_member_order(order_id, "receive")
        order._report_problem(str(values.get("text", "")))
        message = request.env._("Thank you. We look into it and get back to you.")
        return {**self._get_member_fragment(order_id), "message": message}

    @http.route(
        "/my/order/<int:order_id>/approve",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_member_order_approve(self, order_id, values=None):
        order = request.env["s2b2b.portal.access"]._get_member_order(order_id, "approve")
        order._approve_for_member()
        return self._get_member_fragment(order_id)

    def _get_member_fragment(self, order_id):
        values = self._prepare_member_order(order_id)
        return {"html": self._render_order_fragment("s2b2b_order.member_order", values)}

    def _prepare_member_order(self, order_id):
        order = request.env["s2b2b.portal.access"]._get_member_order(order_id, "see")
        # sudo: the order is the member's own; what is shown of it is values
        page = request.env["s2b2b.member.view"].sudo()._get_page(order)
        return {"page_name": "member_order", "doc": page, "currency": order.currency_id}

    def _prepare_member_list(self, page, filterby):
        access = request.env["s2b2b.portal.access"]
        member = access._get_member("see")
        # sudo: the domain holds the member's own orders only
        view, orders = request.env["s2b2b.member.view"].sudo(), request.env["sale.order"].sudo()
        counts = view._get_counts(member)
        filterby = filterby or ("open" if counts["open"] else "all")
        domain = access._member_domain(member) & view._filter_domain(filterby)
        records, pages = self._get_order_slice(
            orders,
            domain,
            "is_urgent desc, date_order desc, id desc" if filterby == "open" else "id desc",
            "/my/order",
            page,
            {"filterby": filterby},
        )
        return {
            "page_name": "member_orders",
            "rows": view._get_rows(records),
            "counts": counts,
            "filters": view._get_filters(),
            "filterby": filterby,
            "pager": pages,
            "fragment_params": json.dumps({"page": page, "filterby": filterby}),
        }
