"""The weakest supplier is asked to do better, and its first answer did not do."""

from odoo import fields

CAUSE = "One truck serves the whole south; it stood in the workshop twice."
ACTION = "We have asked a second carrier for an offer."
MISSING = "From which day does the second carrier drive? Please attach the contract."


def tell(env):
    """Issues what the grades have proposed for the weakest supplier of the current company."""
    drafts = env["s2b2b.rectification"].search(
        [("company_id", "=", env.company.id), ("state", "=", "draft")]
    )
    if not drafts:
        return
    record = min(drafts, key=lambda draft: (draft.scorecard_id.score, draft.id))
    buyer = env.ref("s2b2b_supplier.user_buyer")
    record.user_id = buyer
    record.with_user(buyer).action_issue()
    answer = {"root_cause": CAUSE, "action": ACTION}
    contact = record.partner_id.child_ids[:1] or record.partner_id
    record._answer(contact, {line.id: answer for line in record.line_ids})
    record.review_note = MISSING
    record.with_user(buyer).action_send_back()
    record.due_date = fields.Date.add(fields.Date.context_today(record), days=9)
    mails = env["mail.mail"].search([("state", "=", "outgoing"), ("model", "=", record._name)])
    mails.unlink()
