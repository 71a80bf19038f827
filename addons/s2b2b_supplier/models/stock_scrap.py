from odoo import models


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    def _prepare_move_values(self):
        """What is scrapped from a receipt counts against the supplier's quality."""
        moves = self.picking_id.move_ids.filtered(
            lambda move: move.product_id == self.product_id and move.purchase_line_id
        )
        line = moves.purchase_line_id[:1]
        return {**super()._prepare_move_values(), "supplier_scrap_line_id": line.id}
