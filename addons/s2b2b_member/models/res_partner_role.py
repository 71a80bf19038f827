from odoo import models
from odoo.fields import Command

# What the roles of a member's contacts allow; a company that is its own login may do everything.
MEMBER_TASKS = {
    "see": {"admin", "buyer", "approver", "finance", "viewer", False},
    "order": {"admin", "buyer", "approver"},
    "receive": {"admin", "buyer", "approver"},
    "approve": {"admin", "approver"},
    "finance": {"admin", "finance"},
    "people": {"admin"},
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _member_may(self, task):
        """Whether this person may do ``task`` for the member company it belongs to."""
        self.ensure_one()
        # sudo: roles are not for a portal user to read, but decide what it may do
        contact = self.sudo()
        company = contact.commercial_partner_id
        if not company.is_member:
            return False
        return contact == company or contact.member_role in MEMBER_TASKS[task]

    def _may_see_money(self):
        """Whether this person may see what its company owes; no member has no such roles."""
        self.ensure_one()
        # sudo: only whether the person's company is a member
        is_member = self.sudo().commercial_partner_id.is_member
        return not is_member or self._member_may("finance")

    def _grant_member_login(self):
        """Invites these contacts to the portal; gives those who have no mail address for it."""
        without = self.browse()
        for contact in self:
            # sudo: the caller has checked who may invite; it needs no right on users
            wizard = self.env["portal.wizard"].sudo()
            invitation = wizard.create({"partner_ids": [Command.set(contact.ids)]}).user_ids
            if invitation.is_portal or invitation.is_internal:
                continue
            if invitation.email_state != "ok":
                without |= contact
                continue
            invitation.action_grant_access()
        return without
