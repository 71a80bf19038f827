from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class SupplierPortal(CustomerPortal):
    """What all pages of a supplier share, and its overview."""

    def _supplier(self, capability=None):
        """The user's own company as a supplier, with superuser rights.

        Whoever is no supplier finds no page; who has not the role for ``capability`` is refused.
        """
        contact = request.env.user.partner_id
        # sudo: portal users have few rights of their own; this is their own company only
        supplier = contact.commercial_partner_id.sudo()
        if supplier.supplier_status == "none":
            raise NotFound
        if capability and not contact._supplier_may(capability):
            raise Forbidden(request.env._("Your role in the portal does not allow this."))
        return supplier

    def _pages(self):
        """The model that answers for the pages, with superuser rights."""
        # sudo: every call gets the supplier of ``_supplier()`` and stays within it
        return request.env["s2b2b.supplier.portal"].sudo()

    def _render_supplier(self, template, section, /, **values):
        contact = request.env.user.partner_id
        layout = {
            **self._prepare_portal_layout_values(),
            "page_name": f"supplier_{section}",
            "supplier_page": section,
            "may": contact._supplier_capabilities(),
        }
        return request.render(f"s2b2b_supplier.{template}", {**layout, **values})

    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        # sudo: only whether the user's own company is a supplier
        own = request.env.user.partner_id.commercial_partner_id.sudo()
        return {**values, "is_supplier": own.supplier_status != "none"}

    @http.route("/my/supplier", type="http", auth="user", website=True)
    def supplier_overview(self, **_kwargs):
        overview = self._pages()._get_overview(self._supplier())
        return self._render_supplier("portal_overview", "overview", overview=overview)

    @http.route("/my/supplier/closure", type="http", auth="user", methods=["POST"], website=True)
    def supplier_closure(self, closed_from="", closed_to="", **_kwargs):
        supplier = self._supplier("company")
        try:
            with request.env.cr.savepoint():
                self._pages()._set_closure(supplier, closed_from, closed_to)
        except ValueError:
            error = request.env._("Please write dates.")
        except (UserError, ValidationError) as failure:
            error = str(failure)
        else:
            return request.redirect("/my/supplier#closure")
        overview = {
            **self._pages()._get_overview(supplier),
            "closed_from": closed_from[:10],
            "closed_to": closed_to[:10],
        }
        return self._render_supplier(
            "portal_overview", "overview", overview=overview, closure_error=error
        )
