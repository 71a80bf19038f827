from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.netting import netting

PAYABLE, RECEIVABLE = "liability_payable", "asset_receivable"


class SettlementNetting(models.AbstractModel):
    """Setting off what both sides owe each other, and taking documents back by reversal."""

    _name = "s2b2b.settlement.netting"
    _description = "Netting of a Settlement"

    def _net(self):
        """Set commission off against the bill, once all documents of a settlement are posted.

        What the supplier owed from settlements that were carried over is set off as well.
        """
        for settlement in self:
            documents = settlement._get_documents()
            invoices = documents.filtered(lambda move: move.is_invoice())
            if documents == invoices and all(move.state == "posted" for move in invoices):
                settlement._net_documents(invoices)

    def _net_documents(self, invoices):
        carried = self.line_ids.carried_from_id
        items = (invoices | carried._get_documents()).line_ids.filtered(
            lambda item: item.parent_state == "posted" and not item.reconciled
        )
        payable = items.filtered(lambda i: i.account_type == PAYABLE)
        receivable = items.filtered(lambda i: i.account_type == RECEIVABLE)
        unit = self.currency_id.rounding
        transfer = netting(
            round(-sum(payable.mapped("amount_residual_currency")) / unit),
            round(sum(receivable.mapped("amount_residual_currency")) / unit),
        )
        plan = [group for group in (payable, receivable) if len(group) > 1]
        if transfer:
            entry = self._create_netting_entry(transfer * unit, payable, receivable)
            plan = [
                payable | entry.line_ids.filtered(lambda i: i.account_type == PAYABLE),
                receivable | entry.line_ids.filtered(lambda i: i.account_type == RECEIVABLE),
            ]
        self.env["account.move.line"]._reconcile_plan(self._split_by_account(plan))

    def _split_by_account(self, plan):
        """Return the groups of ``plan`` by account: only items of one account are reconciled."""
        return [
            items
            for group in plan
            for items in group.grouped("account_id").values()
            if len(items) > 1
        ]

    def _create_netting_entry(self, amount, payable, receivable):
        """Create and post the entry that transfers ``amount`` from receivable to payable."""
        partner = self.partner_id.with_company(self.company_id)
        accounts = (
            payable.account_id[:1] or partner.property_account_payable_id,
            receivable.account_id[:1] or partner.property_account_receivable_id,
        )
        today = self._get_today()
        balance = self.currency_id._convert(
            amount, self.company_id.currency_id, self.company_id, today
        )
        entry = self.env["account.move"]._create_guarded(
            [
                {
                    "move_type": "entry",
                    "journal_id": self.company_id._get_settlement_journal("netting").id,
                    "date": today,
                    "ref": self.env._("Netting of %(name)s", name=self.name),
                    "settlement_id": self.id,
                    "line_ids": [
                        Command.create(
                            self._prepare_netting_line_vals(account, sign, amount, balance)
                        )
                        for account, sign in zip(accounts, (1, -1), strict=True)
                    ],
                }
            ]
        )
        entry.action_post()
        return entry

    def _prepare_netting_line_vals(self, account, sign, amount, balance):
        return {
            "account_id": account.id,
            "partner_id": self.partner_id.id,
            "name": self.name,
            "currency_id": self.currency_id.id,
            "amount_currency": sign * amount,
            "balance": sign * balance,
        }

    def _get_open_balance(self):
        """Return what the platform still owes by the documents; negative: the supplier owes it."""
        self.ensure_one()
        items = self._get_documents().line_ids.filtered(
            lambda item: (
                item.parent_state == "posted" and item.account_type in (PAYABLE, RECEIVABLE)
            )
        )
        return -sum(items.mapped("amount_residual_currency"))

    def _reverse_documents(self):
        """Reverse what is posted and delete drafts; documents that were paid are not reversed."""
        self.ensure_one()
        documents = self._get_documents()
        posted = documents.filtered(lambda move: move.state == "posted")
        self._undo_netting(posted)
        (documents - posted).unlink()
        today = self._get_today()
        posted._reverse_moves(
            [{"date": today, "invoice_date": m.is_invoice() and today} for m in posted],
            cancel=True,
        )

    def _undo_netting(self, posted):
        """Take apart what netting matched, and refuse where money was paid."""
        items = posted.line_ids.filtered(lambda i: i.account_type in (PAYABLE, RECEIVABLE))
        partials = items.matched_debit_ids | items.matched_credit_ids
        others = (partials.debit_move_id | partials.credit_move_id).move_id - posted
        carried = self.line_ids.carried_from_id._get_documents()
        if others - carried:
            raise UserError(
                self.env._("%(name)s was paid and cannot be cancelled any more.", name=self.name)
            )
        items.remove_move_reconcile()
