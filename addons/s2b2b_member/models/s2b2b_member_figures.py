import json
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, formatLang, split_every

from ..tools.tiering import Figures

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
    """What one member did in the 12 months up to a day, and the tier it has.

    It is what the pure functions take as ``Figures`` and as ``Current``.
    """

    partner_id: int
    tier: int | None
    locked: bool
    review_date: date | None
    notice_date: date | None
    amount: int
    orders: int
    rated: int
    on_time: int
    bonus: int
    months: int

    @property
    def paid_on_time(self):
        return 100 * self.on_time / self.rated if self.rated else None

    @property
    def notified(self):
        return self.notice_date is not None


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
        # Many members, few days: months are counted once for each day.
        full_months = cache(lambda first_date: _full_months(first_date, today))
        return [
            MemberRow._make(row[:-1] + (full_months(row[-1]),))
            for row in self.env.execute_query(query)
        ]

    @api.model
    def _get_start_domain(self, date_field):
        """Leaves out documents from before the first day that counts in their company."""
        companies = self._get_counted_companies().filtered("s2b2b_start_date")
        return Domain.AND(
            Domain("company_id", "!=", company.id)
            | Domain(date_field, ">=", company.s2b2b_start_date)
            for company in companies
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
