from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from .portal import SupplierPortal

URL = "/my/supplier/proposals"
MOST_BODY = 32 * 1024 * 1024


class SupplierPortalProposals(SupplierPortal):
    """Products that the supplier proposes: list, form, pictures."""

    @http.route(URL, type="http", auth="user", website=True)
    def supplier_proposals(self, sent=None, **_kwargs):
        proposals = self._pages()._get_proposals(self._supplier())
        return self._render_supplier(
            "portal_proposals", "proposals", proposals=proposals, sent=sent
        )

    @http.route(
        [f"{URL}/new", f"{URL}/<int:proposal_id>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def supplier_proposal(self, proposal_id=None, **_kwargs):
        supplier = self._supplier()
        proposal = self._own_proposal(supplier, proposal_id)
        return self._render_proposal(supplier, proposal)

    @http.route(
        [f"{URL}/new", f"{URL}/<int:proposal_id>"],
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MOST_BODY,
    )
    def supplier_proposal_save(self, proposal_id=None, action="save", **form):
        supplier = self._supplier("catalogue")
        proposal = self._own_proposal(supplier, proposal_id)
        form = {name: value for name, value in form.items() if isinstance(value, str)}
        pages, contact = self._pages(), request.env.user.partner_id
        pictures = pages._read_pictures(request.httprequest.files.getlist("pictures"))
        try:
            with request.env.cr.savepoint():
                saved, errors = pages._save_proposal(supplier, contact, proposal, form, pictures)
                if action == "submit" and not errors:
                    saved.action_submit()
        except (UserError, ValidationError) as failure:
            return self._render_proposal(supplier, proposal, form=form, error=str(failure))
        if errors:
            return self._render_proposal(supplier, proposal, form=form, errors=errors)
        target = f"{URL}?sent=1" if action == "submit" else f"{URL}/{saved.id}"
        return request.redirect(target)

    @http.route(
        f"{URL}/<int:proposal_id>/delete", type="http", auth="user", methods=["POST"], website=True
    )
    def supplier_proposal_delete(self, proposal_id, **_form):
        proposal = self._own_proposal(self._supplier("catalogue"), proposal_id)
        if proposal.state != "draft":
            raise NotFound
        proposal.unlink()
        return request.redirect(URL)

    @http.route(
        f"{URL}/<int:proposal_id>/picture/<int:file_id>", type="http", auth="user", website=True
    )
    def supplier_proposal_picture(self, proposal_id, file_id, **_kwargs):
        proposal = self._own_proposal(self._supplier(), proposal_id)
        file = proposal.image_ids.filtered(lambda attachment: attachment.id == file_id)
        if not file:
            raise NotFound
        return (
            request.env["ir.binary"]
            ._get_image_stream_from(file, "raw", width=256, height=256)
            .get_response()
        )

    def _own_proposal(self, supplier, proposal_id):
        proposals = self._pages()
        if proposal_id is None:
            return proposals.env["s2b2b.product.proposal"]
        proposal = proposals._find_proposal(supplier, proposal_id)
        if not proposal:
            raise NotFound
        return proposal

    def _render_proposal(self, supplier, proposal, form=None, errors=None, error=None):
        pages = self._pages()
        values = pages._prepare_proposal(proposal) if proposal else {"delay": 1, "min_qty": "0"}
        return self._render_supplier(
            "portal_proposal",
            "proposals",
            proposal=values,
            given={**values, **(form or {})},
            categories=pages._get_categories(supplier),
            currency=request.env.company.currency_id.name,
            errors=errors or {},
            error=error,
        )
