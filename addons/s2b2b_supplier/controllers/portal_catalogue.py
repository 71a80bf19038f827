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

    @http.route(f"{URL}/<int:offer_id>", type="http", auth="user", methods=["POST"], website=True)
    def supplier_catalogue_update(self, offer_id, page="1", search="", **form):
        supplier = self._supplier("catalogue")
        page = int(page) if page.isdecimal() and len(page) < 9 else 1
        contact = request.env.user.partner_id
        try:
            with request.env.cr.savepoint():
                errors = self._pages()._update_offer(supplier, offer_id, form, contact)
        except UserError as failure:
            return self._render_catalogue(page=page, search=search[:80], error=str(failure))
        if errors:
            typed = {name: value for name, value in form.items() if isinstance(value, str)}
            return self._render_catalogue(
                page=page, search=search[:80], errors={offer_id: errors}, typed={offer_id: typed}
            )
        query = {"search": search[:80], "saved": offer_id}
        return request.redirect_query(f"{URL}/page/{page}", query)

    def _render_catalogue(self, page=1, search="", saved=None, error=None, errors=None, typed=None):
        supplier, pages = self._supplier(), self._pages()
        count = pages._get_offers(supplier, search, limit=1)[1]
        pages_of = pager(url=URL, url_args={"search": search}, total=count, page=page, step=PAGE)
        offers, _count = pages._get_offers(supplier, search, pages_of["offset"], PAGE)
        return self._render_supplier(
            "portal_catalogue",
            "catalogue",
            offers=offers,
            count=count,
            pager=pages_of,
            page=pages_of["page"]["num"],
            search=search,
            saved=saved,
            error=error,
            errors=errors or {},
            typed=typed or {},
        )
