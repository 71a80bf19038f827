from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_claim_count = fields.Integer(
        compute="_compute_supplier_claim_count", groups="s2b2b_supplier.group_user"
    )

    supplier_rectification_count = fields.Integer(
        compute="_compute_supplier_rectification_count", groups="s2b2b_supplier.group_user"
    )

    def _get_supplier_mail_ids(self, *roles):
        """Ids for mail templates: contacts with one of these roles, else the company itself."""
        # sudo: roles are not for everybody to read, the mails go out all the same
        supplier = self.sudo()
        people = supplier.child_ids.filtered(lambda c: c.supplier_role in roles and c.email)
        return ",".join(str(partner.id) for partner in people or supplier)

    def _compute_supplier_claim_count(self):
        counts = self._count_of_supplier("s2b2b.claim")
        for partner in self:
            partner.supplier_claim_count = counts.get(partner.id, 0)

    def _compute_supplier_rectification_count(self):
        counts = self._count_of_supplier("s2b2b.rectification")
        for partner in self:
            partner.supplier_rectification_count = counts.get(partner.id, 0)

    def _count_of_supplier(self, model):
        groups = self.env[model]._read_group(
            [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
        )
        return {partner.id: count for partner, count in groups}
