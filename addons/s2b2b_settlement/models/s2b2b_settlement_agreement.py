from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SettlementAgreement(models.AbstractModel):
    """How both sides come to agree on a settlement: the verbs that portal, crons and staff call.

    ``s2b2b.settlement`` has the fields. The verbs are private: whoever calls them has checked who
    may. Doing the same twice changes nothing.
    """

    _name = "s2b2b.settlement.agreement"
    _description = "Agreement on a Settlement"

    def _send(self):
        """Send draft statements: their partners are told and may answer until a day."""
        drafts = self.filtered(lambda settlement: settlement.stage == "draft")
        for settlement in drafts:
            if not settlement.line_ids:
                raise UserError(self.env._("%(name)s has no lines.", name=settlement.name))
            days = settlement.company_id.settlement_confirm_days
            settlement._write_guarded(
                {
                    "stage": "sent",
                    "sent_at": fields.Datetime.now(),
                    "confirm_by": settlement._get_today() + timedelta(days=days),
                }
            )
        drafts._mail_partner("s2b2b_settlement.mail_template_settlement_sent")

    def _confirm(self, partner):
        """Take what is not disputed or held as agreed; the rest moves on to a later statement.

        :param partner: who confirms; empty: silence does
        """
        self._lock()
        for settlement in self.filtered(lambda s: s.stage != "confirmed"):
            settlement._check_stage("sent")
            settlement._move_on(settlement.line_ids.filtered(lambda line: line._is_set_aside()))
            if not settlement.line_ids.filtered(lambda line: line.kind != "tax"):
                raise UserError(
                    self.env._("Nothing in %(name)s is agreed on.", name=settlement.name)
                )
            settlement.line_ids._write_guarded({"state": "agreed"})
            settlement._write_guarded(settlement._prepare_confirmed_vals(partner))
            settlement.message_post(body=settlement._get_confirmed_text(partner))
        return True

    def _prepare_confirmed_vals(self, partner):
        return {
            "stage": "confirmed",
            "confirmed_at": fields.Datetime.now(),
            "confirmed_by_id": partner.id,
        }

    def _get_confirmed_text(self, partner):
        if partner:
            return self.env._("Confirmed by %(name)s.", name=partner.name)
        return self.env._(
            "Nobody disputed the statement until %(day)s: it is confirmed.", day=self.confirm_by
        )

    def _move_on(self, lines):
        """Take ``lines`` out of their statements until the next one is generated."""
        for settlement, moved in lines.grouped("settlement_id").items():
            moved = moved.filtered(lambda line: line.kind != "tax")
            for line in moved:
                origin = line.origin_settlement_id or settlement
                line._write_guarded({"settlement_id": False, "origin_settlement_id": origin.id})
            settlement._refresh_amounts()
            if moved:
                settlement.message_post(
                    body=self.env._(
                        "%(count)s lines move on to the next statement.", count=len(moved)
                    )
                )

    def _pick_lines(self, line_ids):
        """Return the lines of this statement that are meant by ids or records; see the action."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.kind != "tax")
        if line_ids:
            wanted = {int(line) for line in line_ids}
            picked = lines.filtered(lambda line: line.id in wanted)
            if len(picked) != len(wanted):
                raise UserError(self.env._("These lines are not in %(name)s.", name=self.name))
            return picked
        return lines.filtered("reason") or lines

    def _pick_disputed(self, line_ids, reason):
        """Return the lines a partner has ticked; it says which ones, and what is wrong with them.

        :param line_ids: as they came from a form
        """
        if not line_ids:
            raise UserError(self.env._("Tick the lines that are wrong."))
        if not (reason or "").strip():
            raise UserError(self.env._("Please write what is wrong."))
        if not all(str(item).isdecimal() for item in line_ids):
            raise UserError(self.env._("These lines are not in %(name)s.", name=self.name))
        return self._pick_lines(line_ids)

    def _dispute(self, lines, reason, partner):
        """Dispute ``lines`` of this sent statement, with all that belongs to their deliveries.

        :param reason: what is wrong; empty: the lines have their reason already
        :param partner: who disputes
        """
        self.ensure_one()
        self._lock()
        self._check_stage("sent")
        if lines.settlement_id != self:
            raise UserError(self.env._("These lines are not in %(name)s.", name=self.name))
        reason = (reason or "").strip() or self._get_default_reason(lines)
        for line in lines._get_with_siblings():
            line._check_answerable()
            line._write_guarded({"state": "disputed", "reason": reason or line.reason})
        for line in lines:
            line.message_post(
                body=line.reason, author_id=partner.id, subtype_xmlid="mail.mt_comment"
            )
        self._tell_staff_of_dispute(lines)

    def _get_default_reason(self, lines):
        """Return the reason of lines that were not given one, or False where each has its own."""
        if all(line.reason for line in lines):
            return False
        return self.env._("The whole statement is disputed.")

    def _tell_staff_of_dispute(self, lines):
        """Put the dispute on the list of whoever is responsible, once a statement."""
        # sudo: a portal user's answer makes work for staff
        settlement = self.sudo()
        settlement.message_post(
            body=self.env._(
                "%(count)s lines are disputed: %(reason)s",
                count=len(lines),
                reason=lines[:1].reason,
            )
        )
        if not settlement.activity_ids:
            settlement.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Disputed statement"),
                user_id=settlement.create_uid.id,
            )

    def _cancel(self):
        """Cancel statements that are not paid; what was posted is reversed."""
        self._lock()
        for settlement in self.filtered(lambda s: s.stage != "cancelled"):
            settlement._check_cancellable()
            settlement._reverse_documents()
            inherited = settlement.line_ids.filtered(
                lambda line, mine=settlement: (
                    line.origin_settlement_id and line.origin_settlement_id != mine
                )
            )
            inherited._write_guarded({"settlement_id": False})
            settlement._write_guarded({"stage": "cancelled"})
        return True

    def _check_cancellable(self):
        taken = self.carried_line_ids.filtered(lambda line: line.stage != "cancelled")
        if taken:
            raise UserError(
                self.env._(
                    "The balance of %(name)s is in %(later)s: cancel that first.",
                    name=self.name,
                    later=taken.settlement_id.name,
                )
            )

    @api.model
    def _cron_confirm_silent(self):
        """Remind of statements that wait for an answer, and confirm those nobody disputed."""
        companies = self.env["res.company"].search([("settlement_silence_confirms", "=", True)])
        waiting = self.search(
            Domain("company_id", "in", companies.ids)
            & Domain("state", "=", "sent")
            & Domain("confirm_by", "!=", False)
        )
        due = waiting.filtered(lambda settlement: settlement._is_overdue_for_answer())
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(due))
        for settlement in due:
            settlement._remind_or_confirm()
            if not cron._commit_progress(1):
                break

    def _is_overdue_for_answer(self):
        left = self._get_days_left()
        return left < 0 or self.reminder_count < self._count_reminders_due(left)

    def _get_days_left(self):
        self.ensure_one()
        return (self.confirm_by - self._get_today()).days

    def _remind_or_confirm(self):
        if self._get_days_left() < 0:
            self._confirm(self.env["res.partner"])
        else:
            self._write_guarded({"reminder_count": self.reminder_count + 1})
            self._mail_partner("s2b2b_settlement.mail_template_settlement_reminder")

    def _count_reminders_due(self, left):
        """Return how many reminders should have gone out with ``left`` days left: at half-time,
        and on the day before the last."""
        half = self.company_id.settlement_confirm_days / 2
        return int(left <= half) + int(left <= 1)

    def _mail_partner(self, template_xmlid):
        """Mail to the partner's contacts for finance; without an address nobody is mailed."""
        template = self.env.ref(template_xmlid)
        for settlement in self:
            contacts = settlement._get_finance_contacts()
            if contacts:
                settlement.message_post_with_source(
                    template,
                    subtype_xmlid="mail.mt_comment",
                    partner_ids=contacts.ids,
                )

    def _get_finance_contacts(self):
        self.ensure_one()
        # sudo: the role of contacts is hidden from those who are not staff
        partner = self.partner_id.sudo()
        finance = partner.child_ids.filtered(lambda contact: self._is_finance_contact(contact))
        return (finance or partner).filtered("email")

    def _is_finance_contact(self, contact):
        """Tell whether statements of this side are the ``contact``'s business."""
        field = f"{self.side}_role"
        return field in contact._fields and contact[field] in ("finance", "admin")
