from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..tools.claims import DECIDED
from ..tools.uploads import Upload


class S2b2bSupplierPortal(models.AbstractModel):
    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _get_tasks(self, supplier):
        """Claims that wait for the supplier's answer are to be done as well."""
        waiting = (
            self.env["s2b2b.claim"]
            .search([*self._claims_domain(supplier), ("state", "in", ["open", "escalated"])])
            .filtered(lambda claim: not claim.first_response_at)
        )
        tasks = [
            {
                "text": self.env._("Claim %(name)s waits for your answer", name=claim.name),
                "url": f"/my/supplier/claims/{claim.id}",
                "urgent": True,
            }
            for claim in waiting
        ]
        return sorted(super()._get_tasks(supplier) + tasks, key=lambda task: not task["urgent"])

    @api.model
    def _claims_domain(self, supplier):
        return [("partner_id", "=", supplier.id), ("company_id", "=", self.env.company.id)]

    @api.model
    def _get_claims(self, supplier, offset=0, limit=20):
        """(claims, count) for a page of the list, what waits for the supplier first."""
        model = self.env["s2b2b.claim"]
        domain = self._claims_domain(supplier)
        claims = model.search(
            domain,
            order="resolved_at desc nulls first, opened_at desc, id desc",
            offset=offset,
            limit=limit,
        )
        return [self._prepare_claim(claim) for claim in claims], model.search_count(domain)

    @api.model
    def _find_claim(self, supplier, claim_id):
        """The supplier's claim of that number; empty for anybody else's."""
        return self.env["s2b2b.claim"].search(
            [*self._claims_domain(supplier), ("id", "=", claim_id)]
        )

    @api.model
    def _get_claim(self, supplier, claim_id):
        """One claim with its conversation, or None."""
        claim = self._find_claim(supplier, claim_id)
        if not claim:
            return None
        decided = claim.state in DECIDED
        texts = claim._get_message_texts(claim._get_visible_messages())
        return {
            **self._prepare_claim(claim),
            "description": claim._get_text_for_supplier(claim.description),
            "files": self._prepare_files(claim.attachment_ids),
            "messages": [
                self._prepare_message(claim, message, text) for message, text in texts.items()
            ],
            "decided": decided,
            "offer_text": self._selection(claim, "offered_resolution"),
            "resolution_text": decided and self._selection(claim, "resolution"),
            "resolution_note": decided and claim._get_text_for_supplier(claim.resolution_note),
            "settled": decided and self._get_settled_text(claim),
            "offers": self._get_offer_choices(claim),
            "currency": claim.currency_id.symbol,
        }

    @api.model
    def _prepare_claim(self, claim):
        unit = claim.product_uom_id.name or ""
        return {
            "id": claim.id,
            "name": claim.name,
            "kind": self._selection(claim, "kind"),
            "state": claim.state,
            "state_text": self._selection(claim, "state"),
            "order": claim.purchase_id.name or "",
            "receipt": claim.picking_id.name or "",
            "product": claim.product_id.name or "",
            "quantity": f"{claim.quantity:g} {unit}" if claim.quantity else "",
            "amount": claim.currency_id.format(claim.amount) if claim.amount else "",
            "opened": self._moment(claim.opened_at),
            "deadline": self._moment(claim.answer_deadline),
            "waits": claim.state in ("open", "escalated") and not claim.first_response_at,
            "overdue": claim.is_overdue,
        }

    @api.model
    def _prepare_message(self, claim, message, text):
        own = claim._is_own_message(message)
        return {
            "own": own,
            "author": message.author_id.name if own else claim.company_id.name,
            "date": self._moment(message.date),
            "text": text,
            "files": self._prepare_files(message.attachment_ids),
        }

    @api.model
    def _prepare_files(self, attachments):
        return [{"id": file.id, "name": file.name} for file in attachments]

    @api.model
    def _get_offer_choices(self, claim):
        names = claim._fields["offered_resolution"]._description_selection(self.env)
        return [{"key": key, "name": name} for key, name in names]

    @api.model
    def _get_settled_text(self, claim):
        """What the supplier has to do or to pay, in one line; freight only where it bears it."""
        parts = []
        if claim.resolution in ("replace", "return_refund", "refund") and claim.quantity:
            quantity = claim.resolution_quantity or claim.quantity
            parts.append(f"{quantity:g} {claim.product_uom_id.name or ''}".strip())
        if claim.resolution in ("price_cut", "refund") and claim.resolution_amount:
            parts.append(claim.currency_id.format(claim.resolution_amount))
        if claim.freight_amount and claim.freight_bearer == "supplier":
            freight = claim.currency_id.format(claim.freight_amount)
            parts.append(self.env._("freight %s", freight))
        return ", ".join(parts)

    @api.model
    def _answer_claim(self, supplier, claim_id, form, files, contact):
        """Stores an answer; ``UserError`` says what is wrong with it. ``files``: (name, bytes)."""
        claim = self._find_claim(supplier, claim_id)
        if not claim:
            raise UserError(self.env._("This claim is not yours, or it is gone."))
        uploads = [Upload(name, content) for name, content in files]
        claim._answer(contact, form.get("text", "")[:10000], uploads, self._read_offer(claim, form))

    @api.model
    def _read_offer(self, claim, form):
        key = form.get("offer") or ""
        if key not in dict(claim._fields["offered_resolution"].selection):
            return None
        try:
            amount = float((form.get("offer_amount") or "0").replace(",", "."))
        except ValueError:
            raise UserError(self.env._("Please write the amount as a number.")) from None
        if not 0 <= amount < 1e12:
            raise UserError(self.env._("This figure is out of range."))
        return {"offered_resolution": key, "offered_amount": amount}

    @api.model
    def _moment(self, moment):
        return format_datetime(self.env, moment, dt_format="short") if moment else ""
