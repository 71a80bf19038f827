from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PAGE = 20


class OrderPortal(CustomerPortal):
    """What the pages of members and suppliers have in common, and their cards on the home page."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        access = request.env["s2b2b.portal.access"]
        values["is_order_member"] = access._may_as_member("see")
        values["may_order"] = access._may_as_member("order")
        values["is_order_supplier"] = access._may_as_supplier("see")
        if "member_order_count" in counters and values["is_order_member"]:
            values["member_order_count"] = self._count_member_orders(access)
        if "supplier_answer_count" in counters and values["is_order_supplier"]:
            values["supplier_answer_count"] = self._count_supplier_answers(access)
        return values

    def _count_member_orders(self, access):
        member = access._get_member("see")
        # sudo: counts the orders of the user's own company, which was checked
        return request.env["s2b2b.member.view"].sudo()._get_counts(member)["open"]

    def _count_supplier_answers(self, access):
        supplier = access._get_supplier("see")
        # sudo: counts the orders of the user's own company, which was checked
        return request.env["s2b2b.supplier.view"].sudo()._get_counts(supplier)["answer"]

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
