from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.rectification import next_state
from ..tools.uploads import Upload


class S2b2bSupplierPortal(models.AbstractModel):
    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _get_tasks(self, supplier):
        """Rectifications that wait for the supplier's answer are to be done as well."""
        domain = self._rectifications_domain(supplier)
        waiting = self.env["s2b2b.rectification"].search(
            [*domain, ("state", "in", ["issued", "overdue"])]
        )
        tasks = [
            {
                "text": self.env._(
                    "%(name)s: please answer by %(day)s",
                    name=record.name,
                    day=self._date(record.due_date),
                ),
                "url": f"/my/supplier/rectifications/{record.id}",
                "urgent": True,
            }
            for record in waiting
        ]
        return sorted(super()._get_tasks(supplier) + tasks, key=lambda task: not task["urgent"])

    @api.model
    def _rectifications_domain(self, supplier):
        """What was never issued is the platform's own affair."""
        return [
            ("partner_id", "=", supplier.id),
            ("company_id", "=", self.env.company.id),
            ("issued_date", "!=", False),
        ]

    @api.model
    def _find_rectification(self, supplier, record_id):
        """The supplier's rectification of that number; empty for anybody else's."""
        return self.env["s2b2b.rectification"].search(
            [*self._rectifications_domain(supplier), ("id", "=", record_id)]
        )

    @api.model
    def _get_rectifications(self, supplier):
        records = self.env["s2b2b.rectification"].search(
            self._rectifications_domain(supplier), limit=100
        )
        return [self._prepare_rectification(record) for record in records]

    @api.model
    def _get_rectification(self, supplier, record_id):
        """One rectification with its lines, or None."""
        record = self._find_rectification(supplier, record_id)
        if not record:
            return None
        return {
            **self._prepare_rectification(record),
            "reason": record.reason or "",
            "review_note": record.review_note or "",
            "lines": [self._prepare_rectification_line(line) for line in record.line_ids],
        }

    @api.model
    def _prepare_rectification(self, record):
        return {
            "id": record.id,
            "name": record.name,
            "state": record.state,
            "state_text": self._selection(record, "state"),
            "outcome": record.outcome or "",
            "outcome_text": self._selection(record, "outcome"),
            "period": record._get_period_text(),
            "due": self._date(record.due_date),
            "round": record.round,
            "waits": bool(next_state("answer", record.state)),
        }

    @api.model
    def _prepare_rectification_line(self, line):
        return {
            "id": line.id,
            "name": line.name,
            "measured": line.value_text or "",
            "target": line.target_text or "",
            "suggestions": (line.suggestion or "").splitlines(),
            "root_cause": line.root_cause or "",
            "action": line.action or "",
            "done_date": str(line.done_date or ""),
            "done_text": self._date(line.done_date),
            "files": self._prepare_files(line.attachment_ids),
        }

    @api.model
    def _answer_rectification(self, supplier, record_id, form, files, contact):
        """Stores an answer; ``UserError`` says what is wrong with it.

        :param form: ``root_cause_<line>``, ``action_<line>``, ``done_date_<line>``
        :param files: {line id: [(name, bytes)]}
        """
        record = self._find_rectification(supplier, record_id)
        if not record:
            raise UserError(self.env._("This rectification is not yours, or it is gone."))
        answers = {
            line.id: {
                "root_cause": form.get(f"root_cause_{line.id}", "")[:5000].strip(),
                "action": form.get(f"action_{line.id}", "")[:5000].strip(),
                "done_date": self._read_date(form.get(f"done_date_{line.id}")),
                "files": [Upload(*file) for file in files.get(line.id, [])],
            }
            for line in record.line_ids
        }
        record._answer(contact, answers)

    @api.model
    def _read_date(self, text):
        try:
            return fields.Date.to_date(text or None) or False
        except ValueError:
            raise UserError(self.env._("Please write dates.")) from None
