from odoo import api, models


class S2b2bSupplierPortal(models.AbstractModel):
    """What a supplier is asked to do about its own qualification."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _get_tasks(self, supplier):
        return [*self._get_renewal_tasks(supplier), *super()._get_tasks(supplier)]

    @api.model
    def _get_renewal_tasks(self, supplier):
        """A renewal that was opened, or a qualification that was returned: behind its own link."""
        if not self.env.user.partner_id._supplier_may("certificates"):
            return []
        # sudo: suppliers have no right on qualifications; only its own one is looked for
        running = self.env["s2b2b.qualification"].sudo()
        own = [("partner_id", "=", supplier.id), ("state", "in", ["draft", "returned"])]
        return [
            {
                "text": self._renewal_text(supplier, record),
                "url": record._application_url(),
                "urgent": True,
            }
            for record in running.search(own)
            if record._awaits_applicant()
        ]

    @api.model
    def _renewal_text(self, supplier, record):
        if record.state == "returned":
            return self.env._("Your qualification needs something from you")
        day = self._date(supplier.supplier_valid_until)
        return self.env._("Your qualification ends on %s: renew it", day)
