from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, split_every

from .s2b2b_qualification import OPEN

BATCH = 100


class S2b2bQualification(models.Model):
    """Renewals ahead of the end of an approval, and requalifications after a suspension."""

    _inherit = "s2b2b.qualification"

    def action_submit(self):
        """A requalification is asked for after the cooling-off time only."""
        self._check_state("draft", "returned")
        for record in self.filtered(lambda r: r.partner_id.supplier_status == "eliminated"):
            if problems := record._find_readmission_obstacles():
                raise UserError(
                    self.env._(
                        "%(name)s: %(problem)s", name=record.partner_id.name, problem=problems[0]
                    )
                )
        return super().action_submit()

    def _awaits_applicant(self):
        """Whether it is the applicant's turn: to mend, or to start a renewal opened for it."""
        self.ensure_one()
        return self.state == "returned" or (self.state == "draft" and self.kind == "renewal")

    def _get_applicant_values(self):
        return {**super()._get_applicant_values(), "awaits_applicant": self._awaits_applicant()}

    def _applicant_state_text(self):
        if self.state != "draft" or self.kind != "renewal":
            return super()._applicant_state_text()
        return self.env._(
            "Your qualification ends on %s. Please send what is new, to renew it.",
            format_date(self.env, self.partner_id.supplier_valid_until),
        )

    @api.model
    def _cron_open_renewals(self):
        """Daily: opens the renewals that are due, in each company that has them opened ahead."""
        today = fields.Date.context_today(self)
        companies = self.env["res.company"].search(
            [("renewal_lead_days", ">", 0), ("s2b2b_start_date", "<=", today)], order="id"
        )
        for company in companies:
            due = self._find_due_renewals(company, companies, today)
            for ids in split_every(BATCH, due.ids):
                self.with_company(company)._open_renewals(due.browse(ids))
                self.env["ir.cron"]._commit_progress(len(ids))

    @api.model
    def _find_due_renewals(self, company, companies, today):
        """Suppliers that ``company`` renews now: the company that approved them, else the first."""
        partners = self.env["res.partner"].search(self._due_renewals_domain(company, today))
        running = self._read_group(
            Domain("partner_id", "in", partners.ids) & Domain("state", "in", OPEN), ["partner_id"]
        )
        partners -= self.browse().partner_id.union(*(partner for (partner,) in running))
        approved = self._find_last_approvals(partners)

        def is_ours(partner):
            home = approved.get(partner, self.browse()).company_id & companies
            return (home or companies[:1]) == company

        return partners.filtered(is_ours)

    @api.model
    def _due_renewals_domain(self, company, today):
        return (
            Domain("supplier_status", "in", ["qualified", "conditional"])
            & Domain("supplier_valid_until", ">=", today)
            & Domain("supplier_valid_until", "<=", today + timedelta(company.renewal_lead_days))
            & Domain("company_id", "in", [False, company.id])
        )

    @api.model
    def _find_last_approvals(self, partners):
        """{partner: its last approved qualification}, for those that have one."""
        groups = self._read_group(
            Domain("partner_id", "in", partners.ids)
            & Domain("state", "in", ["approved", "conditional"]),
            ["partner_id"],
            ["id:max"],
        )
        return {partner: self.browse(last) for partner, last in groups}

    @api.model
    def _open_renewals(self, partners):
        """Opens a renewal for each supplier, tells it by mail, and leaves the rest to staff."""
        last = self._find_last_approvals(partners)
        vals_list = [
            self._prepare_renewal_vals(partner, last.get(partner, self.browse()))
            for partner in partners
        ]
        renewals = self.create(vals_list)
        for renewal in renewals:
            renewal._link_certificates()
            renewal.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=renewal.partner_id.supplier_valid_until,
                summary=self.env._("Renew the qualification"),
                user_id=renewal.user_id.id or self.env.uid,
            )
        renewals._mail_applicant("s2b2b_supplier.mail_qualification_renewal")
        return renewals

    @api.model
    def _prepare_renewal_vals(self, partner, last):
        """Values of the next qualification of a supplier, from the last one and its present terms.

        The credit record is left out: it has to be asked for again.
        """
        came_back = partner.supplier_status in ("qualified", "conditional")
        return {
            "partner_id": partner.id,
            "contact_id": last.contact_id.id,
            "kind": "renewal" if came_back else "requalification",
            "user_id": last.user_id.id,
            "introduction": last.introduction,
            "category_ids": [Command.set(partner.supplier_category_ids.ids)],
            "max_amount": partner.supplier_max_amount,
            "currency_id": (partner.supplier_max_currency_id or self.env.company.currency_id).id,
        }
