from odoo import api, models
from odoo.tools import SQL


class S2b2bCreditGate(models.Model):
    """Goods that came back are known by their transfers."""

    _inherit = "s2b2b.credit.gate"

    @api.model
    def _flush_sources(self):
        self.env["stock.move"].flush_model()
        return super()._flush_sources()

    @api.model
    def _get_returned_sql(self):
        """What came back and lowered what is delivered, and was not sent out again."""
        return SQL(
            """
            CASE WHEN l.qty_delivered_method = 'stock_move' THEN COALESCE((
                SELECT SUM(sm.quantity * mu.factor / lu.factor
                           * CASE WHEN source.usage = 'customer' THEN 1 ELSE -1 END)
                  FROM stock_move sm
                  JOIN stock_location source ON source.id = sm.location_id
                  JOIN stock_location target ON target.id = sm.location_dest_id
                  JOIN uom_uom mu ON mu.id = sm.product_uom
                  JOIN uom_uom lu ON lu.id = l.product_uom_id
                 WHERE sm.sale_line_id = l.id AND sm.state = 'done' AND sm.to_refund
                   AND (source.usage = 'customer'
                        OR (target.usage = 'customer' AND sm.origin_returned_move_id IS NOT NULL))
                ), 0) ELSE %s END
            """,
            super()._get_returned_sql(),
        )
