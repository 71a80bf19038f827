from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PAGE = 20


class OrderPortal(CustomerPortal):
    """What the pages of members and suppliers have in common, and their cards on the home page."""

    def _prepare_portal_layout_values(self):
        access = request.env["s2b2b.portal.access"]
        return {
            **super()._prepare_portal_layout_values(),
            "is_order_member": access._may_as_member("see"),
            "may_order": access._may_as_member("order"),
            "is_order_supplier": access._may_as_supplier("see"),
        }

    def _order_allowed(self, method, *args):
        """Return what ``method`` finds; a page that is not for the user does not exist for it."""
        try:
            return method(*args)
        except (AccessError, MissingError) as error:
            raise request.not_found() from error

    def _render_order_page(self, template, values):
        return request.render(template, {**self._prepare_portal_layout_values(), **values})

    def _render_order_fragment(self, template, values):
        return request.env["ir.qweb"]._render(template, values)

    def _get_order_slice(self, model, domain, order, url, page, url_args):
        """Return the records of one page of a list, and its pager."""
        pages = pager(
            url=url,
            total=model.search_count(domain),
            page=page,
            step=PAGE,
            url_args={key: value for key, value in url_args.items() if value},
        )
        return model.search(domain, order=order, limit=PAGE, offset=pages["offset"]), pages
