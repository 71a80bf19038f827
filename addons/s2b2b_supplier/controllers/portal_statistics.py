from odoo import http

from .portal_import import SupplierPortalImport

URL = "/my/supplier/statistics"


class SupplierPortalStatistics(SupplierPortalImport):
    """What the supplier has sold to us, with charts and as a file."""

    @http.route(URL, type="http", auth="user", website=True)
    def supplier_statistics(self, months="12", currency="", **_kwargs):
        supplier, pages = self._supplier(), self._pages()
        figures = pages._get_statistics(supplier, pages._read_period(months), currency[:8])
        return self._render_supplier("portal_statistics", "statistics", figures=figures)

    @http.route(f"{URL}/export.<string:kind>", type="http", auth="user", website=True)
    def supplier_statistics_file(self, kind, months="12", **_kwargs):
        supplier, pages = self._supplier(), self._pages()
        rows = pages._statistics_table(supplier, pages._read_period(months))
        return self._table_response(rows, "statistics", kind)
