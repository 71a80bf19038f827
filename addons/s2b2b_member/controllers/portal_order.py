from odoo import http
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request

from odoo.addons.sale.controllers.portal import CustomerPortal, PaymentPortal

from ..models.sale_order_approval import AT_PAGE


class MemberOrderPortal(CustomerPortal):
    """Of a member's people those sign, decline and pay quotations who may order for it."""

    @http.route()
    def portal_quote_accept(self, order_id, access_token=None, name=None, signature=None):
        refusal = self._get_member_refusal(order_id, access_token)
        if refusal:
            return {"error": refusal}
        return super().portal_quote_accept(
            order_id, access_token=access_token, name=name, signature=signature
        )

    @http.route()
    def portal_quote_decline(self, order_id, access_token=None, decline_message=None, **kwargs):
        if self._get_member_refusal(order_id, access_token):
            # As core answers where the order cannot be declined.
            decline_message = None
        return super().portal_quote_decline(
            order_id, access_token=access_token, decline_message=decline_message, **kwargs
        )

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Core goes on as superuser: the order has to know who is at the page."""
        document = super()._document_check_access(model_name, document_id, access_token)
        if model_name == "sale.order":
            return document.with_context(**{AT_PAGE: request.env.uid})
        return document

    def _get_member_refusal(self, order_id, access_token):
        token = access_token or request.httprequest.args.get("access_token")
        try:
            order = self._document_check_access("sale.order", order_id, access_token=token)
        except (AccessError, MissingError):
            return False
        return order._get_signing_refusal()


class MemberPaymentPortal(PaymentPortal):
    @http.route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Paying a quotation orders it."""
        try:
            order = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            order = None
        if order and order.state in ("draft", "sent") and order._get_signing_refusal():
            raise ValidationError(order._get_signing_refusal())
        return super().portal_order_transaction(order_id, access_token, **kwargs)
