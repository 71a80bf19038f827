from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.base.models.res_bank import sanitize_account_number

from ..tools.matching import Candidate, Entry

PARTNER_TYPES = ("asset_receivable", "liability_payable")


class MatchingInput(NamedTuple):
    """What the matching is given; keys are ids of statement lines and journal items."""

    entries: list
    candidates: list
    by_account: set
    """The statement lines whose partner only the bank account tells."""


class ReconcileInput(models.AbstractModel):
    """Reads bank transactions and open items for the matching, all at once."""

    _name = "s2b2b.reconcile.input"
    _description = "Input of a Reconciliation"

    @api.model
    def _prepare_matching_input(self, lines, company):
        """Return the entries of statement ``lines`` and every item of ``company`` they may pay."""
        lines = lines.filtered(lambda line: len(line._seek_for_lines()[1]) == 1)
        owners = self._find_owners(lines, company)
        entries, by_account = [], set()
        for line in lines:
            partner = line.partner_id.commercial_partner_id
            if not partner:
                partner = owners.get(sanitize_account_number(line.account_number), partner)
                by_account.update(line.ids if partner else ())
            entries.append(self._prepare_entry(line, partner, company))
        currencies = {entry.currency for entry in entries}
        items = self._find_items(lines.journal_id, company, currencies)
        return MatchingInput(entries, [self._prepare_candidate(i) for i in items], by_account)

    def _find_owners(self, lines, company):
        numbers = {sanitize_account_number(line.account_number) for line in lines} - {False}
        return self.env["res.partner.bank"]._find_owners(numbers, company)

    def _prepare_entry(self, line, partner, company):
        suspense = line._seek_for_lines()[1]
        return Entry(
            key=line.id,
            amount=self._to_units(-suspense.amount_currency, suspense.currency_id),
            currency=suspense.currency_id.id,
            date=line.date,
            partner=partner.id or None,
            account=line.account_number or None,
            name=line.partner_name or None,
            reference=line.s2b2b_references or line.ref or None,
            text=line.payment_ref or None,
            charges=self._to_units(line._get_booked_charges(), suspense.currency_id),
        )

    def _find_items(self, journals, company, currencies):
        """Return the open items that bank transactions of ``journals`` may pay.

        What is owed by or to partners, and payments that were registered before the bank had them.
        """
        owed = Domain("account_id.account_type", "in", PARTNER_TYPES) & Domain(
            "payment_id", "=", False
        )
        registered = (
            Domain("account_id.account_type", "not in", PARTNER_TYPES)
            & Domain("payment_id", "!=", False)
            & Domain("journal_id", "in", journals.ids)
        )
        domain = Domain(
            [
                ("company_id", "=", company.id),
                ("account_id.reconcile", "=", True),
                ("reconciled", "=", False),
                ("parent_state", "=", "posted"),
                ("currency_id", "in", list(currencies)),
                ("amount_residual_currency", "!=", 0),
            ]
        ) & (owed | registered)
        return self.env["account.move.line"].search(domain)

    def _prepare_candidate(self, item):
        partner = item.partner_id.commercial_partner_id
        reference, *others = item._get_payer_references() or [None]
        return Candidate(
            key=item.id,
            amount=self._to_units(item.amount_residual_currency, item.currency_id),
            currency=item.currency_id.id,
            date=item.invoice_date or item.date,
            partner=partner.id or None,
            account=None,
            name=partner.name or None,
            reference=reference,
            references=tuple(others),
        )

    def _to_units(self, amount, currency):
        return round(amount * 10**currency.decimal_places)
