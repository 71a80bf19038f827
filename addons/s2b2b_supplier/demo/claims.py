"""Three claims on the deliveries of the last months: one resolved, one open, one escalated."""

from datetime import timedelta

from odoo import Command, fields

from .story import PDF


def tell(env):
    """Opens the claims of the current company once, where there are receipts to claim about."""
    claims = env["s2b2b.claim"].with_context(tracking_disable=True)
    if claims.search_count([("company_id", "=", env.company.id)], limit=1):
        return
    resolved = _open(env, "exotic_liquids", 9, "damage", 2, RESOLVED)
    if not resolved:
        return
    _resolve(env, resolved)
    _open(env, "exotic_liquids", 0, "quantity", 1, OPEN)
    if late := _open(env, "cajun_delights", 6, "quality", 3, ESCALATED):
        late._escalate("No answer by the deadline.")
    cards = env["s2b2b.scorecard"]
    list(cards._evaluate_company(env.company, fields.Date.context_today(cards)))
    mails = env["mail.mail"].search([("state", "=", "outgoing"), ("model", "=", claims._name)])
    mails.unlink()


RESOLVED = "Two bottles arrived broken; the outer carton was wet. See the delivery note."
OPEN = "The delivery note says ten, nine were in the carton."
ESCALATED = "Three jars have loose lids and cannot be sold."
ANSWER = (
    "We are sorry: a new packer left out the dividers. We send two bottles with the next order."
)
QUESTION = "Thank you. How do you keep it from happening again?"
DECISION = "Agreed: replaced free of charge, the broken ones need not come back."


def _open(env, name, days_ago, kind, quantity, text):
    """A claim on the newest receipt of a supplier, or nothing where it never delivered."""
    supplier = env.ref(f"s2b2b_supplier.supplier_{name}")
    move = env["stock.move"].search(
        [
            ("state", "=", "done"),
            ("company_id", "=", env.company.id),
            ("purchase_line_id.order_id.partner_id", "child_of", supplier.ids),
            ("location_dest_id.usage", "=", "internal"),
        ],
        order="id",
        limit=1,
    )
    if not move:
        return env["s2b2b.claim"]
    vals = {
        "move_id": move.id,
        "kind": kind,
        "quantity": quantity,
        "description": text,
        "user_id": env.ref("s2b2b_supplier.user_buyer").id,
        "company_id": env.company.id,
        "opened_at": fields.Datetime.now() - timedelta(days=days_ago),
        "attachment_ids": [Command.create({"name": "delivery-note.pdf", "raw": PDF})],
    }
    return env["s2b2b.claim"].with_context(tracking_disable=True)._create_guarded([vals])


def _resolve(env, claim):
    buyer = env.ref("s2b2b_supplier.user_buyer")
    contact = env.ref("s2b2b_supplier.user_supplier1").partner_id
    claim._answer(contact, ANSWER, offer={"offered_resolution": "replace"})
    claim.with_user(buyer).message_post(
        body=QUESTION,
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )
    claim._answer(contact, "The dividers are on the packing list now, and counted.")
    claim.write({"resolution": "replace", "return_goods": False, "resolution_note": DECISION})
    claim.with_user(buyer).action_resolve()
    _let_pass(claim, "first_response_at", "response_hours", timedelta(days=1, hours=2))
    _let_pass(claim, "resolved_at", "resolution_hours", timedelta(days=4))


def _let_pass(claim, moment_name, hours_name, later):
    """As if the step had been taken so much later than the claim was opened."""
    moment = claim.opened_at + later
    hours = claim._get_worked_hours("opened_at", moment)[claim]
    claim._write_guarded({moment_name: moment, hours_name: hours})
