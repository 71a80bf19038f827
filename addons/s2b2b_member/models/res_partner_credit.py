from odoo import api, fields, models

from .s2b2b_credit_gate import CREDIT_PARTS

STAFF = "s2b2b_member.group_user"


class ResPartner(models.Model):
    """What members owe and may owe, in the present company."""

    _inherit = "res.partner"

    credit_policy = fields.Selection(
        "_selection_credit_policy",
        company_dependent=True,
        groups=STAFF,
        help="Empty: as the tier says; a credit limit that is set is checked.",
    )
    credit_currency_id = fields.Many2one(
        "res.currency", compute="_compute_credit_available", groups=STAFF
    )
    credit_exposure = fields.Monetary(
        string="Credit in Use",
        compute="_compute_credit_available",
        currency_field="credit_currency_id",
        groups=STAFF,
    )
    member_credit_limit = fields.Monetary(
        string="Credit Granted",
        compute="_compute_credit_available",
        currency_field="credit_currency_id",
        groups=STAFF,
        help="The limit in this company, and what was granted beyond it for a while.",
    )
    credit_available = fields.Monetary(
        compute="_compute_credit_available", currency_field="credit_currency_id", groups=STAFF
    )
    credit_use = fields.Float(
        string="Credit Use (%)", compute="_compute_credit_available", groups=STAFF
    )
    credit_due = fields.Monetary(
        string="Due",
        compute="_compute_credit_available",
        currency_field="credit_currency_id",
        groups=STAFF,
        help="Open invoices less payments on account and credit notes.",
    )
    credit_overdue = fields.Monetary(
        string="Overdue",
        compute="_compute_credit_available",
        currency_field="credit_currency_id",
        groups=STAFF,
        help="Open invoices that are overdue for more days than the company takes.",
    )
    credit_drafts = fields.Monetary(
        string="Draft Invoices",
        compute="_compute_credit_available",
        currency_field="credit_currency_id",
        groups=STAFF,
    )
    credit_ordered = fields.Monetary(
        string="Open Orders",
        compute="_compute_credit_available",
        currency_field="credit_currency_id",
        groups=STAFF,
        help="Ordered and still to be delivered or invoiced, with tax.",
    )
    credit_down_payments = fields.Monetary(
        string="Down Payments",
        compute="_compute_credit_available",
        currency_field="credit_currency_id",
        groups=STAFF,
        help="What of the open orders was invoiced ahead.",
    )
    credit_reserved = fields.Monetary(
        string="Paid for Quotations",
        compute="_compute_credit_available",
        currency_field="credit_currency_id",
        groups=STAFF,
        help="Money that came for orders not confirmed yet: it carries these and no others.",
    )
    tier_credit_limit = fields.Float(
        string="Credit Limit of the Tier", company_dependent=True, readonly=True, groups=STAFF
    )

    @api.model
    def _selection_credit_policy(self):
        return self.env["res.partner.grade"]._selection_credit_policy()

    @api.depends_context("company")
    def _compute_credit_available(self):
        """Only what is checked against a limit has credit; prepaid members have what they paid."""
        company = self.env.company
        members = self.commercial_partner_id._origin
        gate = self.env["s2b2b.credit.gate"]
        parts = gate._get_exposures(members, company)
        reserved = gate._get_reserved(members, company)
        accounts = gate._prepare_accounts(members, company, None, reserved, parts)
        kept = gate._sum_reserved(reserved)
        for partner in self:
            key = partner.commercial_partner_id._origin.id
            # Not core's currency_id: its cache does not tell the companies apart.
            partner.credit_currency_id = company.currency_id
            partner._set_credit(accounts.get(key), company.currency_id.rounding)
            for part in CREDIT_PARTS:
                partner[f"credit_{part}"] = parts.get(key, {}).get(part, 0.0)
            partner.credit_reserved = kept.get(key, 0.0)

    def _set_credit(self, account, unit):
        checked = account and account.policy != "none"
        limit = account.limit if checked and account.policy == "limit" else 0
        used = account.exposure if account else 0
        self.credit_exposure = used * unit
        self.member_credit_limit = limit * unit
        self.credit_available = max(limit - used, 0) * unit if checked else 0
        self.credit_use = min(max(100 * used / limit, 0), 100) if limit else 0

    def _credit_exposure(self):
        """What each partner's company owes and has on order in the present company.

        :return: ``{partner id: amount in the company's currency}``
        """
        members = self.commercial_partner_id
        parts = self.env["s2b2b.credit.gate"]._get_exposures(members, self.env.company)
        total = {
            key: self.env.company.currency_id.round(sum(p.values())) for key, p in parts.items()
        }
        return {partner.id: total[partner.commercial_partner_id.id] for partner in self}

    def _get_credit_policy(self):
        """``none``, ``limit`` or ``prepaid``: the member's own, else its tier's.

        Where neither says anything, a limit that is set is meant to be checked.
        """
        self.ensure_one()
        unsaid = "limit" if self.credit_limit else "none"
        return self.credit_policy or self.grade_id.credit_policy or unsaid
