from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager
from odoo.addons.s2b2b_supplier.controllers.portal import SupplierPortal

PAGE = 20
FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LAYOUTS = {"supplier": "s2b2b_supplier.portal_page", "member": "portal.portal_layout"}


class SettlementPortal(SupplierPortal):
    """Statements of suppliers and members: they read, confirm and dispute them."""

    @http.route(
        ["/my/supplier/settlements", "/my/supplier/settlements/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def supplier_settlements(self, page=1, **_kwargs):
        self._check_role("supplier")
        return self._render_settlements("supplier", page)

    @http.route(
        "/my/supplier/settlements/<int:settlement_id>", type="http", auth="user", website=True
    )
    def supplier_settlement(self, settlement_id, done="", **_kwargs):
        return self._render_settlement(self._find_settlement("supplier", settlement_id), done=done)

    @http.route(
        ["/my/settlements", "/my/settlements/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def member_settlements(self, page=1, **_kwargs):
        self._check_role("member")
        return self._render_settlements("member", page)

    @http.route("/my/settlements/<int:settlement_id>", type="http", auth="user", website=True)
    def member_settlement(self, settlement_id, done="", **_kwargs):
        return self._render_settlement(self._find_settlement("member", settlement_id), done=done)

    @http.route(
        [
            "/my/<string:side>/settlements/<int:settlement_id>/statement.<string:form>",
            "/my/settlements/<int:settlement_id>/statement.<string:form>",
        ],
        type="http",
        auth="user",
    )
    def settlement_statement(self, settlement_id, form, side="member", **_kwargs):
        settlement = self._find_settlement(side, settlement_id)
        if form not in FORMATS:
            raise NotFound
        # sudo: the statement was found with the user's own rights
        content = getattr(settlement.sudo(), f"_get_{form}")(request.env.lang)
        name = f"{settlement._get_report_base_filename()}.{form}".replace("/", "-")
        headers = [
            ("Content-Type", FORMATS[form]),
            ("Content-Disposition", content_disposition(name)),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)

    @http.route(
        [
            "/my/<string:side>/settlements/<int:settlement_id>/confirm",
            "/my/settlements/<int:settlement_id>/confirm",
        ],
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def settlement_confirm(self, settlement_id, side="member", **_kwargs):
        return self._answer(side, settlement_id, "confirmed", lambda s, who: s._confirm(who))

    @http.route(
        [
            "/my/<string:side>/settlements/<int:settlement_id>/dispute",
            "/my/settlements/<int:settlement_id>/dispute",
        ],
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def settlement_dispute(self, settlement_id, side="member", reason="", **_kwargs):
        chosen = request.httprequest.form.getlist("line_ids")

        def dispute(settlement, who):
            lines = settlement._pick_disputed(chosen, reason)
            settlement._dispute(lines, reason, who)

        return self._answer(side, settlement_id, "disputed", dispute, reason=reason, chosen=chosen)

    def _answer(self, side, settlement_id, done, verb, **typed):
        """Do what the partner answers; what is refused is shown on the page, nothing is kept."""
        settlement = self._find_settlement(side, settlement_id)
        try:
            with request.env.cr.savepoint():
                # sudo: the statement was found with the user's own rights, its role was checked
                verb(settlement.sudo(), request.env.user.partner_id)
        except UserError as error:
            return self._render_settlement(settlement, error=str(error), **typed)
        return request.redirect(f"{settlement.access_url}?done={done}")

    def _check_role(self, side):
        """Statements are for those who look after the money of the company."""
        if side == "supplier":
            self._supplier("finance")
        elif not request.env.user.partner_id._may_see_money():
            raise Forbidden(request.env._("Your role in the portal does not allow this."))

    def _find_settlement(self, side, settlement_id):
        """Return the user's own statement of ``side``, once it was sent; rules keep out others."""
        self._check_role(side)
        own = request.env.user.partner_id.commercial_partner_id
        settlement = request.env["s2b2b.settlement"].search(
            [
                ("id", "=", settlement_id),
                ("side", "=", side),
                ("partner_id", "=", own.id),
                ("stage", "in", ("sent", "confirmed")),
            ]
        )
        if not settlement:
            raise NotFound
        return settlement

    def _render_settlements(self, side, page):
        own = request.env.user.partner_id.commercial_partner_id
        settlements = request.env["s2b2b.settlement"]
        domain = [
            ("side", "=", side),
            ("partner_id", "=", own.id),
            ("stage", "in", ("sent", "confirmed")),
        ]
        url = "/my/supplier/settlements" if side == "supplier" else "/my/settlements"
        pages = pager(url, settlements.search_count(domain), page, step=PAGE)
        found = settlements.search(domain, limit=PAGE, offset=pages["offset"])
        return request.render(
            "s2b2b_settlement.portal_settlements",
            {
                **self._prepare_settlement_layout(side),
                # sudo: found with the user's own rights; the bill's state is part of the state
                "statements": [item._prepare_summary() for item in found.sudo()],
                "pager": pages,
            },
        )

    def _render_settlement(self, settlement, **values):
        side = settlement.side
        # sudo: found with the user's own rights; order numbers are shown, not the orders
        statement = settlement.sudo()._prepare_statement(request.env.lang)
        return request.render(
            "s2b2b_settlement.portal_settlement",
            {
                **self._prepare_settlement_layout(side),
                "statement": statement,
                "may_answer": statement["is_open"],
                "chosen": [],
                "reason": "",
                **values,
            },
        )

    def _prepare_settlement_layout(self, side):
        return {
            **self._prepare_portal_layout_values(),
            "side": side,
            "layout": LAYOUTS[side],
            "page_name": f"{side}_settlements",
            "supplier_page": "settlements",
        }

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "settlement_count" in counters:
            values["settlement_count"] = request.env["s2b2b.settlement"].search_count(
                [
                    ("side", "=", "member"),
                    ("partner_id", "=", request.env.user.partner_id.commercial_partner_id.id),
                    ("stage", "in", ("sent", "confirmed")),
                ]
            )
        return values
