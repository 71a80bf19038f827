from dateutil.relativedelta import relativedelta

from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date


class S2b2bQualificationDecision(models.AbstractModel):
    """The end of a qualification: who may decide, what forbids it, and what it changes."""

    _name = "s2b2b.qualification.decision"
    _description = "Decision on a Qualification"

    def action_approve(self, reason=None):
        self._check_state("audit")
        for record in self:
            if record.credit_adverse and not (reason or record.decision_reason or "").strip():
                raise UserError(
                    self.env._(
                        "%s: there are adverse entries in the credit record; "
                        "write why it is approved nevertheless.",
                        record.name,
                    )
                )
            text = record.decision_reason or self.env._("All requirements are met.")
            record._decide("approved", reason or text)

    def action_approve_conditional(self, reason=None):
        for record in self:
            if not (record.category_ids or record.max_amount or record.valid_until):
                raise UserError(
                    self.env._(
                        "A conditional approval needs a condition: product categories, the "
                        "largest order, or the day until which it holds."
                    )
                )
        self._decide("conditional", reason)

    def action_reject(self, reason=None):
        self._check_state("submitted", "review", "audit")
        self._check_decider()
        for record in self:
            record._close("rejected", record._get_reason(reason))
            record._mail_applicant("s2b2b_supplier.mail_qualification_rejected")

    def _decide(self, state, reason):
        self._check_state("audit")
        self._check_decider()
        for record in self:
            why = record._get_reason(reason)
            if problems := record._find_obstacles():
                raise UserError(
                    self.env._("%s cannot be approved:", record.partner_id.name)
                    + "".join(f"\n• {problem}" for problem in problems)
                )
            record._set_decision(state, why)
            record._apply_approval(state, why)
            record._grant_portal_access()
            record._mail_applicant("s2b2b_supplier.mail_qualification_approved")

    def _find_obstacles(self):
        """Everything that forbids an approval, as sentences."""
        self.ensure_one()
        problems = []
        if self.missing_type_ids:
            names = ", ".join(self.missing_type_ids.mapped("name"))
            problems.append(self.env._("No verified and valid certificate: %s", names))
        failed = self.line_ids.filtered(lambda line: line.is_critical and line.verdict == "fail")
        if failed:
            problems.append(
                self.env._("Failed critical criteria: %s", ", ".join(failed.mapped("name")))
            )
        blank = self.line_ids.filtered(lambda line: line.is_critical and not line.verdict)
        if blank:
            problems.append(
                self.env._("Critical criteria not assessed: %s", ", ".join(blank.mapped("name")))
            )
        suppliers = self.duplicate_ids.filtered(lambda p: p.supplier_status != "none")
        if suppliers:
            names = ", ".join(suppliers.mapped("name"))
            problems.append(self.env._("Another supplier has the same tax number: %s", names))
        if self.valid_until and self.valid_until < fields.Date.context_today(self):
            problems.append(self.env._("The day until which it would be valid has passed."))
        return [*problems, *self._find_readmission_obstacles()]

    def _find_readmission_obstacles(self):
        """An eliminated supplier comes back by a requalification, after its cooling-off time."""
        partner = self.partner_id
        if partner.supplier_status != "eliminated":
            return []
        if self.kind != "requalification":
            return [self.env._("It was eliminated: only a requalification can readmit it.")]
        day = partner._supplier_readmission_day(self.company_id)
        if day and day > fields.Date.context_today(self):
            return [
                self.env._(
                    "It was eliminated: it can be readmitted from %s.", format_date(self.env, day)
                )
            ]
        return []

    def _check_decider(self):
        """Managers decide, and nobody decides on what they audited themselves (four eyes)."""
        if not self.env.su and not self.env.user.has_group("s2b2b_supplier.group_manager"):
            raise AccessError(self.env._("Only supplier managers decide on qualifications."))
        for record in self:
            if self.env.user in record.auditor_id | record.assessor_ids:
                raise UserError(
                    self.env._("%s: you audited it, so somebody else has to decide.", record.name)
                )

    def _get_reason(self, reason):
        text = (reason or self.decision_reason or "").strip()
        if not text:
            raise UserError(self.env._("Write the reason of the decision first."))
        return text

    def _set_decision(self, state, reason):
        self._write_guarded(
            {
                "state": state,
                "decision_reason": reason,
                "decided_by_id": self.env.uid,
                "decision_date": fields.Datetime.now(),
            }
        )

    def _close(self, state, reason):
        """Ends without an approval: what the application itself had changed is taken back."""
        self._set_decision(state, reason)
        partner = self.partner_id
        if self.valid_until_before:
            partner._supplier_set_validity(self.valid_until_before)
        if partner.supplier_status == "applicant":
            partner._supplier_withdraw(f"{self.name}: {reason}")

    def _prepare_terms(self, state):
        """The partner fields that an approval sets."""
        months = self.company_id.supplier_validity_months
        start = self._validity_start()
        return {
            "supplier_category_ids": [Command.set(self.category_ids.ids)],
            "supplier_valid_until": self.valid_until or start + relativedelta(months=months),
            "supplier_max_amount": self.max_amount if state == "conditional" else 0,
            "supplier_max_currency_id": self.currency_id.id,
            "supplier_suspended_category_ids": [Command.clear()],
        }

    def _validity_start(self):
        """A renewal that came in time goes on where the present approval ends."""
        today = fields.Date.context_today(self)
        return max(self.valid_until_before or today, today)

    def _apply_approval(self, state, reason):
        partner = self.partner_id
        terms = self._prepare_terms(state)
        conditional = state == "conditional"
        if partner.supplier_status == "eliminated":
            partner._supplier_readmit(reason, conditional=conditional, **terms)
        elif conditional:
            partner._supplier_condition(reason, **terms)
        else:
            partner._supplier_qualify(reason, **terms)
