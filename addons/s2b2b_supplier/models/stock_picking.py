from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    supplier_arrival_date = fields.Date(
        string="Arrived On",
        copy=False,
        help="The day on which the supplier's goods arrived, where the receipt is booked later. "
        "The supplier's performance is measured by it.",
    )
