from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    supplier_claim_count = fields.Integer(
        compute="_compute_supplier_claim_count", groups="s2b2b_supplier.group_user"
    )

    def _compute_supplier_claim_count(self):
        groups = self.env["s2b2b.claim"]._read_group(
            [("picking_id", "in", self.ids)], ["picking_id"], ["__count"]
        )
        counts = {picking.id: count for picking, count in groups}
        for picking in self:
            picking.supplier_claim_count = counts.get(picking.id, 0)

    def action_open_supplier_claims(self):
        """The claims of this receipt, and a new one that is about its only line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("s2b2b_supplier.s2b2b_claim_action")
        moves = self.move_ids.filtered("purchase_line_id")
        return {
            **action,
            "domain": [("picking_id", "=", self.id)],
            "context": {
                "default_picking_id": self.id,
                "default_partner_id": self.partner_id.commercial_partner_id.id,
                "default_company_id": self.company_id.id,
                "default_move_id": moves.id if len(moves) == 1 else False,
            },
        }
