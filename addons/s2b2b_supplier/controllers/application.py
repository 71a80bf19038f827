from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import hmac

MAX_BODY = 64 * 1024 * 1024


def sitemap_apply(env, _rule, _query):
    """The form, where the company takes applications."""
    # sudo: a switch of the company
    if env.company.sudo().supplier_applications:
        yield {"loc": "/supplier/apply"}


class SupplierApplication(http.Controller):
    """The public door: applying, and following an application behind its signed link."""

    @http.route("/supplier/apply", type="http", auth="public", website=True, sitemap=sitemap_apply)
    def apply_form(self, sent=None, **_kwargs):
        self._check_open()
        if sent:
            return request.render("s2b2b_supplier.apply_sent", {})
        return self._render_form({}, {})

    @http.route(
        "/supplier/apply/send",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_BODY,
    )
    def apply_send(self, **form):
        self._check_open()
        # sudo: the public has no rights of its own; nothing is stored that is not checked first
        applications = request.env["s2b2b.supplier.application"].sudo()
        if form.get("fax"):  # a field that people do not see: whoever fills it in is a machine
            return request.redirect("/supplier/apply?sent=1")
        papers = self._read_papers(form)
        values, errors = applications._check_form(form, papers)
        address = self._sender()
        if not errors and applications._is_flooded(address):
            errors["form"] = request.env._("Too many applications; please try again in an hour.")
        if not errors:
            applications._count_attempt(address)
            try:
                with request.env.cr.savepoint():
                    applications._submit(values, papers, address)
                return request.redirect("/supplier/apply?sent=1")
            except UserError as error:
                # nothing is half-saved: the savepoint takes it all back
                errors["form"] = str(error)
        return self._render_form({**form, **values}, errors)

    @http.route(
        "/supplier/application/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def application(self, token, sent=None, **_kwargs):
        qualification = request.env["s2b2b.qualification"]._find_by_token(token)
        return self._render_application(qualification, token, {}, sent=sent)

    @http.route(
        "/supplier/application/<string:token>/send",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_BODY,
    )
    def application_send(self, token, **form):
        qualification = request.env["s2b2b.qualification"]._find_by_token(token)
        if not (qualification and qualification._awaits_applicant()):
            return self._render_application(qualification, token, {})
        papers = self._read_papers(form)
        errors = qualification._check_resubmission(papers)
        if not errors:
            try:
                with request.env.cr.savepoint():
                    qualification._resubmit(form.get("introduction") or "", papers)
                return request.redirect(f"/supplier/application/{token}?sent=1")
            except UserError as error:
                errors["form"] = str(error)
        return self._render_application(qualification, token, errors, form=form)

    def _check_open(self):
        # sudo: a switch of the company
        if not request.env.company.sudo().supplier_applications:
            raise request.not_found()

    def _sender(self):
        """A keyed hash of the network address: enough to count by, nothing to trace people by."""
        # sudo: the key of the database
        env = request.env(su=True)
        return hmac(env, "s2b2b_supplier.applicant", request.httprequest.remote_addr or "")

    def _types(self):
        # sudo: the public reads which papers are asked for, as plain values
        return request.env["s2b2b.certificate.type"].sudo().search([])

    def _read_papers(self, form):
        """The certificates of a form of which anything at all was filled in."""
        read = request.env["s2b2b.supplier.application"]._read_paper
        files = request.httprequest.files
        papers = [read(kind, form, files, f"paper_{kind.id}_") for kind in self._types()]
        return [paper for paper in papers if paper["number"] or paper["files"]]

    def _type_values(self):
        return [
            {
                "id": kind.id,
                "name": kind.name,
                "description": kind.description or "",
                "required": kind.required and not kind.category_ids,
                "expires": kind.expires,
            }
            for kind in self._types()
        ]

    def _render_form(self, values, errors):
        countries = request.env["res.country"].sudo().search([])  # sudo: names for a drop-down
        values = {
            "values": {name: v for name, v in values.items() if isinstance(v, str)},
            "errors": errors,
            "types": self._type_values(),
            "countries": [{"id": c.id, "name": c.name} for c in countries],
            "company_name": request.env.company.name,
        }
        return request.render("s2b2b_supplier.apply_form", values)

    def _render_application(self, qualification, token, errors, sent=None, form=None):
        if not qualification:
            response = request.render("s2b2b_supplier.application_gone", {})
            response.status_code = 404
            return response
        values = {
            **qualification._get_applicant_values(),
            "token": token,
            "errors": errors,
            "sent": sent,
            "types": self._type_values(),
            "values": {name: v for name, v in (form or {}).items() if isinstance(v, str)},
        }
        return request.render("s2b2b_supplier.application_page", values)
