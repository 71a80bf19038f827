from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    billing_mode = fields.Selection(
        [("self_billed", "Self-billed: agreement on file"), ("own_bill", "Supplier's own bill")],
        "Settlement Billing",
        company_dependent=True,
        copy=False,
        groups="base.group_user",
        help="Self-billed: the vendor bill is made from the statement; the supplier has agreed to "
        "that in writing. Empty: the supplier sends its own bill.",
    )
    settlement_count = fields.Integer(
        compute="_compute_settlement_count", groups="s2b2b_settlement.group_user"
    )

    def _compute_settlement_count(self):
        groups = self.env["s2b2b.settlement"]._read_group(
            [("partner_id", "in", self.commercial_partner_id.ids)], ["partner_id"], ["__count"]
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.settlement_count = counts.get(partner.commercial_partner_id.id, 0)

    def _may_see_supplier_money(self):
        """Whether this person may see what its company is paid; who is no supplier has no roles."""
        self.ensure_one()
        # sudo: only whether the person's company is a supplier
        supplier = self.sudo().commercial_partner_id
        return supplier.supplier_status == "none" or self._supplier_may("finance")

    def action_view_settlements(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_settlement.s2b2b_settlement_action"
        )
        domain = [("partner_id", "in", self.commercial_partner_id.ids)]
        return {**action, "domain": domain, "context": {}}
