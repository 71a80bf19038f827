from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import pager

from ..models.s2b2b_supplier_portal_scores import PAGE
from .portal import SupplierPortal

URL = "/my/supplier/scores"
MEASURE = f"{URL}/<int:card_id>/<string:key>"


class SupplierPortalScores(SupplierPortal):
    """The pages of scores, and the form to contest a line."""

    @http.route(URL, type="http", auth="user", website=True)
    def supplier_scores(self, **_kwargs):
        scores = self._pages()._get_scores(self._supplier())
        return self._render_supplier("portal_scores", "scores", scores=scores)

    @http.route(f"{URL}/<int:card_id>", type="http", auth="user", website=True)
    def supplier_score(self, card_id, **_kwargs):
        card = self._pages()._get_card(self._supplier(), card_id)
        if not card:
            raise NotFound
        return self._render_supplier("portal_score", "scores", card=card)

    @http.route(f"{URL}/<int:card_id>/scorecard.pdf", type="http", auth="user")
    def supplier_score_pdf(self, card_id, **_kwargs):
        card = self._pages()._find_card(self._supplier(), card_id)
        if not card:
            raise NotFound
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(card._get_pdf_name())),
        ]
        return request.make_response(card._get_pdf(request.env.lang), headers)

    @http.route(
        [MEASURE, f"{MEASURE}/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def supplier_measure(self, card_id, key, page=1, **_kwargs):
        return self._render_measure(card_id, key, max(1, page))

    @http.route(f"{MEASURE}/contest", type="http", auth="user", methods=["POST"], website=True)
    def supplier_contest(self, card_id, key, text="", **_kwargs):
        supplier = self._supplier("orders")
        chosen = request.httprequest.form.getlist("line")
        contact = request.env.user.partner_id
        try:
            with request.env.cr.savepoint():
                made = self._pages()._contest_score(supplier, card_id, key, text, chosen, contact)
        except UserError as failure:
            return self._render_measure(card_id, key, 1, error=str(failure), typed=text[:4000])
        if not made:
            raise NotFound
        return request.redirect(f"{URL}/{card_id}/{key}#contest")

    def _render_measure(self, card_id, key, page, **values):
        measure = self._pages()._get_measure(self._supplier(), card_id, key, page)
        if not measure:
            raise NotFound
        pages = pager(url=f"{URL}/{card_id}/{key}", total=measure["count"], page=page, step=PAGE)
        return self._render_supplier(
            "portal_measure", "scores", card=measure["card"], measure=measure, pager=pages, **values
        )
