from odoo import fields, models
from odoo.tools import SQL


class S2b2bDeliveryLine(models.Model):
    """Drop-shipments count by the day they were shipped, as far as they did arrive."""

    _inherit = "s2b2b.delivery.line"
    _depends = {
        "purchase.order": ["picking_type_id"],
        "purchase.order.line": ["product_uom_id", "qty_received"],
        "res.company": ["parcel_trust_days"],
        "s2b2b.shipment": ["shipped_at"],
        "s2b2b.shipment.line": ["purchase_line_id", "quantity", "shipment_id", "state"],
        "stock.move": ["location_id"],
    }

    def _arrivals_sql(self):
        """What a supplier sends straight to the member counts by the day it was shipped.

        How long it is on the road, and when somebody confirms its arrival, is not the supplier's.
        That it has left is the supplier's own word, which is taken for as long as a parcel may be
        on the road (``parcel_trust_days``); after that only what has arrived was delivered. What is
        received in a warehouse, or came without the supplier saying that it was shipped, counts as
        ever. Of the transfers of the others, returns and rejects count.
        """
        return SQL(
            """
            SELECT moved.purchase_line_id, moved.day, moved.moved_at, moved.qty, moved.unit_id,
                   moved.is_return, moved.rejected
              FROM (%(moved)s) AS moved
              JOIN purchase_order_line ordered ON ordered.id = moved.purchase_line_id
             WHERE moved.is_return OR NOT %(by_shipment)s
            UNION ALL
            SELECT moved.purchase_line_id, NULL, moved.moved_at, 0, moved.unit_id, TRUE,
                   moved.rejected
              FROM (%(moved)s) AS moved
              JOIN purchase_order_line ordered ON ordered.id = moved.purchase_line_id
             WHERE moved.rejected > 0 AND NOT moved.is_return AND %(by_shipment)s
            UNION ALL
            SELECT sent.purchase_line_id, NULL, sent.shipped_at, sent.qty, sent.unit_id, FALSE, 0
              FROM (%(parcels)s) AS sent
             WHERE sent.qty > 0
            """,
            moved=super()._arrivals_sql(),
            by_shipment=self._by_shipment_sql(),
            parcels=self._parcels_sql(),
        )

    def _parcels_sql(self):
        """The parcels of a line, the first sent first: what of each counts as delivered."""
        return SQL(
            """
            SELECT parcel.purchase_line_id, parcel.shipped_at, ordered.product_uom_id AS unit_id,
                   CASE WHEN parcel.shipped_at
                             >= %(now)s - make_interval(days => company.parcel_trust_days)
                        THEN parcel.quantity
                        ELSE LEAST(parcel.quantity,
                                   GREATEST(%(arrived)s - parcel.sent_before, 0))
                        END AS qty
              FROM (
                    SELECT line.purchase_line_id, line.quantity::float, shipment.shipped_at,
                           SUM(line.quantity::float) OVER (
                               PARTITION BY line.purchase_line_id
                               ORDER BY shipment.shipped_at, line.id) - line.quantity::float
                               AS sent_before
                      FROM s2b2b_shipment_line line
                      JOIN s2b2b_shipment shipment ON shipment.id = line.shipment_id
                     WHERE line.state <> 'cancelled'
                   ) AS parcel
              JOIN purchase_order_line ordered ON ordered.id = parcel.purchase_line_id
              JOIN res_company company ON company.id = ordered.company_id
             WHERE %(by_shipment)s
            """,
            now=fields.Datetime.now(),
            arrived=self._arrived_sql(),
            by_shipment=self._by_shipment_sql(),
        )

    def _arrived_sql(self):
        """What of the line ``ordered`` has ever come from the supplier, in its unit."""
        return SQL(
            """
            COALESCE((SELECT SUM(done.quantity::float * its_unit.factor::float
                                 / line_unit.factor::float)
                        FROM stock_move done
                        JOIN stock_location source ON source.id = done.location_id
                         AND source.usage = 'supplier'
                        JOIN uom_uom its_unit ON its_unit.id = done.product_uom
                        JOIN uom_uom line_unit ON line_unit.id = ordered.product_uom_id
                       WHERE done.purchase_line_id = ordered.id AND done.state = 'done'), 0)
            """
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
