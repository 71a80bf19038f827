from odoo import models

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
