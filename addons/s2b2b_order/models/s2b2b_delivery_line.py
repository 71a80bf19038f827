from odoo import models
from odoo.tools import SQL


class S2b2bDeliveryLine(models.Model):
    _inherit = "s2b2b.delivery.line"
    _depends = {
        "purchase.order": ["picking_type_id"],
        "purchase.order.line": ["qty_received"],
        "s2b2b.shipment": ["shipped_at"],
        "s2b2b.shipment.line": ["purchase_line_id", "quantity", "shipment_id", "state"],
    }

    def _arrivals_sql(self):
        """What a supplier sends straight to the member counts by the day it was shipped.

        How long it is on the road, and when somebody confirms its arrival, is not the supplier's.
        What is received in a warehouse, or came without the supplier saying that it was shipped,
        counts as ever.
        """
        return SQL(
            """
            SELECT moved.*
              FROM (%(moved)s) AS moved
              JOIN purchase_order_line ordered ON ordered.id = moved.purchase_line_id
             WHERE moved.is_return OR NOT %(by_shipment)s
            UNION ALL
            SELECT sent.purchase_line_id, NULL, shipment.shipped_at, sent.quantity::float,
                   ordered.product_uom_id, FALSE, 0
              FROM s2b2b_shipment_line sent
              JOIN s2b2b_shipment shipment ON shipment.id = sent.shipment_id
              JOIN purchase_order_line ordered ON ordered.id = sent.purchase_line_id
             WHERE sent.state <> 'cancelled' AND %(by_shipment)s
            """,
            moved=super()._arrivals_sql(),
            by_shipment=self._by_shipment_sql(),
        )

    def _by_shipment_sql(self):
        """Whether the line ``ordered`` is a drop-shipment whose parcels cover what has arrived."""
        return SQL(
            """
            (EXISTS (SELECT 1
                       FROM purchase_order straight
                       JOIN stock_picking_type kind ON kind.id = straight.picking_type_id
                      WHERE straight.id = ordered.order_id AND kind.code = 'dropship')
             AND COALESCE((SELECT SUM(parcel.quantity)
                             FROM s2b2b_shipment_line parcel
                            WHERE parcel.purchase_line_id = ordered.id
                              AND parcel.state <> 'cancelled'), -1) >= ordered.qty_received)
            """
        )
