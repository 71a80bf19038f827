import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ..tools.profile import Purchases, profiles

PERIOD = relativedelta(months=12)
CHUNK = 10_000


class S2b2bMemberProfile(models.Model):
    """How a member buys, next to all others: a narrow row, cheap to rewrite for many."""

    _name = "s2b2b.member.profile"
    _description = "Member Profile"
    _order = "recency desc, monetary desc, id"
    _rec_name = "partner_id"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", string="Member", required=True, ondelete="cascade", readonly=True
    )
    grade_id = fields.Many2one(related="partner_id.grade_id", string="Tier", store=False)
    user_id = fields.Many2one(related="partner_id.user_id", string="Account Manager")
    date = fields.Date(string="As of", required=True, readonly=True)
    rfm_group = fields.Selection(
        "_selection_rfm_group", string="Group", required=True, readonly=True
    )
    recency = fields.Integer(readonly=True, aggregator="avg", help="5: bought most recently.")
    frequency = fields.Integer(readonly=True, aggregator="avg", help="5: buys most often.")
    monetary = fields.Integer(readonly=True, aggregator="avg", help="5: buys for most.")
    last_invoice_date = fields.Date(string="Last Invoice", readonly=True)
    invoice_count = fields.Integer(string="Invoices (12 Months)", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(string="Purchases (12 Months)", readonly=True)

    _partner_unique = models.UniqueIndex("(partner_id)", "A member has its profile once.")
    _rfm_group_idx = models.Index("(rfm_group)")

    @api.model
    def _selection_rfm_group(self):
        return [
            ("champion", self.env._("Champions")),
            ("loyal", self.env._("Loyal")),
            ("potential", self.env._("Potentially loyal")),
            ("new", self.env._("New")),
            ("promising", self.env._("Promising")),
            ("attention", self.env._("Need attention")),
            ("about_to_sleep", self.env._("About to sleep")),
            ("cannot_lose", self.env._("Cannot lose them")),
            ("at_risk", self.env._("At risk")),
            ("hibernating", self.env._("Hibernating")),
            ("lost", self.env._("Lost")),
            ("prospect", self.env._("Bought nothing yet")),
        ]

    @api.model
    def _cron_profile_members(self):
        """Profiles of all members, then the tags of the segments that they are in."""
        if not self.env["res.company"].search_count([("member_profiles", "=", True)], limit=1):
            return
        self._profile(fields.Date.context_today(self))
        self.env["s2b2b.segment"].search(Domain.TRUE)._apply_tags()

    @api.model
    def _profile(self, today):
        """Scores all members anew; constant in the number of queries but for the writing."""
        currency = self.env["res.partner.grade"]._get_tier_currency()
        rows = self._gather(currency, today)
        decided = profiles(rows)
        for some in split_every(CHUNK, rows):
            values = [self._prepare_values(row, decided[row.key], currency) for row in some]
            self.env.cr.execute(self._get_store_query(values, currency, today))
        former = SQL("DELETE FROM s2b2b_member_profile WHERE partner_id <> ALL(%s)", list(decided))
        self.env.cr.execute(former)
        self.invalidate_model()
        self.env["res.partner"].invalidate_model(["rfm_group", "member_profile_ids"])

    @api.model
    def _gather(self, currency, today):
        """What each member bought in 12 months, in the smallest unit of the tiers' currency.

        Posted invoices less credit notes of all companies, untaxed, at the rate of ``today``.

        :return: a list of ``Purchases``
        """
        self.env["res.partner"].flush_model()
        self.env["account.move"].flush_model()
        figures = self.env["s2b2b.member.figures"]
        companies = figures._get_counted_companies()
        query = SQL(
            """
            SELECT p.id,
                   MAX(m.invoice_date) FILTER (WHERE m.move_type = 'out_invoice'),
                   COUNT(*) FILTER (WHERE m.invoice_date > %(start)s
                                      AND m.move_type = 'out_invoice'),
                   SUM(%(sold)s) FILTER (WHERE m.invoice_date > %(start)s)
              FROM res_partner p
              LEFT JOIN account_move m
                ON m.commercial_partner_id = p.id AND m.state = 'posted'
               AND m.move_type IN ('out_invoice', 'out_refund') AND m.invoice_date <= %(today)s
               AND %(counted)s
             WHERE p.is_member AND p.active AND p.commercial_partner_id = p.id
             GROUP BY p.id ORDER BY p.id
            """,
            start=today - PERIOD,
            today=today,
            sold=figures._get_converted_sql(
                "m", "amount_untaxed_signed", companies, currency, today
            ),
            counted=figures._get_counted_sql(companies),
        )
        return [
            Purchases(key, last, invoices, round(float(amount or 0) / currency.rounding))
            for key, last, invoices, amount in self.env.execute_query(query)
        ]

    @api.model
    def _prepare_values(self, row, profile, currency):
        return {
            "partner_id": row.key,
            "last_invoice_date": row.last,
            "invoice_count": row.invoices,
            "amount": currency.round(row.amount * currency.rounding),
            "recency": profile.recency,
            "frequency": profile.frequency,
            "monetary": profile.monetary,
            "rfm_group": profile.group,
        }

    @api.model
    def _get_store_query(self, values, currency, today):
        return SQL(
            """
            INSERT INTO s2b2b_member_profile (
                   partner_id, last_invoice_date, invoice_count, amount, recency, frequency,
                   monetary, rfm_group, currency_id, date)
            SELECT partner_id, last_invoice_date, invoice_count, amount, recency, frequency,
                   monetary, rfm_group, %(currency)s, %(today)s
              FROM jsonb_to_recordset(%(values)s::jsonb) AS new (
                   partner_id int, last_invoice_date date, invoice_count int, amount numeric,
                   recency int, frequency int, monetary int, rfm_group text)
                ON CONFLICT (partner_id) DO UPDATE
               SET (last_invoice_date, invoice_count, amount, recency, frequency, monetary,
                    rfm_group, currency_id, date)
                 = (EXCLUDED.last_invoice_date, EXCLUDED.invoice_count, EXCLUDED.amount,
                    EXCLUDED.recency, EXCLUDED.frequency, EXCLUDED.monetary, EXCLUDED.rfm_group,
                    EXCLUDED.currency_id, EXCLUDED.date)
            """,
            values=json.dumps(values, default=str),
            currency=currency.id,
            today=today,
        )

    def action_view_partner(self):
        self.ensure_one()
        return self.partner_id._get_records_action()
