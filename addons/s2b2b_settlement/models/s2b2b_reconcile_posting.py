from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import split_every

BATCH = 200


class ReconcilePosting(models.AbstractModel):
    """How matches get into the ledger and out of it again."""

    _name = "s2b2b.reconcile.posting"
    _description = "Posting of Bank Matches"

    def _post(self):
        """Post these matches in batches; what cannot be posted waits with the reason.

        :return: the matches that were posted
        """
        posted = self.browse()
        for ids in split_every(BATCH, self.ids):
            posted |= self.browse(ids)._post_batch()
        return posted

    def _post_batch(self):
        possible = self.filtered(lambda match: not match._keep_waiting(match._get_obstacle()))
        if not possible:
            return possible
        try:
            with self.env.cr.savepoint():
                possible._write_to_ledger()
        except AccessError:
            raise
        except UserError as error:
            if len(possible) == 1:
                possible._keep_waiting(("failed", {"error": str(error)}))
                return self.browse()
            half = len(possible) // 2
            return possible[:half]._post_batch() | possible[half:]._post_batch()
        return possible

    def _keep_waiting(self, obstacle):
        """Add ``obstacle`` to the reasons; tell whether there is one."""
        if obstacle:
            self._write_guarded({"reasons": [*self.reasons, list(obstacle)]})
        return bool(obstacle)

    def _get_obstacle(self):
        """Return code and params of what forbids posting this match now, if anything does."""
        self.ensure_one()
        return (
            self._get_transaction_obstacle()
            or self._get_item_obstacle()
            or self._get_pairing_obstacle()
        )

    def _get_transaction_obstacle(self):
        lines = self.statement_line_ids
        if any(line.is_reconciled or len(line._get_suspense_lines()) != 1 for line in lines):
            return "reconciled", {}
        locks = self._get_locks()
        if locks:
            return "closed", {"locks": self.env["res.company"]._format_lock_dates(locks)}
        return None

    def _get_locks(self):
        """Return the lock dates that forbid to change the bank transactions."""
        return [
            lock
            for line in self.statement_line_ids
            for lock in line.company_id._get_violated_lock_dates(line.date, False, line.journal_id)
        ]

    def _get_item_obstacle(self):
        items = self.move_line_ids
        if not items:
            return "empty", {}
        gone = items.filtered(lambda item: item.reconciled or item.parent_state != "posted")
        if gone:
            return "not_open", {"items": ", ".join(gone.mapped("move_name"))}
        held = items.filtered(lambda item: item.move_id.payment_state == "blocked")
        if held:
            return "held", {"items": ", ".join(held.mapped("move_name"))}
        return None

    def _get_pairing_obstacle(self):
        items = self.move_line_ids
        if len(items.account_id) > 1:
            return "accounts", {"accounts": ", ".join(items.account_id.mapped("display_name"))}
        partners = items.partner_id.commercial_partner_id
        if len(partners) > 1:
            return "partners", {"partners": ", ".join(partners.mapped("name"))}
        if items.currency_id != self.currency_id:
            return "currencies", {}
        if self._get_leg() and self.currency_id != self.company_id.currency_id:
            return "foreign_difference", {}
        return None

    def _get_charges(self):
        return sum(line._get_booked_charges() for line in self.statement_line_ids)

    def _get_difference(self):
        """Return what was paid, charges added, less what is open on the items."""
        owed = sum(self.move_line_ids.mapped("amount_residual_currency"))
        return self.currency_id.round(self.amount + self._get_charges() - owed)

    def _get_booked_difference(self):
        """Return the difference that is booked: none where it is above the company's tolerance."""
        difference = self._get_difference()
        rules = self.company_id._get_matching_rules()
        units = 10**self.currency_id.decimal_places
        owed = sum(self.move_line_ids.mapped("amount_residual_currency"))
        allowed = rules.allowed(round(owed * units))
        return difference if abs(round(difference * units)) <= allowed else 0.0

    def _get_leg(self):
        """Return what the entry of the difference has on the account of the items (debit > 0)."""
        return self.currency_id.round(self._get_booked_difference() - self._get_charges())

    def _write_to_ledger(self):
        """Relabel the suspense lines and reconcile them with the items, all in one plan."""
        self._create_difference_moves()
        plan = []
        for match in self:
            legs = match.difference_move_id.line_ids.filtered(
                lambda line, account=match.move_line_ids.account_id: line.account_id == account
            )
            suspense = match.statement_line_ids._get_suspense_lines()
            plan.append(suspense + match.move_line_ids + legs)
        self._relabel()
        self.env["account.move.line"]._reconcile_plan(plan)
        self._write_guarded({"state": "posted"})

    def _relabel(self):
        """Put the suspense lines on the account and partner of the items, few writes for all."""
        lines = self.env["account.move.line"].with_context(skip_account_move_synchronization=True)
        by_account, by_partner = {}, {}
        for match in self:
            suspense = match.statement_line_ids._get_suspense_lines()
            account, partner = match.move_line_ids.account_id, match.move_line_ids.partner_id[:1]
            by_account[account] = by_account.get(account, lines) | suspense
            other = suspense.filtered(lambda line, partner=partner: line.partner_id != partner)
            by_partner[partner] = by_partner.get(partner, lines) | other
        for account, suspense in by_account.items():
            lines.browse(suspense.ids).write({"account_id": account.id})
        for partner, suspense in by_partner.items():
            if suspense:
                lines.browse(suspense.ids).write({"partner_id": partner.id})

    def _create_difference_moves(self):
        """Book charges and tolerated differences of these matches, in one batch of entries."""
        differing = self.filtered(lambda match: match._get_leg() or match._get_charges())
        moves = self.env["account.move"].create(
            [match._prepare_difference_vals() for match in differing]
        )
        moves.action_post()
        for match, move in zip(differing, moves, strict=True):
            match._write_guarded({"difference_move_id": move.id})

    def _prepare_difference_vals(self):
        """Return the entry that takes charges and difference off the account of the items."""
        company = self.company_id
        items, label = self.move_line_ids, self.label or self.env._("Bank difference")
        balances = [
            (items.account_id, self._get_leg()),
            (company.bank_charge_account_id, self._get_charges()),
            (company.reconcile_difference_account_id, -self._get_booked_difference()),
        ]
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": company._get_settlement_journal("netting").id,
            "date": self.date,
            "ref": label,
            "line_ids": [
                Command.create(
                    {
                        "name": label,
                        "account_id": account.id,
                        "partner_id": items.partner_id[:1].id,
                        "balance": balance,
                    }
                )
                for account, balance in balances
                if balance
            ],
        }

    def _undo(self):
        """Bring back bank transactions and open items as they were before these were posted."""
        posted = self.filtered(lambda match: match.state == "posted")
        posted._check_open_period()
        for ids in split_every(BATCH, posted.ids):
            posted.browse(ids)._undo_batch()

    def _check_open_period(self):
        for match in self:
            locks = match._get_locks()
            if locks:
                raise UserError(
                    self.env._(
                        "%(match)s of %(date)s lies in a closed period: %(locks)s.",
                        match=match.display_name,
                        date=match.date,
                        locks=self.env["res.company"]._format_lock_dates(locks),
                    )
                )

    def _undo_batch(self):
        standing = self.filtered(lambda match: match._is_standing())
        standing.statement_line_ids.action_undo_reconciliation()
        entries = self.difference_move_id.filtered(
            lambda move: move.state == "posted" and not move.reversal_move_ids
        )
        entries._reverse_moves([{"date": move.date} for move in entries], cancel=True)
        self._write_guarded({"state": "undone"})

    def _is_standing(self):
        """Tell whether transactions and items are still reconciled with one another: what somebody
        has undone by hand, and perhaps matched anew, is not ours to undo."""
        items = self.move_line_ids
        others = items.matched_debit_ids.debit_move_id | items.matched_credit_ids.credit_move_id
        return self.statement_line_ids.move_id <= others.move_id
