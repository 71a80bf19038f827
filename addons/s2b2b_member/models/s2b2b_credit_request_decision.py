from odoo import models
from odoo.exceptions import UserError

TEMPLATES = {
    "approved": "s2b2b_member.mail_template_credit_approved",
    "refused": "s2b2b_member.mail_template_credit_refused",
}


class S2b2bCreditRequest(models.Model):
    """How the member hears of the decision on its credit."""

    _inherit = "s2b2b.credit.request"

    def action_refuse(self):
        """Opens the wizard that refuses with a reason."""
        self._check_decider()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse Credit"),
            "res_model": "s2b2b.credit.refusal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_ids": self.ids},
        }

    def _refuse(self, reason):
        self._decide("refused", refusal_reason=reason)

    def _check_reason(self, vals):
        """A refusal says why: the member reads it."""
        reasons = [vals.get("refusal_reason", request.refusal_reason) for request in self]
        if vals.get("state") == "refused" and not all((why or "").strip() for why in reasons):
            raise UserError(self.env._("Say why."))

    def _tell_decision(self):
        """Mails the decision to the member; the mail is kept in the chatter of the request."""
        for state, requests in self.grouped("state").items():
            # sudo: mails of the module to the member, whoever decided
            requests.sudo().message_post_with_source(
                TEMPLATES[state], message_type="comment", subtype_xmlid="mail.mt_comment"
            )

    def _get_told_people(self):
        """Who looks after the money of the member, and who asked; else the company itself."""
        self.ensure_one()
        # sudo: roles are not for everybody to read, but decide who is told
        request = self.sudo()
        member = request.partner_id
        asked = request.create_uid.partner_id | request.order_id.s2b2b_contact_id
        people = member.search([("id", "child_of", member.id), ("id", "!=", member.id)])
        told = people.filtered(lambda person: person in asked or person._member_may("finance"))
        return told.filtered("email") or member
