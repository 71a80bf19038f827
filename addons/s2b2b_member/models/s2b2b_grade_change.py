import json
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from .s2b2b_member_figures import CHUNK, READERS

MOVED = ("placed", "placed_lowest", "raised", "lowered")
KEPT = ("kept", "kept_lowest")
TOLD = ("at_risk", "no_review_date")
MEMBER_FIELDS = ["grade_id", "grade_since", "grade_review_date"]


class S2b2bGradeChange(models.Model):
    """A member's step from one tier to another, with the figures it was decided on."""

    _name = "s2b2b.grade.change"
    _description = "Tier Change"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Member", required=True, index=True, ondelete="cascade", readonly=True
    )
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    from_grade_id = fields.Many2one("res.partner.grade", string="From", readonly=True)
    to_grade_id = fields.Many2one("res.partner.grade", string="To", readonly=True, index=True)
    direction = fields.Selection(
        [("up", "Up"), ("down", "Down"), ("new", "First tier")], required=True, readonly=True
    )
    reason = fields.Selection(
        [
            ("placed", "Placed by its figures"),
            ("placed_lowest", "Placed in the lowest tier"),
            ("raised", "Raised: its figures meet the tier"),
            ("lowered", "Lowered at the review, after notice"),
            ("manual", "Set by hand"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Set by", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(string="Purchases", readonly=True)
    order_count = fields.Integer(string="Invoices", readonly=True)
    month_count = fields.Integer(string="Months as Member", readonly=True, aggregator="avg")
    rated_count = fields.Integer(string="Invoices Due", readonly=True)
    on_time_count = fields.Integer(string="Paid on Time", readonly=True)

    @api.model
    def _apply_decisions(self, rows, decisions, today):
        """Moves, reviews and notifies members as decided, in bulk; gives the changes made."""
        by_code = defaultdict(list)
        for row in rows:
            by_code[decisions[row.partner_id].reasons[0].code].append(row)
        moved = [row for code in MOVED for row in by_code[code]]
        told = [row for row in by_code["notify"] if self._is_due(row, today)]
        kept = [row for code in KEPT for row in by_code[code] if _is_past(row, today)]
        self._update_members(
            [self._prepare_move(row, decisions[row.partner_id], today) for row in moved]
            + [self._prepare_prolongation(row, today) for row in kept]
            + [self._prepare_notice(row, today) for row in told]
        )
        notices = {row.partner_id: row.notice_date for code in TOLD for row in by_code[code]}
        notices |= {row.partner_id: today for row in told}
        self.env["s2b2b.member.figures"]._store(rows, decisions, notices, today)
        changes = self._create_changes(moved, decisions, today)
        changes._grant_benefits()
        self._send_notices(self.env["res.partner"].browse(row.partner_id for row in told))
        return changes

    @api.model
    def _is_due(self, row, today):
        """Whether a member at risk is told now: its notice must end before its review."""
        days = timedelta(days=self._get_grade(row.tier).notice_days)
        return not row.review_date or row.review_date - today <= days

    @api.model
    def _get_grade(self, grade_id):
        # Tiers are the group's; rules of other modules on them do not change what is decided.
        return self.env["res.partner.grade"].sudo().browse(grade_id)

    @api.model
    def _prepare_move(self, row, decision, today):
        return {
            "id": row.partner_id,
            "grade_id": decision.tier,
            "since": today,
            "review": self._get_grade(decision.tier)._get_next_review_date(today),
        }

    @api.model
    def _prepare_prolongation(self, row, today):
        review = self._get_grade(row.tier)._get_next_review_date(today)
        return {"id": row.partner_id, "review": review}

    @api.model
    def _prepare_notice(self, row, today):
        end = today + timedelta(days=self._get_grade(row.tier).notice_days)
        return {"id": row.partner_id, "review": max(end, row.review_date or end)}

    @api.model
    def _update_members(self, values):
        """One statement for all of them; what is not given stays."""
        if not values:
            return
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner AS p
                   SET grade_id = COALESCE(new.grade_id, p.grade_id),
                       grade_since = COALESCE(new.since, p.grade_since),
                       grade_review_date = new.review,
                       write_uid = %(uid)s,
                       write_date = now() AT TIME ZONE 'UTC'
                  FROM jsonb_to_recordset(%(values)s::jsonb)
                       AS new (id int, grade_id int, since date, review date)
                 WHERE p.id = new.id
                """,
                uid=self.env.uid,
                values=json.dumps(values, default=str),
            )
        )
        self.env["res.partner"].invalidate_model([*MEMBER_FIELDS, *READERS])
        self.env["res.partner"].browse(v["id"] for v in values).modified(MEMBER_FIELDS)

    @api.model
    def _create_changes(self, moved, decisions, today):
        """Writes the history, ten thousand steps a statement: it comes about with the step only."""
        ids = []
        currency = self.env["res.partner.grade"]._get_tier_currency()
        for some in split_every(CHUNK, moved):
            values = [
                self._prepare_change_vals(row, decisions[row.partner_id], today, currency)
                for row in some
            ]
            rows = self.env.execute_query(self._get_create_query(values))
            ids += [change_id for (change_id,) in rows]
        self.env["res.partner"].invalidate_model(["grade_change_ids", "grade_change_count"])
        # Nobody may write the history by hand.
        return self.sudo().browse(ids)

    @api.model
    def _get_create_query(self, values):
        return SQL(
            """
            INSERT INTO s2b2b_grade_change (
                   partner_id, date, from_grade_id, to_grade_id, direction, reason, currency_id,
                   amount, order_count, month_count, rated_count, on_time_count,
                   create_uid, create_date, write_uid, write_date)
            SELECT new.*, %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
              FROM jsonb_to_recordset(%(values)s::jsonb) AS new (
                   partner_id int, date date, from_grade_id int, to_grade_id int,
                   direction varchar, reason varchar, currency_id int, amount numeric,
                   order_count int, month_count int, rated_count int, on_time_count int)
            RETURNING id
            """,
            uid=self.env.uid,
            values=json.dumps(values, default=str),
        )

    @api.model
    def _prepare_change_vals(self, row, decision, today, currency):
        return {
            **self._prepare_step_vals(row.partner_id, row.tier, decision.tier),
            "date": today,
            "reason": decision.reasons[0].code,
            "currency_id": currency.id,
            "amount": currency.round(row.amount * currency.rounding),
            "order_count": row.orders,
            "month_count": row.months,
            "rated_count": row.rated,
            "on_time_count": row.on_time,
        }

    @api.model
    def _prepare_step_vals(self, partner_id, from_id, to_id):
        ranks = [
            self._get_grade(grade_id).rank if grade_id else -1 for grade_id in (from_id, to_id)
        ]
        direction = "up" if ranks[1] > ranks[0] else "down"
        return {
            "partner_id": partner_id,
            "from_grade_id": from_id,
            "to_grade_id": to_id,
            "direction": direction if from_id else "new",
        }

    @api.model
    def _is_shown(self, row, decision, today):
        """Whether a preview names the member: it would move, or be told today."""
        code = decision.reasons[0].code
        return code in MOVED or (code == "notify" and self._is_due(row, today))

    @api.model
    def _prepare_preview_vals(self, row, decision, currency):
        figures = self.env["s2b2b.member.figures"]
        step = self._prepare_step_vals(row.partner_id, row.tier, decision.tier)
        direction = step.pop("direction")
        return {
            **step,
            "outcome": direction if decision.tier != row.tier else "notice",
            "currency_id": currency.id,
            "amount": row.amount * currency.rounding,
            "order_count": row.orders,
            "missing": figures._format_missing(figures._get_missing(decision, currency), currency),
        }

    @api.model
    def _record_manual(self, former, grade):
        """The step of members whose tier somebody set, ``{member: its former tier}``."""
        # The history and the figures are not for everybody who may edit a contact.
        figures = self.env["s2b2b.member.figures"].sudo()
        known = figures.search([("partner_id", "in", [member.id for member in former])])
        by_member = known.grouped("partner_id")
        # As above, and nobody may write the history by hand.
        return self.sudo().create(
            [
                {
                    **self._prepare_step_vals(member.id, old.id, grade.id),
                    **by_member.get(member, figures.browse())._prepare_snapshot(),
                    "reason": "manual",
                    "user_id": self.env.uid,
                }
                for member, old in former.items()
            ]
        )

    def _grant_benefits(self):
        """What the new tiers give, one statement a tier, and a note in each member's chatter.

        A first tier leaves no note: the member's chatter would begin with what its page says.
        """
        for grade, changes in self.grouped("to_grade_id").items():
            self.env["s2b2b.tier.benefit"]._grant(grade, changes.partner_id)
        moved = self.filtered("from_grade_id")
        if moved:
            moved.partner_id._message_log_batch(
                bodies={change.partner_id.id: change._get_note() for change in moved}
            )

    def _get_note(self):
        self.ensure_one()
        return self.env._(
            "Tier: %(former)s → %(tier)s. %(reason)s.",
            former=self.from_grade_id.name or "–",
            tier=self.to_grade_id.name or "–",
            reason=dict(self._fields["reason"]._description_selection(self.env))[self.reason],
        )

    @api.model
    def _send_notices(self, members):
        """Tells members what they lack, and their account manager in the chatter."""
        template = self.env.ref("s2b2b_member.mail_template_tier_notice", raise_if_not_found=False)
        reachable = members.filtered("email")
        if template and reachable:
            template.send_mail_batch(reachable.ids)
        if members:
            members._message_log_batch(bodies={m.id: m.tier_notice or "" for m in members})


def _is_past(row, today):
    return not row.review_date or row.review_date <= today
