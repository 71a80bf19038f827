from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .s2b2b_member_figures import WINDOW


class S2b2bMemberFigures(models.Model):
    """What the figures are read with."""

    _inherit = "s2b2b.member.figures"

    @api.model
    def _get_gather_query(self, members, currency, today, rated):
        only = SQL("TRUE") if members is None else SQL("p.id = ANY(%s)", members.ids)
        moves = SQL("TRUE")
        if members is not None:
            moves = SQL("m.commercial_partner_id = ANY(%s)", members.ids)
        companies = self._get_company_rates(currency, today)
        return SQL(
            """
            WITH sold AS (
                SELECT m.commercial_partner_id AS partner_id,
                       SUM(m.amount_untaxed_signed * c.rate)
                           FILTER (WHERE m.invoice_date > %(start)s) AS amount,
                       COUNT(*) FILTER (WHERE m.invoice_date > %(start)s
                                          AND m.move_type = 'out_invoice') AS orders,
                       MIN(m.invoice_date) FILTER (WHERE m.move_type = 'out_invoice') AS first_date
                  FROM account_move m
                  JOIN (%(companies)s) AS c(id, rate, start_date) ON c.id = m.company_id
                 WHERE m.state = 'posted'
                   AND m.move_type IN ('out_invoice', 'out_refund')
                   AND m.invoice_date <= %(today)s
                   AND m.invoice_date >= COALESCE(c.start_date, m.invoice_date)
                   AND %(moves)s
                 GROUP BY m.commercial_partner_id),
            paid AS (%(paid)s),
            bonus AS (%(bonus)s)
            SELECT p.id, p.grade_id, COALESCE(p.grade_locked, FALSE), p.grade_review_date,
                   f.notice_date, COALESCE(sold.amount, 0), COALESCE(sold.orders, 0),
                   sold.first_date, COALESCE(paid.rated, 0), COALESCE(paid.on_time, 0),
                   COALESCE(bonus.amount, 0)
              FROM res_partner p
              LEFT JOIN s2b2b_member_figures f ON f.partner_id = p.id
              LEFT JOIN sold ON sold.partner_id = p.id
              LEFT JOIN paid ON paid.partner_id = p.id
              LEFT JOIN bonus ON bonus.partner_id = p.id
             WHERE p.is_member AND p.active AND p.commercial_partner_id = p.id AND %(only)s
             ORDER BY p.id
            """,
            start=today - WINDOW,
            today=today,
            companies=companies,
            moves=moves,
            paid=self._get_paid_query(moves, companies, today, rated),
            bonus=self._get_bonus_query(companies, today),
            only=only,
        )

    @api.model
    def _get_bonus_query(self, companies, today):
        """What points that were given towards a tier add to the sales."""
        return SQL(
            """
            SELECT o.commercial_partner_id AS partner_id, SUM(e.tier_amount * c.rate) AS amount
              FROM s2b2b_points_entry e
              JOIN res_partner o ON o.id = e.partner_id
              JOIN (%(companies)s) AS c(id, rate, start_date) ON c.id = e.company_id
             WHERE e.tier_amount > 0 AND e.date > %(start)s AND e.date <= %(today)s
             GROUP BY o.commercial_partner_id
            """,
            companies=companies,
            start=today - WINDOW,
            today=today,
        )

    @api.model
    def _get_company_rates(self, currency, today):
        """Rows of company, rate to the tiers' currency, and first day that counts."""
        # The figures are the group's: all companies count, whoever evaluates.
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        rows = [
            SQL(
                "(%s, %s::numeric, %s::date)",
                company.id,
                self.env["res.currency"]._get_conversion_rate(
                    company.currency_id, currency, company, today
                ),
                company.s2b2b_start_date or None,
            )
            for company in companies
        ]
        return SQL("VALUES %s", SQL(", ").join(rows))

    @api.model
    def _get_paid_query(self, moves, companies, today, rated):
        """Invoices that fell due in the period, and those of them wholly paid by that day.

        Reading every payment costs more than all the rest: only where a tier asks for it.
        """
        if not rated:
            return SQL("SELECT NULL::int AS partner_id, 0 AS rated, 0 AS on_time WHERE FALSE")
        self.env["account.move.line"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        return SQL(
            """
            SELECT due.partner_id, COUNT(*) AS rated, COUNT(*) FILTER (WHERE due.on_time) AS on_time
              FROM (SELECT m.commercial_partner_id AS partner_id, m.id,
                           BOOL_AND(l.reconciled AND l.date_maturity >= COALESCE((
                               SELECT MAX(r.max_date) FROM account_partial_reconcile r
                                WHERE r.debit_move_id = l.id), l.date_maturity)) AS on_time
                      FROM account_move m
                      JOIN (%(companies)s) AS c(id, rate, start_date) ON c.id = m.company_id
                      JOIN account_move_line l ON l.move_id = m.id
                       AND l.display_type = 'payment_term'
                     WHERE m.state = 'posted' AND m.move_type = 'out_invoice'
                       AND m.invoice_date_due > %(start)s AND m.invoice_date_due < %(today)s
                       AND m.invoice_date >= COALESCE(c.start_date, m.invoice_date)
                       AND %(moves)s
                     GROUP BY m.commercial_partner_id, m.id) AS due
             GROUP BY due.partner_id
            """,
            start=today - WINDOW,
            today=today,
            companies=companies,
            moves=moves,
        )
