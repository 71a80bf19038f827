from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager

from .application import MAX_BODY
from .portal import SupplierPortal

PAGE = 20
URL = "/my/supplier/claims"


class SupplierPortalClaims(SupplierPortal):
    @http.route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True)
    def supplier_claims(self, page=1, **_kwargs):
        supplier, pages = self._supplier(), self._pages()
        count = pages._get_claims(supplier, limit=1)[1]
        pages_of = pager(url=URL, total=count, page=page, step=PAGE)
        claims, _count = pages._get_claims(supplier, pages_of["offset"], PAGE)
        return self._render_supplier("portal_claims", "claims", claims=claims, pager=pages_of)

    @http.route(f"{URL}/<int:claim_id>", type="http", auth="user", website=True)
    def supplier_claim(self, claim_id, sent=None, **_kwargs):
        return self._render_claim(claim_id, sent=sent)

    @http.route(
        f"{URL}/<int:claim_id>/answer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_BODY,
    )
    def supplier_claim_answer(self, claim_id, **form):
        supplier, pages = self._supplier("orders"), self._pages()
        typed = {name: value for name, value in form.items() if isinstance(value, str)}
        files = self._read_files("files")
        contact = request.env.user.partner_id
        if not pages._find_claim(supplier, claim_id):
            raise NotFound
        try:
            with request.env.cr.savepoint():
                pages._answer_claim(supplier, claim_id, typed, files, contact)
        except UserError as failure:
            return self._render_claim(claim_id, error=str(failure), typed=typed)
        return request.redirect(f"{URL}/{claim_id}?sent=1")

    @http.route(f"{URL}/<int:claim_id>/file/<int:file_id>", type="http", auth="user", website=True)
    def supplier_claim_file(self, claim_id, file_id, **_kwargs):
        claim = self._pages()._find_claim(self._supplier(), claim_id)
        return self._send_file(claim._get_visible_files(), file_id)

    def _read_files(self, field):
        """(name, bytes) of the files of a form that are there at all."""
        files = request.httprequest.files.getlist(field)
        return [(file.filename, file.read()) for file in files if file.filename]

    def _send_file(self, files, file_id):
        file = files.filtered(lambda attachment: attachment.id == file_id)
        if not file:
            raise NotFound
        stream = request.env["ir.binary"]._get_stream_from(file, "raw")
        return stream.get_response(as_attachment=True)

    def _render_claim(self, claim_id, sent=None, error=None, typed=None):
        claim = self._pages()._get_claim(self._supplier(), claim_id)
        if not claim:
            raise NotFound
        return self._render_supplier(
            "portal_claim", "claims", claim=claim, sent=sent, error=error, typed=typed or {}
        )
