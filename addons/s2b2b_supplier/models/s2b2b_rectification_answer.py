from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import split_every

from ..tools.uploads import check_uploads, file_type, safe_name

BATCH = 200


class S2b2bRectification(models.Model):
    """The supplier's answer, and the time it has for it."""

    _inherit = "s2b2b.rectification"

    def action_answer(self):
        """Registers an answer that staff have written into the lines."""
        self._lock()
        self._check_step("answer")
        self._register_answer(self.env.user.partner_id)

    def _answer(self, contact, answers):
        """The supplier's answer from its portal; the caller has checked whose it is.

        :param answers: {line id: {"root_cause", "action", "done_date", "files": [Upload]}}
        """
        self.ensure_one()
        self._lock()
        self._check_step("answer")
        for line in self.line_ids:
            if line.id in answers:
                self._store_answer(line, dict(answers[line.id]))
        self._register_answer(contact)

    def _store_answer(self, line, answer):
        files = answer.pop("files", [])
        if problem := check_uploads(files):
            raise UserError(self.env["s2b2b.certificate"]._upload_text(problem))
        commands = [
            Command.create(
                {
                    "name": safe_name(file.name),
                    "raw": file.content,
                    "mimetype": file_type(file.content),
                    "res_model": line._name,
                    "res_id": line.id,
                }
            )
            for file in files
        ]
        line.write({**answer, **({"attachment_ids": commands} if commands else {})})

    def _register_answer(self, contact):
        for record in self:
            for line in record.line_ids:
                if not line._is_answered():
                    raise UserError(
                        self.env._("%s: please write root cause and action.", line.name)
                    )
        self._move("answer", answered_at=fields.Datetime.now())
        for record in self:
            record._keep_round(contact)
            record._ask_responsible(self.env._("Review the supplier's answer"))

    def _keep_round(self, contact):
        """The answers of each round stay readable in the chatter."""
        parts = [
            self.env._(
                "%(name)s: %(cause)s / %(action)s",
                name=line.name,
                cause=line.root_cause,
                action=line.action,
            )
            for line in self.line_ids
        ]
        head = self.env._(
            "Round %(round)s, answered by %(contact)s.", round=self.round, contact=contact.name
        )
        self._message_log(body="\n".join([head, *parts]))

    def _ask_responsible(self, summary):
        user = self.user_id
        self.activity_unlink(["mail.mail_activity_data_todo"])
        if user.active:
            self.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, summary=summary)

    @api.model
    def _cron_follow_up(self):
        """Daily: reminds before the due date, and marks what is overdue; companies that began."""
        for company in self.env["res.company"].search([("s2b2b_start_date", "!=", False)]):
            today = fields.Date.context_today(self.with_company(company))
            soon = today + timedelta(days=company.rectification_reminder_days)
            issued = Domain("state", "=", "issued") & Domain("company_id", "=", company.id)
            late = issued & Domain("due_date", "<", today)
            near = (
                issued
                & Domain("due_date", ">=", today)
                & Domain("due_date", "<=", soon)
                & Domain("is_reminded", "=", False)
            )
            for domain, step in ((late, "_lapse"), (near, "_remind")):
                for ids in split_every(BATCH, self.search(domain).ids):
                    getattr(self.browse(ids), step)()
                    self.env["ir.cron"]._commit_progress(len(ids))

    def _lapse(self):
        """The time is over: silence counts as failed for as long as it lasts."""
        self._move("lapse")
        self._tell("s2b2b_supplier.mail_rectification_reminder")
        for record in self:
            record._ask_responsible(self.env._("The supplier has not answered in time"))
        self._after_failure()

    def _remind(self):
        self._write_guarded({"is_reminded": True})
        self._tell("s2b2b_supplier.mail_rectification_reminder")
