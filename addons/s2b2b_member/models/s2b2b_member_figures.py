import json
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang, split_every

from ..tools.tiering import Current, Figures

WINDOW = relativedelta(months=12)
CHUNK = 10_000
READERS = [
    "member_figures_ids",
    "member_currency_id",
    "member_amount",
    "member_order_count",
    "grade_at_risk",
    "next_grade_id",
    "next_grade_missing",
    "amount_to_next_grade",
    "grade_progress",
    "tier_notice",
]
AT_RISK = {"notify", "at_risk", "no_review_date"}


class MemberRow(NamedTuple):
    """What one member did in the 12 months up to a day, and the tier it has."""

    partner_id: int
    grade_id: int | None
    locked: bool
    review_date: date | None
    notice_date: date | None
    amount: int
    orders: int
    months: int
    rated: int
    on_time: int
    bonus: int = 0

    @property
    def figures(self):
        percent = 100 * self.on_time / self.rated if self.rated else None
        return Figures(self.amount, self.orders, self.months, percent, self.bonus)

    @property
    def current(self):
        return Current(self.grade_id, self.review_date, bool(self.notice_date), self.locked)


class S2b2bMemberFigures(models.Model):
    """The figures of a member: a narrow row, cheap to rewrite for many, that the partner reads."""

    _name = "s2b2b.member.figures"
    _description = "Member Figures"
    _order = "amount desc, id"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade", readonly=True)
    date = fields.Date(string="As of", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(string="Purchases", readonly=True)
    bonus = fields.Monetary(string="Points as Purchases", readonly=True)
    order_count = fields.Integer(string="Invoices", readonly=True)
    month_count = fields.Integer(string="Months as Member", readonly=True, aggregator="avg")
    rated_count = fields.Integer(string="Invoices Due", readonly=True)
    on_time_count = fields.Integer(string="Paid on Time", readonly=True)
    at_risk = fields.Boolean(readonly=True)
    missing = fields.Json(readonly=True)
    notice_date = fields.Date(readonly=True)

    _partner_unique = models.UniqueIndex("(partner_id)", "A member has its figures once.")

    @api.model
    def _gather(self, members, today, rated=None):
        """The figures of ``members`` (None: of all members) for the 12 months up to ``today``.

        Constant in the number of queries. Amounts are invoices less credit notes, untaxed, posted,
        of all companies, at the rate of ``today`` in the smallest unit of the tiers' currency.

        :param rated: whether payments are looked at; by default where a saved tier asks for it
        :return: a list of ``MemberRow``
        """
        self.env["res.partner"].flush_model()
        self.env["account.move"].flush_model()
        self.flush_model(["notice_date"])
        self.env["s2b2b.points.entry"].flush_model()
        currency = self.env["res.partner.grade"]._get_tier_currency()
        if rated is None:
            asked = self.env["res.partner.grade"]._get_ladder_grades().mapped("min_paid_on_time")
            rated = any(asked)
        query = self._get_gather_query(members, currency, today, rated)
        return [
            MemberRow(
                *known,
                round(float(amount) / currency.rounding),
                orders,
                _full_months(first_date, today),
                rated,
                on_time,
                round(float(bonus) / currency.rounding),
            )
            for *known, amount, orders, first_date, rated, on_time, bonus in (
                self.env.execute_query(query)
            )
        ]

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
    def _get_start_domain(self, date_field):
        """Leaves out documents from before the first day that counts in their company."""
        # The figures are the group's: all companies count, whoever looks.
        companies = self.env["res.company"].sudo().search([("s2b2b_start_date", "!=", False)])
        return Domain.AND(
            Domain("company_id", "!=", company.id)
            | Domain(date_field, ">=", company.s2b2b_start_date)
            for company in companies
        )

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

    @api.model
    def _store(self, rows, decisions, notices, today):
        """Rewrites the figures of many members, ten thousand a statement.

        :param notices: ``{partner id: day of the notice}`` of those who were told that they lack
        """
        currency = self.env["res.partner.grade"]._get_tier_currency()
        for some in split_every(CHUNK, rows):
            values = [
                self._prepare_values(row, decisions[row.partner_id], notices, currency)
                for row in some
            ]
            self.env.cr.execute(self._get_store_query(values, currency, today))
        self.invalidate_model()
        self.env["res.partner"].invalidate_model(READERS)

    @api.model
    def _prepare_values(self, row, decision, notices, currency):
        return {
            "partner_id": row.partner_id,
            "amount": currency.round(row.amount * currency.rounding),
            "bonus": currency.round(row.bonus * currency.rounding),
            "order_count": row.orders,
            "month_count": row.months,
            "rated_count": row.rated,
            "on_time_count": row.on_time,
            "at_risk": any(reason.code in AT_RISK for reason in decision.reasons),
            "missing": self._get_missing(decision, currency) or None,
            "notice_date": notices.get(row.partner_id),
        }

    @api.model
    def _get_store_query(self, values, currency, today):
        return SQL(
            """
            INSERT INTO s2b2b_member_figures (
                   partner_id, amount, bonus, order_count, month_count, rated_count, on_time_count,
                   at_risk, missing, notice_date, currency_id, date)
            SELECT partner_id, amount, bonus, order_count, month_count, rated_count, on_time_count,
                   at_risk, missing, notice_date, %(currency)s, %(today)s
              FROM jsonb_to_recordset(%(values)s::jsonb) AS new (
                   partner_id int, amount numeric, bonus numeric, order_count int, month_count int,
                   rated_count int, on_time_count int, at_risk bool, missing jsonb,
                   notice_date date)
                ON CONFLICT (partner_id) DO UPDATE
               SET (amount, bonus, order_count, month_count, rated_count, on_time_count,
                    at_risk, missing, notice_date, currency_id, date)
                 = (EXCLUDED.amount, EXCLUDED.bonus, EXCLUDED.order_count, EXCLUDED.month_count,
                    EXCLUDED.rated_count, EXCLUDED.on_time_count, EXCLUDED.at_risk,
                    EXCLUDED.missing, EXCLUDED.notice_date, EXCLUDED.currency_id, EXCLUDED.date)
            """,
            values=json.dumps(values, default=str),
            currency=currency.id,
            today=today,
        )

    @api.model
    def _get_missing(self, decision, currency):
        """What is lacking, the amount in ``currency``."""
        missing = {figure: float(short) for figure, short in decision.missing.items()}
        if "amount" in missing:
            missing["amount"] = currency.round(missing["amount"] * currency.rounding)
        return missing

    @api.model
    def _get_last_days(self, members, today):
        """Until when what is missing stays the same: ``{partner id: day}``.

        On the day after, the oldest invoice that counts leaves the twelve months.
        """
        rows = self.env["account.move"]._read_group(
            Domain("commercial_partner_id", "in", members.ids)
            & Domain("state", "=", "posted")
            & Domain("move_type", "=", "out_invoice")
            & Domain("invoice_date", ">", today - WINDOW)
            & Domain("invoice_date", "<=", today)
            & self._get_start_domain("invoice_date"),
            ["commercial_partner_id"],
            ["invoice_date:min"],
        )
        return {member.id: day + WINDOW - timedelta(days=1) for member, day in rows}

    def _get_missing_text(self):
        """What is lacking, in words: for the own tier while that is at risk, else for the next."""
        return self._format_missing(self.missing or {}, self.currency_id)

    @api.model
    def _format_missing(self, missing, currency):
        texts = {
            "amount": lambda short: formatLang(self.env, short, currency_obj=currency),
            "orders": lambda short: self.env._("%d invoices", short),
            "months": lambda short: self.env._("%d months", short),
            "paid_on_time": lambda short: self.env._("%.1f %% paid on time", short),
        }
        return ", ".join(texts[figure](short) for figure, short in missing.items())

    def _prepare_figures(self, currency):
        """The figures as the pure functions take them; those of nobody are nothing."""
        percent = 100 * self.on_time_count / self.rated_count if self.rated_count else None
        amount, bonus = (round(value / currency.rounding) for value in (self.amount, self.bonus))
        return Figures(amount, self.order_count, self.month_count, percent, bonus)

    def _prepare_snapshot(self):
        """The figures as a tier change keeps them; nothing where there are none yet."""
        if not self:
            return {}
        return {
            "currency_id": self.currency_id.id,
            "amount": self.amount,
            "order_count": self.order_count,
            "month_count": self.month_count,
            "rated_count": self.rated_count,
            "on_time_count": self.on_time_count,
        }


def _full_months(first_date, today):
    if not first_date:
        return 0
    age = relativedelta(today, first_date)
    return 12 * age.years + age.months
