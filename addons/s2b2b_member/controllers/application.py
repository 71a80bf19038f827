from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.misc import hmac

MAX_BODY = 256 * 1024


class MemberApplication(http.Controller):
    """The public door: applying for membership, and following it behind a signed link."""

    @http.route("/member/apply", type="http", auth="public", website=True, sitemap=False)
    def member_apply(self, sent=None, **_query):
        self._check_open()
        if sent:
            return request.render("s2b2b_member.apply_sent", {})
        return self._render_form({}, {})

    @http.route(
        "/member/apply/send",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_BODY,
    )
    def member_apply_send(self, **form):
        self._check_open()
        if form.get("fax"):  # a field that people do not see: whoever fills it in is a machine
            return request.redirect("/member/apply?sent=1")
        # sudo: the public has no rights of its own; nothing is stored that is not checked first
        applications = request.env["s2b2b.member.application"].sudo()
        values, errors = applications._check_form(form)
        sender = self._sender()
        if not errors and applications._is_flooded(sender):
            errors["form"] = request.env._("Too many applications; please try again in an hour.")
        if not errors:
            applications._count_attempt(sender)
            try:
                with request.env.cr.savepoint():
                    applications._submit(values, sender)
                return request.redirect("/member/apply?sent=1")
            except UserError as error:
                # nothing is half-saved, the attempt stays: the savepoint takes the rest back
                errors["form"] = str(error)
        return self._render_form(values, errors)

    @http.route(
        "/member/application/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def member_application(self, token, sent=None, **_query):
        application = request.env["s2b2b.member.application"]._find_by_token(token)
        return self._render_application(application, token, sent=sent)

    @http.route(
        "/member/application/<string:token>/send",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_BODY,
    )
    def member_application_send(self, token, **form):
        application = request.env["s2b2b.member.application"]._find_by_token(token)
        if application.state != "returned":
            return self._render_application(application, token)
        values, errors = application._check_form(form)
        if errors:
            return self._render_application(application, token, errors=errors, values=values)
        try:
            with request.env.cr.savepoint():
                application._resubmit(values)
        except UserError as error:
            errors = {"form": str(error)}
            return self._render_application(application, token, errors=errors, values=values)
        return request.redirect(f"/member/application/{token}?sent=1")

    def _check_open(self):
        # sudo: a switch of the company
        if not request.env.company.sudo().member_joining:
            raise request.not_found()

    def _sender(self):
        """A keyed hash of the network address: enough to count by, nothing to trace people by."""
        # sudo: the key of the database
        env = request.env(su=True)
        return hmac(env, "s2b2b_member.applicant", request.httprequest.remote_addr or "")

    def _render_form(self, values, errors):
        return request.render(
            "s2b2b_member.apply_form", {**self._form_values(values, errors), "token": None}
        )

    def _form_values(self, values, errors):
        countries = request.env["res.country"].sudo().search([])  # sudo: names for a drop-down
        return {
            "values": values,
            "errors": errors,
            "countries": [{"id": c.id, "name": c.name} for c in countries],
            "company_name": request.env.company.name,
        }

    def _render_application(self, application, token, errors=None, values=None, sent=None):
        if not application:
            response = request.render("s2b2b_member.application_gone", {})
            response.status_code = 404
            return response
        typed = values or application._get_typed_values()
        return request.render(
            "s2b2b_member.application_page",
            {
                **self._form_values(typed, errors or {}),
                **application._get_applicant_values(),
                "token": token,
                "sent": sent,
            },
        )
