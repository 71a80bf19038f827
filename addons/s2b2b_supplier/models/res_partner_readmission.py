from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

MANAGER = "s2b2b_supplier.group_manager"


class ResPartner(models.Model):
    """What a supplier that was readmitted finds again."""

    _inherit = "res.partner"

    supplier_lost_offer_count = fields.Integer(
        string="Offers Archived by the Elimination",
        compute="_compute_supplier_lost_offer_count",
        groups=MANAGER,
    )

    def _compute_supplier_lost_offer_count(self):
        for partner in self:
            back = partner.supplier_status in ("qualified", "conditional")
            partner.supplier_lost_offer_count = back and len(partner._find_lost_offers())

    def action_restore_offers(self):
        """Restores the offers that the elimination archived, in the companies of the user."""
        self.ensure_one()
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only supplier managers decide on suppliers."))
        self.check_access("read")
        if self.supplier_status not in ("qualified", "conditional"):
            raise UserError(self.env._("%s is not readmitted.", self.display_name))
        offers = self._find_lost_offers()
        offers.action_unarchive()
        # sudo: the trace on the supplier; that user need not be allowed to edit contacts
        self.sudo()._message_log(body=self.env._("%s offers restored.", len(offers)))

    def _find_lost_offers(self):
        # sudo: a manager of suppliers need be no buyer; only offers of the own companies
        offers = self.env["product.supplierinfo"].sudo().with_context(active_test=False)
        return offers.search(
            Domain("partner_id", "child_of", self.commercial_partner_id.ids)
            & Domain("is_archived_by_exit", "=", True)
            & Domain("active", "=", False)
            & Domain("company_id", "in", [False, *self.env.companies.ids])
        )
