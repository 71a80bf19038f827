from datetime import datetime, time, timedelta

from pytz import UTC

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

BATCH = 50


class SettlementGenerator(models.AbstractModel):
    """How settlements come to be: what is open is gathered and put in, once.

    A side of settlements is a strategy: ``_prepare_<side>_lines(period, partners)`` returns
    ``{(partner id, currency id): [values of lines]}`` of all that is not in a live settlement,
    and ``_find_<side>_partners(period)`` whose there is any.
    """

    _name = "s2b2b.settlement.generator"
    _description = "Generating Settlements"

    @api.model
    def _generate(self, side, date_from, date_to, partners=None):
        """Put what is open of ``side`` until ``date_to`` in settlements of the current company.

        Running it again adds nothing twice: a source is in one live settlement only. What belongs
        to an earlier period is marked late. A settlement that was sent is left alone; what came
        since goes in the next one.

        :param side: ``supplier`` or ``member``
        :param partners: only these, whatever their status; None: all partners of S2B2B
        :return: the settlements of the period, those that were there included
        """
        period = (fields.Date.to_date(date_from), fields.Date.to_date(date_to))
        wanted = partners.commercial_partner_id if partners is not None else None
        existing = self._find_generated(side, period, wanted)
        partners = wanted if wanted is not None else getattr(self, f"_find_{side}_partners")(period)
        open_keys = {s._get_key(): s for s in existing if s.stage == "draft"}
        closed = {s._get_key() for s in existing if s.stage != "draft"}
        found = getattr(self, f"_prepare_{side}_lines")(period, partners)
        pending = self._find_pending(side, partners)
        missing = {*found, *pending} - closed - open_keys.keys()
        created = self._create_for(side, period, missing)
        settlements = {**open_keys, **{s._get_key(): s for s in created}}
        self._apply_lines(settlements, found, pending)
        self.browse([s.id for s in settlements.values()])._refresh_amounts()
        return existing | created

    def _get_key(self):
        return (self.partner_id.id, self.currency_id.id)

    def _find_generated(self, side, period, partners=None):
        of_partners = (
            Domain("partner_id", "in", partners.ids) if partners is not None else Domain.TRUE
        )
        return self.search(
            of_partners
            & Domain("side", "=", side)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("date_from", "=", period[0])
            & Domain("date_to", "=", period[1])
            & Domain("stage", "!=", "cancelled")
        )

    def _find_pending(self, side, partners):
        """Return {key: lines} that were disputed or held in an earlier settlement."""
        lines = self.env["s2b2b.settlement.line"].search(
            Domain("settlement_id", "=", False)
            & Domain("side", "=", side)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("partner_id", "in", partners.ids)
        )
        return lines.grouped(lambda line: (line.partner_id.id, line.currency_id.id))

    def _create_for(self, side, period, keys):
        return self.with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_create_nolog=True
        ).create(
            [
                {
                    "side": side,
                    "partner_id": partner_id,
                    "currency_id": currency_id,
                    "company_id": self.env.company.id,
                    "date_from": period[0],
                    "date_to": period[1],
                }
                for partner_id, currency_id in sorted(keys)
            ]
        )

    def _apply_lines(self, settlements, found, pending):
        """Create the lines that were found, and take over those that are pending."""
        vals_list = []
        for key, settlement in settlements.items():
            vals_list += [
                {
                    **vals,
                    "settlement_id": settlement.id,
                    "side": settlement.side,
                    "partner_id": settlement.partner_id.id,
                    "company_id": settlement.company_id.id,
                    "currency_id": settlement.currency_id.id,
                }
                for vals in found.get(key, ())
            ]
            if key in pending:
                pending[key]._write_guarded({"settlement_id": settlement.id})
        lines = self.env["s2b2b.settlement.line"].with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_create_nolog=True
        )
        lines._create_guarded(vals_list)

    @api.model
    def _get_bounds(self, period):
        """Return ``period`` as naive UTC datetimes, the second one not in it any more."""
        zone = self.env.company._get_settlement_timezone()
        first, last = period
        return tuple(
            zone.localize(datetime.combine(day, time())).astimezone(UTC).replace(tzinfo=None)
            for day in (first, last + timedelta(days=1))
        )

    @api.model
    def _get_day(self, moment):
        """Return the day of a naive UTC datetime in the time zone of the company."""
        zone = self.env.company._get_settlement_timezone()
        return UTC.localize(moment).astimezone(zone).date()

    @api.model
    def _get_floor(self, side, period):
        """Return the first day whose sources are settled at all.

        Without a start date of the company nothing is swept in from before its first settlement.
        """
        company = self.env.company
        if company.s2b2b_start_date:
            return company.s2b2b_start_date
        [(first,)] = self._read_group(
            Domain("side", "=", side)
            & Domain("company_id", "=", company.id)
            & Domain("stage", "!=", "cancelled"),
            [],
            ["date_from:min"],
        )
        return min(first or period[0], period[0])

    @api.model
    def _cron_generate(self):
        """Generate what is due in companies that want it, a batch of partners at a time.

        It may be killed at any moment: what is done is kept, the next run goes on.
        """
        cron = self.env["ir.cron"]
        todo = self._get_due_batches()
        cron._commit_progress(remaining=len(todo))
        for company, side, period, partner_ids in todo:
            partners = self.env["res.partner"].browse(partner_ids)
            self.with_company(company)._generate(side, *period, partners)
            if not cron._commit_progress(1):
                break

    @api.model
    def _get_due_batches(self):
        """Return (company, side, period, partner ids) of what has no settlement of its period."""
        companies = self.env["res.company"].search([("settlement_policy", "!=", "off")])
        batches = []
        for company in companies:
            period = company._get_last_settlement_period()
            if not company.s2b2b_start_date or period[1] >= company.s2b2b_start_date:
                batches += self.with_company(company)._get_batches(company, period)
        return batches

    @api.model
    def _get_batches(self, company, period):
        batches = []
        for side, _label in self._fields["side"].selection:
            partners = getattr(self, f"_find_{side}_partners")(period)
            done = self._find_generated(side, period, partners).partner_id
            batches += [
                (company, side, period, batch)
                for batch in split_every(BATCH, (partners - done).ids)
            ]
        return batches
