from odoo import models
from odoo.fields import Domain

from ..tools.roles import CAPABILITIES


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _supplier_capabilities(self):
        """{capability: whether this contact has it}, for pages."""
        return {name: self._supplier_may(name) for name in sorted(CAPABILITIES)}

    def _find_portal_contacts(self, capability):
        """The supplier's own people with a portal login whose role has ``capability``."""
        # sudo: roles and logins are not for everybody to read; only contacts of it go out
        contacts = self.sudo().search(
            Domain("id", "child_of", self.commercial_partner_id.ids)
            & Domain("user_ids.active", "=", True)
            & Domain("user_ids.share", "=", True)
        )
        return contacts.filtered(lambda contact: contact._supplier_may(capability))

    def _tell_portal(self, capability, subject, body):
        """A message to the supplier's people whom it concerns, kept on the supplier as well."""
        self.ensure_one()
        # sudo: whoever decides need not be allowed to write to the contact
        supplier = self.sudo()
        if contacts := supplier._find_portal_contacts(capability):
            supplier.message_notify(partner_ids=contacts.ids, subject=subject, body=body)
        supplier._message_log(body=body)
