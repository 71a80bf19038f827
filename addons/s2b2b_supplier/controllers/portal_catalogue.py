from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from .portal import SupplierPortal

PAGE = 20
URL = "/my/supplier/catalogue"


class SupplierPortalCatalogue(SupplierPortal):
    @http.route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True)
    def supplier_catalogue(self, page=1, search="", saved=None, **_kwargs):
        return self._render_catalogue(page=page, search=search[:80], saved=saved)

    @http.route(
        [f"{URL}/<int:offer_id>", f"{URL}/<int:offer_id>/<any(break,end):action>"],
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def supplier_catalogue_update(self, offer_id, action="", page="1", search="", **form):
        supplier = self._supplier("catalogue")
        page = int(page) if page.isdecimal() and len(page) < 9 else 1
        shown = {"page": page, "search": search[:80]}
        try:
            with request.env.cr.savepoint():
                errors = self._change_offer(supplier, offer_id, action, form)
        except UserError as failure:
            return self._render_catalogue(**shown, error=str(failure))
        if errors:
            typed = {name: value for name, value in form.items() if isinstance(value, str)}
            key = (offer_id, action)
            return self._render_catalogue(**shown, errors={key: errors}, typed={key: typed})
        query = {"search": search[:80], "saved": offer_id}
        return request.redirect_query(f"{URL}/page/{page}", query)

    def _change_offer(self, supplier, offer_id, action, form):
        pages, contact = self._pages(), request.env.user.partner_id
        if action == "end":
            return pages._end_offer(supplier, offer_id, contact)
        change = pages._add_break if action == "break" else pages._update_offer
        return change(supplier, offer_id, form, contact)

    def _render_catalogue(self, page=1, search="", saved=None, error=None, errors=None, typed=None):
        supplier, pages = self._supplier(), self._pages()
        count = pages._count_products(supplier, search)
        pages_of = pager(url=URL, url_args={"search": search}, total=count, page=page, step=PAGE)
        return self._render_supplier(
            "portal_catalogue",
            "catalogue",
            products=pages._get_products(supplier, search, pages_of["offset"], PAGE),
            requests=pages._get_requests(supplier),
            currencies=pages._get_currencies(),
            count=count,
            pager=pages_of,
            page=pages_of["page"]["num"],
            search=search,
            saved=saved,
            error=error,
            errors=errors or {},
            typed=typed or {},
        )
