import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal import OrderPortal

ORDER = "is_urgent desc, accept_deadline, sent_at desc, id desc"
FINISHED_ORDER = "sent_at desc, id desc"


class SupplierOrderPortal(OrderPortal):
    @http.route(
        ["/my/supplier/orders", "/my/supplier/orders/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_supplier_orders(self, page=1, filterby="", **_query):
        values = self._order_allowed(self._prepare_supplier_list, page, filterby)
        return self._render_order_page("s2b2b_order.portal_supplier_orders", values)

    @http.route(
        "/my/supplier/orders/list", type="jsonrpc", auth="user", website=True, readonly=True
    )
    def portal_supplier_orders_fragment(self, page=1, filterby=""):
        values = self._prepare_supplier_list(int(page), filterby)
        return {"html": self._render_order_fragment("s2b2b_order.supplier_orders", values)}

    @http.route(
        ["/my/supplier/orders/<int:purchase_id>", "/my/supplier/order/<int:purchase_id>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_supplier_order(self, purchase_id, **_query):
        values = self._order_allowed(self._prepare_supplier_order, purchase_id)
        return self._render_order_page("s2b2b_order.portal_supplier_order", values)

    @http.route(
        "/my/supplier/orders/<int:purchase_id>/fragment",
        type="jsonrpc",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_supplier_order_fragment(self, purchase_id):
        return self._get_supplier_fragment(purchase_id)

    @http.route(
        "/my/supplier/orders/<int:purchase_id>/accept",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_supplier_accept(self, purchase_id, values=None):
        """Accept the order: whole, or with the quantities that are among ``values``."""
        purchase = request.env["s2b2b.portal.access"]._get_supplier_order(purchase_id, "answer")
        values = values or {}
        promised = request.env["s2b2b.portal.text"]._read_coming_day(values.get("promised_date"))
        purchase._supplier_accept(self._read_supplier_quantities(purchase, values), promised)
        return self._get_supplier_fragment(purchase_id)

    @http.route(
        "/my/supplier/orders/<int:purchase_id>/refuse",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_supplier_refuse(self, purchase_id, values):
        purchase = request.env["s2b2b.portal.access"]._get_supplier_order(purchase_id, "answer")
        purchase._supplier_refuse(str(values.get("reason", "")))
        return self._get_supplier_fragment(purchase_id)

    @http.route(
        "/my/supplier/orders/<int:purchase_id>/prepare",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_supplier_prepare(self, purchase_id, values=None):
        purchase = request.env["s2b2b.portal.access"]._get_supplier_order(purchase_id, "answer")
        purchase._supplier_prepare()
        return self._get_supplier_fragment(purchase_id)

    @http.route(
        "/my/supplier/orders/<int:purchase_id>/ship",
        type="jsonrpc",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_supplier_ship(self, purchase_id, values):
        purchase = request.env["s2b2b.portal.access"]._get_supplier_order(purchase_id, "answer")
        purchase._supplier_ship(
            self._read_supplier_quantities(purchase, values) or None,
            carrier=self._read_shipment_text(values, "carrier"),
            tracking=self._read_shipment_text(values, "tracking"),
            date=request.env["s2b2b.portal.text"]._read_day(values.get("shipped_date")),
        )
        return self._get_supplier_fragment(purchase_id)

    def _read_shipment_text(self, values, name):
        return str(values.get(name) or "").strip()[:64] or None

    def _read_supplier_quantities(self, purchase, values):
        """Return {purchase line: quantity} of the fields ``qty_<line id>`` of a form."""
        reader, quantities = request.env["s2b2b.portal.text"], {}
        for line in purchase.order_line:
            if (text := values.get(f"qty_{line.id}")) is None:
                continue
            try:
                quantities[line] = reader._read_number(text)
            except UserError as error:
                message = request.env._(
                    "%(product)s: %(error)s", product=line.product_id.display_name, error=error
                )
                raise UserError(message) from error
        return quantities

    def _get_supplier_fragment(self, purchase_id):
        values = self._prepare_supplier_order(purchase_id)
        return {"html": self._render_order_fragment("s2b2b_order.supplier_order", values)}

    def _prepare_supplier_order(self, purchase_id):
        purchase = request.env["s2b2b.portal.access"]._get_supplier_order(purchase_id, "see")
        # sudo: the order is the supplier's own; what is shown of it is values
        page = request.env["s2b2b.supplier.view"].sudo()._get_page(purchase)
        return {"page_name": "supplier_order", "doc": page, "currency": purchase.currency_id}

    def _prepare_supplier_list(self, page, filterby):
        access = request.env["s2b2b.portal.access"]
        supplier = access._get_supplier("see")
        # sudo: the domain holds the supplier's own orders only
        view, model = request.env["s2b2b.supplier.view"].sudo(), request.env["purchase.order"]
        counts = view._get_counts(supplier)
        filterby = filterby or next((f for f in ("answer", "ship") if counts[f]), "all")
        domain = access._supplier_domain(supplier) & view._filter_domain(filterby)
        purchases, pages = self._get_order_slice(
            model.sudo(),  # sudo: as above
            domain,
            ORDER if filterby in ("answer", "ship") else FINISHED_ORDER,
            "/my/supplier/orders",
            page,
            {"filterby": filterby},
        )
        return {
            "page_name": "supplier_orders",
            "rows": view._get_rows(purchases),
            "counts": counts,
            "filters": view._get_filters(),
            "filterby": filterby,
            "pager": pages,
            "fragment_params": json.dumps({"page": page, "filterby": filterby}),
        }
