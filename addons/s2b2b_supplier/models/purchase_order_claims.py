from odoo import fields, models

USER = "s2b2b_supplier.group_user"


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    replaced_claim_id = fields.Many2one(
        "s2b2b.claim",
        string="Replacement for Claim",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=USER,
    )
    supplier_claim_count = fields.Integer(compute="_compute_supplier_claim_count", groups=USER)

    def _compute_supplier_claim_count(self):
        groups = self.env["s2b2b.claim"]._read_group(
            [("purchase_id", "in", self.ids)], ["purchase_id"], ["__count"]
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.supplier_claim_count = counts.get(order.id, 0)

    def action_open_supplier_claims(self):
        """The claims of this order, and a new one that is about its only line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_supplier.s2b2b_claim_action")
        goods = self.order_line.filtered("product_id")
        return {
            **action,
            "domain": [("purchase_id", "=", self.id)],
            "context": {
                "default_partner_id": self.partner_id.commercial_partner_id.id,
                "default_company_id": self.company_id.id,
                "default_purchase_line_id": goods.id if len(goods) == 1 else False,
            },
        }
