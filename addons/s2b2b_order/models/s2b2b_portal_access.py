from odoo import api, models
from odoo.exceptions import AccessError, MissingError
from odoo.fields import Domain

PLACED_HERE = ("draft", "sent")


class PortalAccess(models.AbstractModel):
    """Who of a member or of a supplier may do what, for portal pages and API alike.

    Each method checks the user of the environment first and returns records as superuser: what is
    shown of them is put together by ``s2b2b.member.view`` and ``s2b2b.supplier.view``.
    """

    _name = "s2b2b.portal.access"
    _description = "Access of Members and Suppliers"

    @api.model
    def _may_as_member(self, task):
        """Tell whether the user is of a member and may do ``task`` for it."""
        return self.env.user.partner_id._member_may(task)

    @api.model
    def _may_as_supplier(self, task):
        """Tell whether the user is of a supplier and may ``see`` or ``answer`` its orders."""
        contact = self._get_contact()
        supplier = contact.commercial_partner_id
        if supplier.supplier_status == "none" and not self._has_orders(supplier):
            return False
        return task == "see" or contact._supplier_may("orders")

    @api.model
    def _get_member(self, task):
        """Return the user's member.

        :raise AccessError: the user is of no member, or its role does not allow ``task``
        """
        if not self._may_as_member(task):
            raise self._get_refusal(self._may_as_member("see"))
        return self._get_contact().commercial_partner_id

    @api.model
    def _get_supplier(self, task):
        """Return the user's supplier; errors as for ``_get_member``."""
        if not self._may_as_supplier(task):
            raise self._get_refusal(self._may_as_supplier("see"))
        return self._get_contact().commercial_partner_id

    @api.model
    def _get_member_order(self, order_id, task):
        """Return an order of the user's member.

        :raise MissingError: there is no such order that the member may know of
        """
        member = self._get_member(task)
        # sudo: the domain holds no order but the member's own
        orders = self.env["sale.order"].sudo()
        return self._require(
            orders.search(self._member_domain(member) & Domain("id", "=", order_id))
        )

    @api.model
    def _get_supplier_order(self, purchase_id, task):
        """Return a purchase order that was sent to the user's supplier; errors as above."""
        supplier = self._get_supplier(task)
        # sudo: the domain holds no order but those sent to the supplier
        purchases = self.env["purchase.order"].sudo()
        domain = self._supplier_domain(supplier) & Domain("id", "=", purchase_id)
        return self._require(purchases.search(domain))

    @api.model
    def _member_domain(self, member):
        """Return the orders of ``member`` that it may see: confirmed, or placed by itself."""
        return Domain("partner_id", "child_of", member.id) & (
            Domain("state", "=", "sale")
            | (
                Domain("s2b2b_contact_id", "!=", False)
                & Domain("state", "in", [*PLACED_HERE, "cancel"])
            )
        )

    @api.model
    def _supplier_domain(self, supplier):
        """Return the orders of ``supplier`` that were sent to it: a draft is none yet."""
        return (
            Domain("partner_id", "child_of", supplier.id)
            & Domain("supplier_state", "!=", False)
            & Domain("state", "in", ["sent", "purchase", "cancel"])
        )

    @api.model
    def _get_contact(self):
        # sudo: roles and status are not for a portal user to read, but decide what it may do
        return self.env.user.partner_id.sudo()

    @api.model
    def _has_orders(self, supplier):
        # sudo: counts the supplier's own orders only
        purchases = self.env["purchase.order"].sudo()
        return bool(purchases.search_count(self._supplier_domain(supplier), limit=1))

    @api.model
    def _get_refusal(self, is_known):
        if is_known:
            return AccessError(self.env._("Your role does not allow this. Ask your administrator."))
        return AccessError(self.env._("This page is not for your account."))

    @api.model
    def _require(self, record):
        if not record:
            raise MissingError(self.env._("There is no such order."))
        return record
