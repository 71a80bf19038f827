from werkzeug.exceptions import HTTPException

from odoo import http
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.http import Json2Dispatcher, SessionExpiredException, request

VERSION = "/s2b2b/api/v1"
MOST_BODY = 2 * 1024 * 1024


class ApiError(HTTPException):
    """An answer that says what is wrong: a status of HTTP, ``kind`` for machines, a sentence."""

    def __init__(self, status, kind, message):
        super().__init__(message)
        self.code, self.kind = status, kind


class ApiDispatcher(Json2Dispatcher):
    """JSON in and out; an error is a code and a sentence, never a trace of the server."""

    routing_type = "s2b2b_api"

    def dispatch(self, endpoint, args):
        self.request.update_context(lang=self.request.env.user.lang)
        return super().dispatch(endpoint, args)

    def handle_error(self, exc):
        if isinstance(exc, HTTPException) and exc.response:
            return exc.response
        status, code, message = self._describe(exc)
        body = {"error": {"code": code, "message": message}}
        return self.request.make_json_response(body, status=status)

    def _describe(self, exc):
        if isinstance(exc, ApiError):
            return exc.code, exc.kind, exc.description
        if isinstance(exc, (AccessDenied, SessionExpiredException)):
            return 401, "unauthorized", "Invalid API key."
        if isinstance(exc, AccessError):
            return 403, "forbidden", str(exc)
        if isinstance(exc, UserError):
            return 422, "refused", str(exc)
        if isinstance(exc, HTTPException):
            name = exc.name.lower().replace(" ", "_")
            return exc.code, name, exc.description
        return 500, "server_error", "Something went wrong on our side."


class ApiController(http.Controller):
    """What all routes for other systems share: who calls, once only, within limits."""

    def _api_supplier(self, capability=None):
        """The caller's company as a supplier, checked as the portal does, or ``ApiError``."""
        contact = request.env.user.partner_id
        # sudo: portal users have few rights of their own; this is their own company only
        supplier = contact.commercial_partner_id.sudo()
        if not request.env.company.sudo().supplier_api:  # sudo: one switch of the own company
            raise ApiError(403, "switched_off", request.env._("The API is switched off."))
        if supplier.supplier_status == "none":
            raise ApiError(403, "no_supplier", request.env._("You are not a supplier."))
        if capability and not contact._supplier_may(capability):
            message = request.env._("Your role in the portal does not allow this.")
            raise ApiError(403, "role", message)
        return supplier

    def _api_page(self, offset, limit, most=500):
        """(offset, limit) of a listing; ``ApiError`` for what is no number in range."""
        texts = [str(offset), str(limit)]
        if not all(text.isascii() and text.isdecimal() and len(text) < 9 for text in texts):
            message = request.env._("“offset” and “limit” are whole numbers.")
            raise ApiError(400, "page", message)
        return int(offset), min(max(int(limit), 1), most)

    def _api_once(self, scope, content, call):
        """The answer of ``call() -> (answer, status)``; repeated with the same key: the first one.

        Without a key nothing is done, and with a key that stood for something else neither.
        """
        key = (request.httprequest.headers.get("Idempotency-Key") or "").strip()
        requests = request.env["s2b2b.api.request"]
        if not 0 < len(key) <= 128:
            message = request.env._("Send a header “Idempotency-Key” of 1 to 128 characters.")
            raise ApiError(400, "idempotency_key", message)
        claimed, is_new = requests._claim(scope, key, content)
        if not is_new and not claimed._is_same(content):
            message = request.env._("This key was used for another request.")
            raise ApiError(409, "idempotency_key_reused", message)
        if not is_new:
            headers = [("Idempotent-Replay", "true")]
            return request.make_json_response(claimed.answer, headers, status=claimed.status)
        self._api_check_flood(requests)
        answer, status = call()
        claimed.write({"answer": answer, "status": status})
        return request.make_json_response(answer, status=status)

    def _api_trial(self, call):
        """The answer of ``call() -> (answer, status)``, which changes nothing and needs no key."""
        requests = request.env["s2b2b.api.request"]
        requests._count_trial()
        self._api_check_flood(requests)
        answer, status = call()
        return request.make_json_response(answer, status=status)

    def _api_check_flood(self, requests):
        if requests._is_flooded():
            raise ApiError(429, "too_many", request.env._("Too many requests within an hour."))
