import json
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, split_every

from ..tools.points import Booking, Lot, Shortage, book, expirations

CHUNK = 1000


class S2b2bPointsEntry(models.Model):
    """Points that a member got or gave: append-only, what remains of each is taken by expiry."""

    _name = "s2b2b.points.entry"
    _description = "Points Entry"
    _order = "date desc, id desc"

    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("purchase", "Purchase"),
            ("activity", "Activity"),
            ("adjust", "Adjustment"),
            ("redeem", "Redeemed"),
            ("tier", "Tier progress"),
            ("expire", "Expired"),
            ("reverse", "Reversal"),
        ],
        required=True,
        readonly=True,
    )
    name = fields.Char(string="Reason", required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    quantity = fields.Integer(string="Points", required=True, readonly=True)
    remaining = fields.Integer(
        readonly=True,
        help="What is left of these points. Less than 0: taken back after they were spent.",
    )
    expiry_date = fields.Date(string="Good Until", readonly=True)
    move_id = fields.Many2one(
        "account.move", string="Invoice", readonly=True, index="btree_not_null"
    )
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null")
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    rate = fields.Float(
        string="Points per Unit",
        digits=(16, 6),
        readonly=True,
        aggregator=None,
        help="Of untaxed amount in the company's currency, with the multiplier of the tier then.",
    )
    tier_amount = fields.Monetary(
        string="Counts as Purchases", readonly=True, help="For the tier, during twelve months."
    )
    moved = fields.Json(readonly=True)
    warning_date = fields.Date(string="Warned", readonly=True)

    _key_unique = models.UniqueIndex("(company_id, key)", "This was booked already.")
    _open_idx = models.Index("(partner_id, company_id) WHERE remaining <> 0")
    _expiry_idx = models.Index("(company_id, expiry_date) WHERE remaining > 0")
    _tier_idx = models.Index("(partner_id) WHERE tier_amount > 0")

    def write(self, vals):
        """The ledger is only added to; what remains of an entry follows from the next ones."""
        # Every write is refused, so there is none to hand on to super().
        # pylint: disable=method-required-super
        raise UserError(self.env._("Points are never changed: book an adjustment."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Points are never deleted: book an adjustment."))

    @api.model
    def _points_grant(self, members, points, reason, key):
        """Gives ``members`` points for something they did: an event, a survey, a referral.

        :param points: whole points, more than 0, the same for each member
        :param key: what they are given for; the same key again gives nothing to those who have it
        :return: the entries made, none where the company has no points
        """
        if points <= 0:
            raise UserError(self.env._("Give at least one point."))
        return self._grant("activity", members, points, reason, f"activity:{key}")

    @api.model
    def _grant(self, kind, members, points, reason, key):
        company = self.env.company
        expires = company._get_points_expiry()
        companies = members.commercial_partner_id.filtered("is_member").sorted("id")
        rows = [
            (
                Booking(f"{key}:{member.id}", member.id, int(points), expires, covered=True),
                {"kind": kind, "name": reason, "user_id": self.env.uid},
            )
            for member in companies
        ]
        return self._book(company, rows)

    @api.model
    def _turn_into_progress(self, member, points, key):
        """Uses ``points`` of ``member`` as purchases that count for its tier."""
        company = self.env.company
        if points <= 0 or not company.points_tier_value:
            raise UserError(self.env._("These points cannot be used for the tier."))
        amount = company.currency_id.round(points * company.points_tier_value)
        vals = {
            "kind": "tier",
            "name": self.env._("Used for the tier"),
            "tier_amount": amount,
            "user_id": self.env.uid,
        }
        booking = Booking(f"tier:{key}:{member.id}", member.id, -points, covered=True)
        return self._book(company, [(booking, vals)])

    @api.model
    def _book(self, company, rows):
        """Books in bulk, in one statement a model; keys that are known are left out.

        :param rows: pairs of a ``Booking``, whose account is the member's id, and further values
        :return: the entries made
        """
        # sudo: nobody may write the ledger by hand; callers have checked who may book
        ledger = self.sudo()
        if not rows or not company.sudo().member_points:  # sudo: a switch, whoever pays or orders
            return ledger.browse()
        members = self.env["res.partner"].browse({booking.account for booking, _vals in rows})
        # The row is updated before the points are read: of two that spend at once one is replayed.
        self.env["s2b2b.credit.gate"]._enter(members, company)
        known = ledger._find_keys(company, [booking.key for booking, _vals in rows])
        rows = [row for row in rows if row[0].key not in known and row[0].quantity]
        returned = [key for booking, _vals in rows for key in booking.returned]
        lots = ledger._get_lots(members, company, returned)
        try:
            plan = book(lots, [booking for booking, _vals in rows])
        except Shortage as short:
            raise UserError(self._get_shortage_text(short)) from short
        entries = ledger.create(
            [
                {**self._prepare_entry_vals(company, booking, done), **vals}
                for (booking, vals), done in zip(rows, plan.booked, strict=True)
            ]
        )
        ledger._apply_moves(company, plan)
        self.env["loyalty.card"]._mirror_points(members, company)
        return entries

    @api.model
    def _prepare_entry_vals(self, company, booking, done):
        return {
            "partner_id": booking.account,
            "company_id": company.id,
            "date": fields.Date.context_today(self),
            "key": booking.key,
            "quantity": booking.quantity,
            "remaining": done.remaining,
            "expiry_date": booking.expires if done.remaining > 0 else False,
            "moved": dict(done.moved) or False,
        }

    @api.model
    def _find_keys(self, company, keys):
        rows = self.search_fetch([("company_id", "=", company.id), ("key", "in", keys)], ["key"])
        return set(rows.mapped("key"))

    @api.model
    def _get_lots(self, members, company, keys):
        """The members' points and debts, and the entries of ``keys``, even if nothing is left."""
        entries = self.search_fetch(
            Domain("partner_id", "in", members.ids)
            & Domain("company_id", "=", company.id)
            & (Domain("remaining", "!=", 0) | Domain("key", "in", keys)),
            ["key", "partner_id", "remaining", "expiry_date"],
            order="id",
        )
        return [
            Lot(entry.key, entry.partner_id.id, entry.remaining, entry.expiry_date or None)
            for entry in entries
        ]

    @api.model
    def _apply_moves(self, company, plan):
        """Rewrites what remains of earlier entries and of those of this batch."""
        left = dict(plan.remaining)
        own = {done.key: done.remaining for done in plan.booked}
        for done in plan.booked:
            for key, quantity in done.moved.items():
                if key in own:
                    own[key] += quantity
        left.update(own)
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE s2b2b_points_entry AS e SET remaining = new.rest
                  FROM jsonb_to_recordset(%s::jsonb) AS new (key varchar, rest int)
                 WHERE e.company_id = %s AND e.key = new.key AND e.remaining <> new.rest
                """,
                json.dumps([{"key": key, "rest": quantity} for key, quantity in left.items()]),
                company.id,
            )
        )
        self.invalidate_model(["remaining"])

    @api.model
    def _get_shortage_text(self, short):
        # sudo: only the name of the member, whose user asked for its points
        member = self.env["res.partner"].sudo().browse(short.account)
        return self.env._(
            "%(member)s lacks %(missing)d points.", member=member.name, missing=short.missing
        )

    @api.model
    def _of_member(self, member, company):
        """The domain of the entries of ``member`` in ``company``."""
        return [("partner_id", "=", member.id), ("company_id", "=", company.id)]

    @api.model
    def _get_balances(self, members, company):
        """``{partner id: points}`` in ``company``; partners without points are left out."""
        rows = self._read_group(
            [
                ("partner_id", "in", members.ids),
                ("company_id", "=", company.id),
                ("remaining", "!=", 0),
            ],
            ["partner_id"],
            ["remaining:sum"],
        )
        return {member.id: points for member, points in rows}

    @api.model
    def _get_net_taken(self, entries):
        """What ``entries`` together took from lots and did not give back: ``{lot key: points}``."""
        net = defaultdict(int)
        for entry in entries:
            for key, quantity in (entry.moved or {}).items():
                net[key] += quantity
        return {key: -quantity for key, quantity in net.items() if quantity < 0}

    @api.model
    def _cron_points(self):
        for company in self.env["res.company"].search([("member_points", "=", True)]):
            entries = self.with_company(company)
            entries._expire(company)
            entries._warn(company)

    @api.model
    def _expire(self, company, today=None):
        """Takes what is left of points whose last day has passed."""
        today = today or fields.Date.context_today(self)
        past = self.search(
            [
                ("company_id", "=", company.id),
                ("remaining", ">", 0),
                ("expiry_date", "<", today),
            ],
            order="id",
        )
        made = self.browse()
        for some in split_every(CHUNK, past.ids, self.browse):
            lots = {entry.key: entry for entry in some}
            gone = expirations(
                (Lot(e.key, e.partner_id.id, e.remaining, e.expiry_date) for e in some), today
            )
            made |= self._book(
                company,
                [
                    (
                        Booking(
                            f"expire:{key}:{today}", lots[key].partner_id.id, -points, first=(key,)
                        ),
                        self._prepare_expiry_vals(lots[key], today),
                    )
                    for key, points in gone.items()
                ],
            )
        return made

    @api.model
    def _prepare_expiry_vals(self, entry, today):
        day = format_date(self.env, entry.expiry_date)
        return {
            "kind": "expire",
            "date": today,
            "name": self.env._("Good until %(day)s: %(reason)s", day=day, reason=entry.name),
        }

    @api.model
    def _warn(self, company, today=None):
        """Tells members once which of their points are about to expire; gives who was told."""
        today = today or fields.Date.context_today(self)
        soon = self.search(
            [
                ("company_id", "=", company.id),
                ("remaining", ">", 0),
                ("warning_date", "=", False),
                ("expiry_date", ">=", today),
                ("expiry_date", "<=", today + relativedelta(days=company.points_warning_days)),
            ]
        )
        if not soon:
            return soon.partner_id
        self.env.cr.execute(
            SQL(
                "UPDATE s2b2b_points_entry SET warning_date = %s WHERE id = ANY(%s)",
                today,
                soon.ids,
            )
        )
        self.invalidate_model(["warning_date"])
        template = self.env.ref(
            "s2b2b_member.mail_template_points_expiry", raise_if_not_found=False
        )
        reachable = soon.partner_id.filtered("email")
        if template and reachable:
            template.with_company(company).send_mail_batch(reachable.ids)
        return soon.partner_id
