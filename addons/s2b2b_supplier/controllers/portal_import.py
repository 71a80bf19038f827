from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from .portal import SupplierPortal

URL = "/my/supplier/catalogue/import"
MOST_BYTES = 5 * 1024 * 1024
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class SupplierPortalImport(SupplierPortal):
    """Offers by file: template and export, the check of an upload, and taking it over."""

    def _table_response(self, rows, name, kind):
        if kind not in TYPES:
            raise NotFound
        content = self._pages()._write_table(rows, kind)
        return request.make_response(
            content,
            [
                ("Content-Type", TYPES[kind]),
                ("Content-Disposition", content_disposition(f"{name}.{kind}")),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @http.route(
        "/my/supplier/catalogue/<any(export,template):what>.<string:kind>",
        type="http",
        auth="user",
        website=True,
    )
    def supplier_catalogue_file(self, what, kind, **_kwargs):
        rows = self._pages()._export_rows(self._supplier(), empty=what == "template")
        return self._table_response(rows, f"catalogue-{what}", kind)

    @http.route(URL, type="http", auth="user", methods=["GET"], website=True)
    def supplier_import(self, **_kwargs):
        return self._render_import()

    @http.route(
        URL,
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MOST_BYTES + 64 * 1024,
    )
    def supplier_import_check(self, **_form):
        supplier = self._supplier("catalogue")
        file = request.httprequest.files.get("file")
        if not file or not file.filename:
            return self._render_import(error=request.env._("Please choose a file."))
        imports = self._pages().env["s2b2b.offer.import"]
        content = file.stream.read(MOST_BYTES + 1)
        contact = request.env.user.partner_id
        try:
            upload = imports._check_file(supplier, contact, file.filename, content)
        except UserError as failure:
            return self._render_import(error=str(failure))
        return request.redirect(f"{URL}/{upload.id}")

    @http.route(f"{URL}/<int:import_id>", type="http", auth="user", methods=["GET"], website=True)
    def supplier_import_report(self, import_id, **_kwargs):
        return self._render_report(self._own_import(self._supplier(), import_id))

    @http.route(f"{URL}/<int:import_id>", type="http", auth="user", methods=["POST"], website=True)
    def supplier_import_apply(self, import_id, **_form):
        upload = self._own_import(self._supplier("catalogue"), import_id)
        try:
            with request.env.cr.savepoint():
                upload._take_over()
        except UserError as failure:
            return self._render_report(upload, error=str(failure))
        return request.redirect(f"{URL}/{import_id}")

    @http.route(
        f"{URL}/<int:import_id>/errors.<string:kind>", type="http", auth="user", website=True
    )
    def supplier_import_errors(self, import_id, kind, **_kwargs):
        upload = self._own_import(self._supplier(), import_id)
        names = {
            "row": request.env._("Row"),
            "column": request.env._("Column"),
            "value": request.env._("Value"),
            "text": request.env._("Error"),
        }
        faults = self._pages()._get_import(upload)["faults"]
        rows = [list(names.values()), *([fault[name] for name in names] for fault in faults)]
        return self._table_response(rows, "errors", kind)

    def _own_import(self, supplier, import_id):
        upload = self._pages()._find_import(supplier, import_id)
        if not upload:
            raise NotFound
        return upload

    def _render_import(self, error=None):
        imports = self._pages()._get_imports(self._supplier())
        return self._render_supplier("portal_import", "catalogue", imports=imports, error=error)

    def _render_report(self, upload, error=None):
        report = self._pages()._get_import(upload)
        return self._render_supplier(
            "portal_import_report", "catalogue", report=report, error=error
        )
