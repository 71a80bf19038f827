from odoo import http
from odoo.http import content_disposition, request

from .portal import MemberPortal

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class MemberPricelistPortal(MemberPortal):
    @http.route(
        [
            "/my/membership/pricelist.<any(pdf,xlsx):kind>",
        ],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_pricelist(self, kind, **_query):
        member = request.env.user.commercial_partner_id
        if not member.is_member:
            raise request.not_found()
        # sudo: prices of the user's own company, as values
        lists = request.env["s2b2b.member.pricelist"].sudo()
        own = lists.env["res.partner"].browse(member.id)
        content = lists._get_pdf(own) if kind == "pdf" else lists._get_xlsx(own)
        name = request.env._("Price list") + f" {member.name}.{kind}"
        headers = [
            ("Content-Type", TYPES[kind]),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
