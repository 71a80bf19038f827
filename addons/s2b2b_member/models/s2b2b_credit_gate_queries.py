from odoo import api, fields, models
from odoo.tools import SQL


class S2b2bCreditGate(models.Model):
    """What the exposure is read with, one query for each of its sources."""

    _inherit = "s2b2b.credit.gate"

    @api.model
    def _get_receivable_query(self, members, company):
        today = fields.Date.context_today(self)
        return SQL(
            """
            WITH open_items AS (
                SELECT p.commercial_partner_id AS member, l.amount_residual AS amount,
                       l.amount_residual > 0 AND l.date_maturity + %(days)s < %(today)s AS overdue
                  FROM account_move_line l
                  JOIN account_account a ON a.id = l.account_id
                   AND a.account_type = 'asset_receivable'
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE l.parent_state = 'posted' AND l.reconciled IS NOT TRUE
                   AND l.company_id = %(company)s
                   AND p.commercial_partner_id = ANY(%(members)s))
            SELECT member, CASE WHEN overdue THEN 'overdue' ELSE 'due' END, SUM(amount)
              FROM open_items GROUP BY 1, 2
            """,
            days=company.overdue_block_days,
            today=today,
            company=company.id,
            members=members.ids,
        )

    @api.model
    def _get_draft_query(self, members, company):
        return SQL(
            """
            SELECT commercial_partner_id, 'drafts', SUM(amount_total_signed)
              FROM account_move
             WHERE state = 'draft' AND move_type IN ('out_invoice', 'out_receipt')
               AND company_id = %s AND commercial_partner_id = ANY(%s)
             GROUP BY 1
            """,
            company.id,
            members.ids,
        )

    @api.model
    def _get_order_query(self, members, company, orders=None):
        condition = SQL(
            "o.state = 'sale' AND o.company_id = %s AND p.commercial_partner_id = ANY(%s)"
            " AND o.id != ALL(%s)",
            company.id,
            members.ids,
            orders.ids if orders else [],
        )
        return SQL(
            """
            %s
            SELECT member, 'ordered', SUM(ordered) FROM parts GROUP BY 1
             UNION ALL
            SELECT member, 'down_payments', -SUM(ahead) FROM parts GROUP BY 1
            """,
            self._get_open_query(condition),
        )

    @api.model
    def _get_open_query(self, condition):
        """Of orders: what is still to be delivered or invoiced, and what was paid down on it.

        To be delivered is what was ordered and neither delivered nor sent back; to be invoiced is
        what was delivered and not invoiced, less posted credit notes. An order of which nothing is
        invoiced counts with its total, however its taxes were rounded. Down payments are what is
        posted less what a final invoice, also a draft, deducts.
        """
        return SQL(
            """
            WITH orders AS (
                SELECT o.id, p.commercial_partner_id AS member, o.amount_total AS total,
                       COALESCE(NULLIF(o.currency_rate, 0), 1) AS rate
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_invoice_id
                 WHERE %(condition)s),
            %(lines)s,
            ordered AS (
                SELECT id, SUM(price_total) AS whole, SUM(price_total / quantity * open) AS amount
                  FROM lines GROUP BY id),
            ahead AS (
                SELECT l.order_id AS id, SUM(i.price_total
                           * CASE m.move_type WHEN 'out_refund' THEN -1 ELSE 1 END
                           / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1)) AS amount
                  FROM orders o
                  JOIN sale_order_line l ON l.order_id = o.id AND l.is_downpayment
                  JOIN sale_order_line_invoice_rel r ON r.order_line_id = l.id
                  JOIN account_move_line i ON i.id = r.invoice_line_id
                  JOIN account_move m ON m.id = i.move_id
                 WHERE m.state = 'posted' OR (m.state = 'draft' AND i.price_total < 0)
                 GROUP BY l.order_id),
            amounts AS (
                SELECT o.id, o.member, CASE WHEN d.amount <> 0
                           THEN (d.amount + o.total - d.whole) / o.rate ELSE 0 END AS ordered
                  FROM orders o JOIN ordered d USING (id)),
            parts AS (
                SELECT id, member, ordered,
                       LEAST(GREATEST(COALESCE(a.amount, 0), 0), GREATEST(ordered, 0)) AS ahead
                  FROM amounts LEFT JOIN ahead a USING (id))
            """,
            condition=condition,
            lines=self._get_open_lines_sql(),
        )

    @api.model
    def _get_open_lines_sql(self):
        """The lines of ``orders``: what was ordered, and what of it is open, in their unit."""
        return SQL(
            """
            credited AS (
                SELECT r.order_line_id AS line_id, SUM(q.quantity) AS quantity,
                       SUM(q.quantity) FILTER (WHERE m.state = 'draft') AS draft
                  FROM orders o
                  JOIN sale_order_line l ON l.order_id = o.id
                  JOIN sale_order_line_invoice_rel r ON r.order_line_id = l.id
                  JOIN account_move_line i ON i.id = r.invoice_line_id
                  JOIN account_move m ON m.id = i.move_id AND m.move_type = 'out_refund'
                   AND m.state != 'cancel'
                  LEFT JOIN uom_uom iu ON iu.id = i.product_uom_id
                  LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
                 CROSS JOIN LATERAL (
                       SELECT i.quantity * COALESCE(iu.factor / lu.factor, 1) AS quantity) q
                 GROUP BY 1),
            lines AS (
                SELECT o.id, l.price_total, l.product_uom_qty AS quantity,
                       CASE WHEN l.product_uom_qty > 0
                            THEN GREATEST(
                                GREATEST(l.product_uom_qty - l.qty_delivered - %(returned)s, 0)
                                + l.qty_delivered - l.qty_invoiced - COALESCE(c.draft, 0), 0)
                            ELSE LEAST(l.product_uom_qty - l.qty_invoiced, 0) END AS open
                  FROM orders o
                  JOIN sale_order_line l ON l.order_id = o.id
                  LEFT JOIN credited c ON c.line_id = l.id
                 WHERE l.display_type IS NULL AND l.product_uom_qty <> 0
                   AND l.is_downpayment IS NOT TRUE)
            """,
            returned=self._get_returned_sql(),
        )

    @api.model
    def _get_returned_sql(self):
        """How much of an order line ``l`` came back, in its unit; what was credited is ``c``.

        Where nobody books deliveries and returns, what is credited does not come again.
        """
        return SQL("COALESCE(c.quantity, 0)")

    @api.model
    def _get_reserved_query(self, members, company, orders=None):
        return SQL(
            """
            SELECT o.id, p.commercial_partner_id, t.id, -SUM(l.amount_residual),
                   COALESCE(NULLIF(o.currency_rate, 0), 1), o.amount_total
              FROM sale_order o
              JOIN res_partner p ON p.id = o.partner_invoice_id
              JOIN sale_order_transaction_rel r ON r.sale_order_id = o.id
              JOIN payment_transaction t ON t.id = r.transaction_id AND t.state = 'done'
              JOIN account_payment pay ON pay.id = t.payment_id
              JOIN account_move_line l ON l.move_id = pay.move_id
               AND l.parent_state = 'posted' AND l.reconciled IS NOT TRUE
              JOIN account_account a ON a.id = l.account_id
               AND a.account_type = 'asset_receivable'
             WHERE o.company_id = %(company)s AND l.company_id = %(company)s
               AND p.commercial_partner_id = ANY(%(members)s)
               AND (o.state IN ('draft', 'sent') OR o.id = ANY(%(orders)s))
             GROUP BY o.id, p.commercial_partner_id, t.id
            """,
            company=company.id,
            members=members.ids,
            orders=orders.ids if orders else [],
        )
