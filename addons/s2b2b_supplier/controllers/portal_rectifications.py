from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .application import MAX_BODY
from .portal_claims import SupplierPortalClaims

URL = "/my/supplier/rectifications"


class SupplierPortalRectifications(SupplierPortalClaims):
    @http.route(URL, type="http", auth="user", website=True)
    def supplier_rectifications(self, **_kwargs):
        records = self._pages()._get_rectifications(self._supplier())
        return self._render_supplier("portal_rectifications", "rectifications", records=records)

    @http.route(f"{URL}/<int:record_id>", type="http", auth="user", website=True)
    def supplier_rectification(self, record_id, sent=None, **_kwargs):
        return self._render_rectification(record_id, sent=sent)

    @http.route(
        f"{URL}/<int:record_id>/answer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_BODY,
    )
    def supplier_rectification_answer(self, record_id, **form):
        supplier, pages = self._supplier("company"), self._pages()
        record = pages._find_rectification(supplier, record_id)
        if not record:
            raise NotFound
        typed = {name: value for name, value in form.items() if isinstance(value, str)}
        files = {line.id: self._read_files(f"files_{line.id}") for line in record.line_ids}
        contact = request.env.user.partner_id
        try:
            with request.env.cr.savepoint():
                pages._answer_rectification(supplier, record_id, typed, files, contact)
        except UserError as failure:
            return self._render_rectification(record_id, error=str(failure), typed=typed)
        return request.redirect(f"{URL}/{record_id}?sent=1")

    @http.route(f"{URL}/<int:record_id>/file/<int:file_id>", type="http", auth="user", website=True)
    def supplier_rectification_file(self, record_id, file_id, **_kwargs):
        record = self._pages()._find_rectification(self._supplier(), record_id)
        return self._send_file(record.line_ids.attachment_ids, file_id)

    def _render_rectification(self, record_id, sent=None, error=None, typed=None):
        record = self._pages()._get_rectification(self._supplier(), record_id)
        if not record:
            raise NotFound
        return self._render_supplier(
            "portal_rectification",
            "rectifications",
            record=record,
            sent=sent,
            error=error,
            typed=typed or {},
        )
