from datetime import datetime, time, timedelta

from pytz import UTC, timezone

from odoo import fields, models
from odoo.tools import formataddr

from ..tools.worktime import Worktime


class ResCompany(models.Model):
    _inherit = "res.company"

    claim_answer_hours = fields.Integer(
        string="Answer to Claims Within",
        default=16,
        help="Working hours after which a claim without an answer is escalated.",
    )

    _claim_answer_hours_positive = models.Constraint(
        "CHECK(claim_answer_hours > 0)", "A supplier needs some time to answer a claim."
    )

    def _get_supplier_mail_address(self):
        """The address under which the platform writes: never that of one of its people."""
        self.ensure_one()
        if self.email:
            return self.email_formatted
        # sudo: the address that the server sends from is configuration
        address = self.env["ir.mail_server"].sudo()._get_default_from_address()
        return formataddr((self.name, address or "noreply@localhost"))

    def _get_day_bounds(self, first, last, zone=None):
        """The moments (naive, UTC) at which these days begin and are over; ``zone``: its name,
        by default that of the company."""
        zone = timezone(zone or self.partner_id.tz or "UTC")
        return [
            zone.localize(datetime.combine(day, time())).astimezone(UTC).replace(tzinfo=None)
            for day in (first, last + timedelta(days=1))
        ]

    def _get_worktime(self, start, end):
        """The working time of the company between two moments (naive, UTC), for many questions.

        Without a calendar the clock runs day and night.
        """
        self.ensure_one()
        calendar = self.resource_calendar_id
        if not calendar or end <= start:
            return Worktime([(start, end)])
        # sudo: the hours of the company hold for everybody, whoever may read its calendar
        found = calendar.sudo()._work_intervals_batch(UTC.localize(start), UTC.localize(end))
        return Worktime(
            (first.astimezone(UTC).replace(tzinfo=None), last.astimezone(UTC).replace(tzinfo=None))
            for first, last, _attendance in found[False]
        )
