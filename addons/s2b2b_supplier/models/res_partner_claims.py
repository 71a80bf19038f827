from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_claim_count = fields.Integer(
        compute="_compute_supplier_claim_count", groups="s2b2b_supplier.group_user"
    )

    def _compute_supplier_claim_count(self):
        groups = self.env["s2b2b.claim"]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.supplier_claim_count = counts.get(partner.id, 0)
