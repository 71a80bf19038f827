from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.credit import Account


class S2b2bCreditGate(models.Model):
    """The row that each step of a member's order into sale updates before credit is summed.

    Under snapshot isolation a lock would let two orders of one moment both pass; of two updates of
    one row the second fails and is replayed, and then sees the first order.
    """

    _name = "s2b2b.credit.gate"
    _description = "Credit Gate"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", readonly=True)
    hits = fields.Integer(readonly=True)

    _member_unique = models.UniqueIndex("(partner_id, company_id)", "One gate a member.")

    @api.model
    def _enter(self, members, company):
        """Updates the rows of ``members``, always in the order of their ids: no deadlocks."""
        rows = SQL(", ").join(SQL("(%s, %s, 1)", key, company.id) for key in sorted(members.ids))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO s2b2b_credit_gate AS gate (partner_id, company_id, hits) VALUES %s
                    ON CONFLICT (partner_id, company_id) DO UPDATE SET hits = gate.hits + 1
                """,
                rows,
            )
        )

    @api.model
    def _prepare_accounts(self, members, company):
        """What the members owe and may owe in ``company``: ``{partner id: Account}``."""
        unit = company.currency_id.rounding
        exposures = self._get_exposures(members, company)
        extra = self.env["s2b2b.credit.request"]._get_granted(members, company)
        accounts = {}
        # Limit and policy are read for the check, whoever confirms.
        for member in members.sudo().with_company(company):
            limit = member.credit_limit + extra.get(member.id, 0)
            accounts[member.id] = Account(
                policy=member._get_credit_policy(),
                limit=round(limit / unit),
                exposure=round(sum(exposures[member.id].values()) / unit),
                overdue=round(self._get_overdue(exposures[member.id], company) / unit),
            )
        return accounts

    @api.model
    def _get_overdue(self, parts, company):
        return parts["overdue"] if company.overdue_block_days else 0.0

    @api.model
    def _get_exposures(self, members, company):
        """What each member owes and has on order, in the company's currency, by its parts.

        ``due`` and ``overdue`` (for longer than the company takes) are what is open of posted
        entries, ``drafts`` the invoices not posted, ``ordered`` what is ordered and not invoiced,
        with tax, whatever the invoicing policy, ``down_payments`` what of it was invoiced ahead.

        :return: ``{partner id: {part: amount}}``; their sum is the exposure
        """
        parts = ("due", "overdue", "drafts", "ordered", "down_payments")
        exposures = {key: dict.fromkeys(parts, 0.0) for key in members.ids}
        if not exposures:
            return exposures
        for model in ("account.move.line", "account.move", "sale.order", "sale.order.line"):
            self.env[model].flush_model()
        for query in (
            self._get_receivable_query(members, company),
            self._get_draft_query(members, company),
            self._get_order_query(members, company),
        ):
            for partner_id, part, amount in self.env.execute_query(query):
                exposures[partner_id][part] = float(amount or 0)
        return exposures

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
    def _get_order_query(self, members, company):
        """Down payments are what is posted less what a final invoice, also a draft, deducts."""
        return SQL(
            """
            WITH orders AS (
                SELECT o.id, p.commercial_partner_id AS member,
                       COALESCE(NULLIF(o.currency_rate, 0), 1) AS rate
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_invoice_id
                 WHERE o.state = 'sale' AND o.company_id = %(company)s
                   AND p.commercial_partner_id = ANY(%(members)s)),
            ordered AS (
                SELECT o.id, o.member, SUM(l.price_total / l.product_uom_qty / o.rate * (
                           CASE WHEN l.product_uom_qty > 0
                                THEN GREATEST(l.product_uom_qty - l.qty_invoiced,
                                              l.qty_delivered - l.qty_invoiced, 0)
                                ELSE LEAST(l.product_uom_qty - l.qty_invoiced, 0) END)) AS amount
                  FROM orders o
                  JOIN sale_order_line l ON l.order_id = o.id
                 WHERE l.display_type IS NULL AND l.product_uom_qty <> 0
                   AND l.is_downpayment IS NOT TRUE
                 GROUP BY o.id, o.member),
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
            parts AS (
                SELECT member, ordered.amount,
                       LEAST(GREATEST(ahead.amount, 0), GREATEST(ordered.amount, 0)) AS ahead
                  FROM ordered LEFT JOIN ahead USING (id))
            SELECT member, 'ordered', SUM(amount) FROM parts GROUP BY 1
             UNION ALL
            SELECT member, 'down_payments', -SUM(ahead) FROM parts GROUP BY 1
            """,
            company=company.id,
            members=members.ids,
        )
