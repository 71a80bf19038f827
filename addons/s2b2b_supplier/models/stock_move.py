from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare


class StockMove(models.Model):
    _inherit = "stock.move"

    supplier_rejected_qty = fields.Float(
        string="Rejected",
        digits="Product Unit",
        copy=False,
        help="Of the goods received, how much was found to be bad, in the unit of the move. "
        "It counts against the supplier's quality, once, also if it goes back or is scrapped.",
    )
    supplier_scrap_line_id = fields.Many2one(
        "purchase.order.line",
        string="Scrapped from Purchase",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.constrains("supplier_rejected_qty", "quantity", "state")
    def _check_supplier_rejected_qty(self):
        for move in self.filtered("supplier_rejected_qty"):
            digits = move.product_uom.rounding
            rejected = move.supplier_rejected_qty
            if rejected < 0 or (
                move.state == "done"
                and float_compare(rejected, move.quantity, precision_rounding=digits) > 0
            ):
                raise ValidationError(
                    self.env._(
                        "%s: what is rejected is between nothing and what was received.",
                        move.product_id.display_name,
                    )
                )
