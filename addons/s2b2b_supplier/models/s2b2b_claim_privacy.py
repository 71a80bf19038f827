from odoo import models
from odoo.tools import html2plaintext

from ..tools.redaction import redact


class S2b2bClaim(models.Model):
    """What the supplier reads of a claim, which says nothing of the platform's customers."""

    _inherit = "s2b2b.claim"

    def _get_customers(self):
        """Hook: whose goods these are. The order module adds who has ordered them.

        Called as superuser: who handles a claim need not see its customer.
        """
        return self._get_claimed_orders().dest_address_id

    def _get_claimed_orders(self):
        return self.purchase_id | self.picking_id.purchase_id

    def _get_customer_names(self):
        # sudo: who gets the goods is not for everybody to read; the names only go out of a text
        claim = self.sudo().with_context(active_test=False)
        customers = claim._get_customers()
        companies = customers.commercial_partner_id - claim.company_id.partner_id
        people = customers.search([("commercial_partner_id", "in", companies.ids)])
        return [name for name in people.mapped("name") if name]

    def _get_text_for_supplier(self, text):
        """``text`` without names of the customer, addresses and numbers."""
        self.ensure_one()
        return redact(text, self._get_customer_names()) if text else text

    def _get_message_texts(self, messages):
        """{message: its text as the supplier reads it}; the customer is looked up once for all."""
        customers = self._get_customer_names()
        return {message: self._get_message_text(message, customers) for message in messages}

    def _get_message_text(self, message, customers):
        """No names and addresses of the platform's people, nor these names of its customers."""
        text = html2plaintext(message.body or "").strip()
        if self._is_own_message(message):
            return text
        names = (message.author_id | message.partner_ids).mapped("name")
        return redact(text, [f"@{name}" for name in names] + names + customers)
