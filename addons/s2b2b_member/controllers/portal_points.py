from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from .portal import MemberPortal

PAGE = 30


class MemberPointsPortal(MemberPortal):
    @http.route(
        ["/my/membership/points", "/my/membership/points/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_points(self, page=1, **_query):
        member = self._get_points_member()
        entries = member.env["s2b2b.points.entry"]
        domain = entries._of_member(member, request.env.company)
        pages = pager("/my/membership/points", entries.search_count(domain), page, step=PAGE)
        shown = entries.search(domain, limit=PAGE, offset=pages["offset"], order="id desc")
        values = {
            "page_name": "membership_points",
            "rows": self._prepare_points_rows(shown),
            "balance": member.points_balance,
            "pager": pages,
        }
        return request.render("s2b2b_member.portal_my_points", values)

    @http.route(
        "/my/membership/points/tier", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_points_to_tier(self, points="", key="", **_form):
        """Uses points for the tier, once for the ``key`` that the page was made with."""
        member = self._get_points_member()
        # sudo: the member and the role of its user were checked
        entries = request.env["s2b2b.points.entry"].sudo()
        try:
            with request.env.cr.savepoint():
                entries._turn_into_progress(member, self._read_points(points), str(key)[:64])
        except UserError as error:
            return request.render(
                "s2b2b_member.portal_my_membership",
                {**self._prepare_membership_values(member), "points_error": str(error)},
            )
        return request.redirect("/my/membership?used=1")

    def _read_points(self, text):
        text = str(text).strip()
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def _get_points_member(self):
        # sudo: the member that the user belongs to, of which values are shown
        member = request.env.user.commercial_partner_id.sudo()
        if not (member.has_points and request.env.user.partner_id._member_may("finance")):
            raise request.not_found()
        return member
