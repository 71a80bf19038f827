from odoo import http
from odoo.exceptions import AccessDenied, UserError, ValidationError
from odoo.http import request

from .portal import SupplierPortal

URL = "/my/supplier/profile"
PEOPLE = "/my/supplier/people"
POST = {"type": "http", "auth": "user", "methods": ["POST"], "website": True}


class SupplierPortalCompany(SupplierPortal):
    """The supplier's own company: profile, delivery areas, bank account, people."""

    @http.route(URL, type="http", auth="user", methods=["GET"], website=True)
    def supplier_profile(self, done="", **_kwargs):
        return self._render_profile(done=done)

    @http.route(URL, **POST)
    def supplier_profile_save(self, **form):
        supplier, contact = self._supplier("profile"), request.env.user.partner_id
        try:
            with request.env.cr.savepoint():
                errors = self._pages()._save_profile(supplier, form, contact)
        except (UserError, ValidationError) as failure:
            return self._render_profile(given=form, error=str(failure))
        if errors:
            return self._render_profile(given=form, errors=errors)
        return request.redirect(f"{URL}?done=profile")

    @http.route(f"{URL}/areas", **POST)
    def supplier_areas_save(self, **_form):
        supplier, contact = self._supplier("catalogue"), request.env.user.partner_id
        self._pages()._save_areas(supplier, request.httprequest.form.getlist("area"), contact)
        return request.redirect(f"{URL}?done=areas#areas")

    @http.route(f"{URL}/bank", **POST)
    def supplier_bank_propose(self, password="", **form):
        supplier, contact = self._supplier("bank"), request.env.user.partner_id
        credential = {"type": "password", "login": request.env.user.login, "password": password}
        try:
            request.env.user._check_credentials(credential, {"interactive": True})
        except AccessDenied:
            errors = {"password": request.env._("The password is wrong.")}
            return self._render_profile(given=form, errors=errors)
        try:
            with request.env.cr.savepoint():
                errors = self._pages()._propose_bank(supplier, form, contact)
        except (UserError, ValidationError) as failure:
            return self._render_profile(given=form, error=str(failure))
        if errors:
            return self._render_profile(given=form, errors=errors)
        return request.redirect(f"{URL}?done=bank#bank")

    @http.route(PEOPLE, type="http", auth="user", methods=["GET"], website=True)
    def supplier_people(self, done="", **_kwargs):
        return self._render_supplier_people(done=done)

    @http.route(PEOPLE, **POST)
    def supplier_people_invite(self, name="", email="", role="", **_form):
        supplier, contact = self._supplier("people"), request.env.user.partner_id
        given = {"name": name, "email": email, "role": role}
        return self._change_people(
            "invited", given, self._pages()._invite, supplier, name, email, role, contact
        )

    @http.route(f"{PEOPLE}/<int:contact_id>/<any(role,close,open):action>", **POST)
    def supplier_people_change(self, contact_id, action, role="", **_form):
        supplier, contact = self._supplier("people"), request.env.user.partner_id
        pages = self._pages()
        if action == "role":
            call = (pages._change_role, supplier, contact_id, role, contact)
        else:
            change = pages._close_login if action == "close" else pages._reopen_login
            call = (change, supplier, contact_id, contact)
        return self._change_people("saved", None, *call)

    def _change_people(self, done, given, change, *arguments):
        try:
            with request.env.cr.savepoint():
                change(*arguments)
        except (UserError, ValidationError) as failure:
            return self._render_supplier_people(given=given, error=str(failure))
        return request.redirect(f"{PEOPLE}?done={done}")

    def _render_supplier_people(self, given=None, error=None, done=""):
        supplier, pages = self._supplier("people"), self._pages()
        return self._render_supplier(
            "portal_people",
            "company",
            people=pages._get_people(supplier, request.env.user.partner_id),
            roles=pages._get_roles(),
            given=given or {},
            error=error,
            done=done,
        )

    def _render_profile(self, given=None, errors=None, error=None, done=""):
        supplier, pages = self._supplier(), self._pages()
        profile = pages._get_profile(supplier)
        given = {name: text for name, text in (given or {}).items() if isinstance(text, str)}
        return self._render_supplier(
            "portal_profile",
            "company",
            profile=profile,
            areas=pages._get_areas(),
            banks=pages._get_banks(supplier),
            given={**profile, **given},
            errors=errors or {},
            error=error,
            done=done,
        )
