from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.uploads import check_uploads, safe_name
from .s2b2b_claim import RESOLUTIONS

ROLES = ("admin", "orders")
VISIBLE_TYPES = ("comment", "email")


class S2b2bClaim(models.Model):
    """The talk of platform and supplier: in the chatter for staff, in the portal for the supplier.

    Neither side learns who the people of the other are: the supplier is never a follower, gets
    its mails from the platform's address, and reads messages under the platform's name. What is
    written as an internal note stays inside.
    """

    _inherit = "s2b2b.claim"

    offered_resolution = fields.Selection(
        RESOLUTIONS, string="Supplier Offers", readonly=True, copy=False
    )
    offered_amount = fields.Monetary(readonly=True, copy=False)

    def action_answer(self):
        """Registers an answer that came by phone or mail; the clock stops."""
        self._check_step("answer")
        self._register_answer()

    def _answer(self, contact, text, files=(), offer=None):
        """The supplier's answer from its portal; the caller has checked whose claim it is.

        :param contact: the partner who writes
        :param files: ``Upload`` records
        :param offer: ``{"offered_resolution": key, "offered_amount": amount}``
        """
        self.ensure_one()
        self._lock()
        self._check_step("answer")
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Please write your answer."))
        if problem := check_uploads(list(files)):
            raise UserError(self.env["s2b2b.certificate"]._upload_text(problem))
        self.message_post(
            author_id=contact.id,
            body=Markup("<br/>").join(text.splitlines()),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[(safe_name(file.name), file.content) for file in files],
        )
        self._register_answer(offer)
        self._ask_for_decision(self.env._("The supplier has answered"))

    def _ask_for_decision(self, summary):
        """One open activity of whoever is responsible; a newer one takes its place."""
        self.ensure_one()
        user = self.user_id or self.env.ref("base.user_root")
        self.activity_unlink(["mail.mail_activity_data_todo"])
        if user.active:
            self.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, summary=summary)

    def _get_visible_messages(self):
        """What the supplier may read, oldest first."""
        comment = self.env.ref("mail.mt_comment")
        return self.message_ids.filtered(
            lambda message: (
                message.message_type in VISIBLE_TYPES
                and message.subtype_id == comment
                and not message.is_internal
            )
        ).sorted("id")

    def _is_own_message(self, message):
        return message.author_id.commercial_partner_id == self.partner_id

    def _get_visible_files(self):
        """Attachments that the supplier may open: the claim's own and those of its messages."""
        return self.attachment_ids | self._get_visible_messages().attachment_ids

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if message in self._get_visible_messages() and not self._is_own_message(message):
            self._mail_supplier("s2b2b_supplier.mail_claim_message")
        return result

    def _mail_get_partner_fields(self, introspect_fields=False):
        """Nobody outside is proposed as recipient: the supplier is told by the module's mails."""
        return []

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Mails of the chatter bear the writer's name and address: they go to staff only."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        return [recipient for recipient in recipients if not recipient["share"]]

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """The supplier does not follow: a follower reads who the others are."""
        # sudo: only whether a contact is one of the platform's people
        partners = self.env["res.partner"].sudo().browse(partner_ids or [])
        inside = partners.filtered(lambda partner: not partner.partner_share)
        return super()._message_subscribe(inside.ids, subtype_ids, customer_ids)

    def _mail_partner_ids(self):
        """Ids for the mail templates: the supplier's people who handle orders."""
        return self.partner_id._get_supplier_mail_ids(*ROLES)

    def _mail_supplier(self, template):
        if self:
            # sudo: mails of the module, to the supplier's own people, whoever caused them
            self.env.ref(template).sudo().send_mail_batch(self.ids)

    def _get_portal_url(self):
        return f"{self.get_base_url()}/my/supplier/claims/{self.id}"
