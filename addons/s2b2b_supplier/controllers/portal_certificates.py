from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .application import MAX_BODY
from .portal import SupplierPortal


class SupplierPortalCertificates(SupplierPortal):
    @http.route("/my/supplier/certificates", type="http", auth="user", website=True)
    def supplier_certificates(self, sent=None, **_kwargs):
        return self._render_certificates(sent=sent)

    @http.route(
        "/my/supplier/certificates/upload",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_BODY,
    )
    def supplier_certificate_upload(self, type_id="", **form):
        supplier = self._supplier("certificates")
        kind = self._pages()._find_certificate_type(type_id)
        if not kind:
            error = request.env._("Please choose what you upload.")
            return self._render_certificates(error=error, values=form)
        read = request.env["s2b2b.supplier.application"]._read_paper
        paper = read(kind, form, request.httprequest.files)
        try:
            with request.env.cr.savepoint():
                error = self._pages()._upload_certificate(supplier, paper)
        except UserError as failure:
            error = str(failure)
        if error:
            values = {**form, "type_id": type_id}
            return self._render_certificates(error=error, values=values)
        return request.redirect("/my/supplier/certificates?sent=1")

    @http.route(
        "/my/supplier/certificates/<int:certificate_id>/file/<int:file_id>",
        type="http",
        auth="user",
        website=True,
    )
    def supplier_certificate_file(self, certificate_id, file_id, **_kwargs):
        certificate = self._supplier().supplier_certificate_ids.filtered(
            lambda paper: paper.id == certificate_id
        )
        file = certificate.attachment_ids.filtered(lambda attachment: attachment.id == file_id)
        if not file:
            raise NotFound
        stream = request.env["ir.binary"]._get_stream_from(file, "raw")
        return stream.get_response(as_attachment=True)

    def _render_certificates(self, error=None, values=None, sent=None):
        supplier, pages = self._supplier(), self._pages()
        return self._render_supplier(
            "portal_certificates",
            "certificates",
            certificates=pages._get_certificates(supplier),
            types=pages._get_certificate_types(supplier),
            error=error,
            sent=sent,
            values={n: v for n, v in (values or {}).items() if isinstance(v, str)},
        )
