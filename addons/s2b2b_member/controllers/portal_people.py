from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_date, formatLang

from .portal import MemberPortal

PEOPLE = "/my/membership/people"
APPROVALS = "/my/membership/approvals"


class MemberPeoplePortal(MemberPortal):
    """The member's administrators keep its people; its approvers agree to orders."""

    @http.route(PEOPLE, type="http", auth="user", website=True, readonly=True)
    def portal_my_people(self, done=None, **_query):
        return self._render_member_people(self._get_own_member("people"), done=done)

    @http.route(f"{PEOPLE}/invite", type="http", auth="user", website=True, methods=["POST"])
    def portal_invite_person(self, **form):
        member = self._get_own_member("people")
        return self._do(lambda: member._invite_person(form), member, form, "invited")

    @http.route(
        f"{PEOPLE}/<int:person_id>/save", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_change_person(self, person_id, **form):
        member, person = self._get_own_person(person_id)
        return self._do(lambda: person._change_person(form), member, {}, "saved")

    @http.route(
        f"{PEOPLE}/<int:person_id>/close", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_close_login(self, person_id, **_form):
        member, person = self._get_own_person(person_id)
        return self._do(person._close_login, member, {}, "closed")

    @http.route(APPROVALS, type="http", auth="user", website=True, readonly=True)
    def portal_my_approvals(self, done=None, **_query):
        return self._render_approvals(self._get_own_member("approve"), done=done)

    @http.route(
        f"{APPROVALS}/<int:order_id>/<any(approve,decline):answer>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_answer_approval(self, order_id, answer, reason="", **_form):
        member = self._get_own_member("approve")
        order = self._get_waiting(member).filtered(lambda o: o.id == order_id)
        if not order:
            raise request.not_found()
        try:
            with request.env.cr.savepoint():
                if answer == "approve":
                    order._approve_for_member()
                else:
                    order._decline_for_member(str(reason))
        except UserError as error:
            return self._render_approvals(member, error=str(error))
        return request.redirect(f"{APPROVALS}?done={answer}")

    def _get_own_member(self, task):
        """The user's member, of which it may do ``task``, with superuser rights."""
        if not request.env.user.partner_id._member_may(task):
            raise request.not_found()
        # sudo: the user's own company, and the role of the user was checked
        return request.env.user.commercial_partner_id.sudo()

    def _get_own_person(self, person_id):
        member = self._get_own_member("people")
        person = member._find_person(person_id)
        if not person:
            raise request.not_found()
        return member, person

    def _do(self, call, member, form, done):
        """Does what was asked for; what is refused is shown on the page, nothing is kept."""
        try:
            with request.env.cr.savepoint():
                call()
        except UserError as error:
            return self._render_member_people(member, error=str(error), form=form)
        return request.redirect(f"{PEOPLE}?done={done}")

    def _render_member_people(self, member, done=None, error=None, form=None):
        currency = request.env.company.currency_id
        values = {
            "page_name": "membership_people",
            "roles": member._selection_member_role(),
            "people": [self._prepare_person(person) for person in member._get_people()],
            "currency": currency.name,
            "form": form or {},
            "error": error,
            "done": done,
        }
        return request.render("s2b2b_member.portal_my_people", values)

    def _prepare_person(self, person):
        return {
            "id": person.id,
            "name": person.name,
            "email": person.email or "",
            "role": person.member_role or "",
            "limit": f"{person.member_order_limit:.2f}" if person.member_order_limit else "",
            # Invited counts: that an address has a login elsewhere is nobody's business.
            "login": person.has_member_login or bool(person.member_role),
            "own": person == request.env.user.partner_id,
        }

    def _get_waiting(self, member):
        return member.env["sale.order"].search(
            [
                ("partner_id", "child_of", member.id),
                ("hold_reason", "=", "member_approval"),
                ("state", "in", ["draft", "sent"]),
                ("company_id", "=", request.env.company.id),
            ]
        )

    def _render_approvals(self, member, done=None, error=None):
        values = {
            "page_name": "membership_approvals",
            "orders": [self._prepare_waiting(order) for order in self._get_waiting(member)],
            "error": error,
            "done": done,
        }
        return request.render("s2b2b_member.portal_my_approvals", values)

    def _prepare_waiting(self, order):
        env, person = request.env, order.s2b2b_contact_id
        company_currency = order.company_id.currency_id
        return {
            "id": order.id,
            "name": order.name,
            "reference": order.client_order_ref or "",
            "person": person.name,
            "date": format_date(env, order.date_order),
            "total": formatLang(env, order.amount_total, currency_obj=order.currency_id),
            "limit": formatLang(env, person.member_order_limit, currency_obj=company_currency),
            "lines": [
                (line.name, f"{line.product_uom_qty:g} {line.product_uom_id.name}")
                for line in order.order_line
                if not line.display_type
            ],
        }
