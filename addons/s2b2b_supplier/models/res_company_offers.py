from decimal import Decimal

from odoo import api, fields, models

from ..demo import portal_story
from ..tools.catalogue_world import Approval


class ResCompany(models.Model):
    _inherit = "res.company"

    offer_approval_new = fields.Boolean(
        string="New Offers Wait",
        help="What a supplier has not offered before counts once a buyer has approved it.",
    )
    offer_approval_price = fields.Boolean(
        string="Price Rises Wait",
        help="Also prices in another currency or per another unit, which cannot be compared.",
    )
    offer_approval_percent = fields.Float(
        string="Rise Allowed", help="Price rises up to this percentage count at once."
    )
    offer_approval_terms = fields.Boolean(
        string="Worse Terms Wait", help="A higher minimum quantity or a longer lead time."
    )

    supplier_api = fields.Boolean(
        string="API for Suppliers",
        help="Systems of suppliers may read and change their offers and stock with a key.",
    )

    _offer_approval_percent_positive = models.Constraint(
        "CHECK(offer_approval_percent >= 0)", "The rise that is allowed cannot be negative."
    )

    @api.model
    def _s2b2b_supplier_demo(self):
        told = super()._s2b2b_supplier_demo()
        portal_story.tell(self.env)
        return told

    def _get_offer_approval(self):
        """What of a supplier's own changes waits for a buyer of this company."""
        return Approval(
            new=self.offer_approval_new,
            price=self.offer_approval_price,
            price_percent=Decimal(str(self.offer_approval_percent)),
            terms=self.offer_approval_terms,
        )
