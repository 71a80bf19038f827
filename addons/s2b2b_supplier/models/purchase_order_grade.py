from odoo import api, models


class PurchaseOrder(models.Model):
    """What the grade of the supplier means for an order."""

    _inherit = "purchase.order"

    @api.onchange("partner_id", "company_id")
    def onchange_partner_id(self):
        result = super().onchange_partner_id()
        if term := self.partner_id._supplier_grade_payment_term(self.company_id):
            self.payment_term_id = term
        return result
