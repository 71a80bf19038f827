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
        companies = self._get_counted_companies()
        counted = SQL("%s AND %s", moves, self._get_counted_sql(companies))
        sold = self._get_converted_sql("m", "amount_untaxed_signed", companies, currency, today)
        return SQL(
            """
            WITH sold AS (
                SELECT m.commercial_partner_id AS partner_id,
                       SUM(%(sold)s) FILTER (WHERE m.invoice_date > %(start)s) AS amount,
                       COUNT(*) FILTER (WHERE m.invoice_date > %(start)s
                                          AND m.move_type = 'out_invoice') AS orders,
                       MIN(m.invoice_date) FILTER (WHERE m.move_type = 'out_invoice') AS first_date
                  FROM account_move m
                 WHERE m.state = 'posted'
                   AND m.move_type IN ('out_invoice', 'out_refund')
                   AND m.invoice_date <= %(today)s
                   AND %(counted)s
                 GROUP BY m.commercial_partner_id),
            paid AS (%(paid)s),
            bonus AS (%(bonus)s)
            SELECT p.id, p.grade_id, COALESCE(p.grade_locked, FALSE), p.grade_review_date,
                   f.notice_date, COALESCE(ROUND(sold.amount / %(unit)s)::bigint, 0),
                   COALESCE(sold.orders, 0), COALESCE(paid.rated, 0), COALESCE(paid.on_time, 0),
                   COALESCE(ROUND(bonus.amount / %(unit)s)::bigint, 0), sold.first_date
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
            sold=sold,
            unit=currency.rounding,
            counted=counted,
            paid=self._get_paid_query(counted, today, rated),
            bonus=self._get_bonus_query(companies, currency, today),
            only=only,
        )

    @api.model
    def _get_bonus_query(self, companies, currency, today):
        """What points that were given towards a tier add to the sales."""
        return SQL(
            """
            SELECT o.commercial_partner_id AS partner_id, SUM(%(amount)s) AS amount
              FROM s2b2b_points_entry e
              JOIN res_partner o ON o.id = e.partner_id
             WHERE e.tier_amount > 0 AND e.date > %(start)s AND e.date <= %(today)s
             GROUP BY o.commercial_partner_id
            """,
            amount=self._get_converted_sql("e", "tier_amount", companies, currency, today),
            start=today - WINDOW,
            today=today,
        )

    @api.model
    def _get_counted_companies(self):
        # The figures are the group's: all companies count, whoever evaluates, archived ones too.
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        return companies.search(Domain.TRUE)

    @api.model
    def _get_counted_sql(self, companies):
        """Whether document ``m`` is from the first day that counts in its company, or later."""
        conditions = [
            SQL(
                "(m.company_id <> %s OR m.invoice_date >= %s)", company.id, company.s2b2b_start_date
            )
            for company in companies
            if company.s2b2b_start_date
        ]
        return SQL(" AND ").join(conditions) if conditions else SQL("TRUE")

    @api.model
    def _get_converted_sql(self, table, amount, companies, currency, today):
        """``amount`` of ``table``, which is in the currency of its company, in ``currency``.

        An expression: a join with rates costs a third of the aggregate, a rate of 1 a tenth.
        """
        rates = {
            company.id: self.env["res.currency"]._get_conversion_rate(
                company.currency_id, currency, company, today
            )
            for company in companies
        }
        amount = SQL.identifier(table, amount)
        if set(rates.values()) == {1}:
            return amount
        whens = SQL(" ").join(SQL("WHEN %s THEN %s::numeric", *item) for item in rates.items())
        return SQL("%s * CASE %s %s END", amount, SQL.identifier(table, "company_id"), whens)

    @api.model
    def _get_paid_query(self, counted, today, rated):
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
                      JOIN account_move_line l ON l.move_id = m.id
                       AND l.display_type = 'payment_term'
                     WHERE m.state = 'posted' AND m.move_type = 'out_invoice'
                       AND m.invoice_date_due > %(start)s AND m.invoice_date_due < %(today)s
                       AND %(counted)s
                     GROUP BY m.commercial_partner_id, m.id) AS due
             GROUP BY due.partner_id
            """,
            start=today - WINDOW,
            today=today,
            counted=counted,
        )
