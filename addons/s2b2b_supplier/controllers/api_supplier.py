from odoo import http
from odoo.http import request

from .api import MOST_BODY, VERSION, ApiController, ApiError

MOST_LINES = 1000
READ = {"type": "s2b2b_api", "auth": "bearer", "methods": ["GET"], "readonly": True}
WRITE = {
    "type": "s2b2b_api",
    "auth": "bearer",
    "methods": ["POST"],
    "max_content_length": MOST_BODY,
}


class SupplierApi(ApiController):
    """Offers, prices and stock for the systems of a supplier; checks and calls of the portal."""

    def _pages(self):
        # sudo: every call gets the supplier of ``_api_supplier()`` and stays within it
        return request.env["s2b2b.supplier.portal"].sudo()

    @http.route(f"{VERSION}/supplier", save_session=False, **READ)
    def api_supplier(self, **_query):
        supplier = self._api_supplier()
        return {
            "name": supplier.name,
            "status": supplier.supplier_status,
            "company": request.env.company.name,
            "currency": request.env.company.currency_id.name,
        }

    @http.route(f"{VERSION}/offers", save_session=False, **READ)
    def api_offers(self, **_query):
        return self._pages()._api_offers(self._api_supplier(), *self._asked_page())

    @http.route(f"{VERSION}/stock", save_session=False, **READ)
    def api_stock(self, **_query):
        return self._pages()._api_stock(self._api_supplier(), *self._asked_page())

    @http.route(f"{VERSION}/<any(offers,stock,prices):scope>", save_session=False, **WRITE)
    def api_take(self, scope, lines=None, dry_run=False, **other):
        supplier = self._api_supplier("catalogue")
        if other or not isinstance(lines, list) or not isinstance(dry_run, bool):
            message = request.env._("The body is {“lines”: [...]}, with “dry_run” if you like.")
            raise ApiError(400, "body", message)
        if not 0 < len(lines) <= MOST_LINES:
            message = request.env._("Send 1 to %s lines.", MOST_LINES)
            raise ApiError(413, "lines", message)

        def take():
            contact = request.env.user.partner_id
            pages = self._pages()
            answer, any_taken = pages._api_take(supplier, contact, scope, lines, dry_run)
            return answer, 200 if any_taken else 422

        if dry_run:
            return self._api_trial(take)
        return self._api_once(f"supplier/{scope}", lines, take)

    def _asked_page(self):
        query = request.httprequest.args
        return self._api_page(query.get("offset", "0"), query.get("limit", "100"))
