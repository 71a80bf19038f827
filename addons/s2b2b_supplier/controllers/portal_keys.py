from datetime import datetime, timedelta

from odoo import http
from odoo.exceptions import AccessDenied
from odoo.http import request

from .portal import SupplierPortal

URL = "/my/supplier/api"
KEY_DAYS = 365
MOST_KEYS = 5


class SupplierPortalKeys(SupplierPortal):
    """How other systems of the supplier get in: the description, and the user's own keys."""

    @http.route(URL, type="http", auth="user", methods=["GET"], website=True)
    def supplier_keys(self, **_kwargs):
        return self._render_keys()

    @http.route(URL, type="http", auth="user", methods=["POST"], website=True)
    def supplier_key_make(self, name="", password="", **_form):
        self._supplier("catalogue")
        error = self._key_problem(name, password)
        if error:
            return self._render_keys(error=error)
        # sudo: for a year, where a portal user alone would get a day; the key is its own
        keys = request.env["res.users.apikeys"].sudo()
        until = datetime.now() + timedelta(days=KEY_DAYS)
        return self._render_keys(made=keys._generate("rpc", name.strip()[:60], until))

    @http.route(
        f"{URL}/<int:key_id>/delete", type="http", auth="user", methods=["POST"], website=True
    )
    def supplier_key_delete(self, key_id, **_form):
        self._supplier()
        self._own_keys().filtered(lambda key: key.id == key_id)._remove()
        return request.redirect(URL)

    def _key_problem(self, name, password):
        if not request.env.company.sudo().supplier_api:  # sudo: one switch of the own company
            return request.env._("The API is switched off.")
        if not name.strip():
            return request.env._("Please give the key a name.")
        if len(self._own_keys()) >= MOST_KEYS:
            return request.env._("Please delete a key that you no longer use.")
        credential = {"type": "password", "login": request.env.user.login, "password": password}
        try:
            request.env.user._check_credentials(credential, {"interactive": True})
        except AccessDenied:
            return request.env._("The password is wrong.")
        return None

    def _own_keys(self):
        return request.env["res.users.apikeys"].search([("user_id", "=", request.env.uid)])

    def _render_keys(self, error=None, made=None):
        self._supplier()
        keys = [
            {"id": key.id, "name": key.name, "until": key.expiration_date}
            for key in self._own_keys()
        ]
        return self._render_supplier(
            "portal_keys",
            "company",
            keys=keys,
            error=error,
            made=made,
            switched_on=request.env.company.sudo().supplier_api,  # sudo: as above
            base=request.httprequest.host_url.rstrip("/"),
        )
