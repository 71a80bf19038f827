from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.base.models.res_bank import sanitize_account_number

BANK_TYPES = ("bank", "credit")


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def action_import_bank_file(self):
        """Open the upload of bank files for these journals."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "s2b2b_settlement.s2b2b_bank_import_action"
        )
        action["context"] = {"default_journal_id": self[:1].id}
        return action

    def _import_bank_file(self, name, content):
        """Make bank statements of the bank file ``content`` (bytes) called ``name``.

        The journals that may take the statements are these, or all bank journals of the company
        where there are none; each statement goes to the one with its account number, and a single
        journal without a number takes over that of the file. Movements that are already there are
        left out, so the same file twice makes nothing.

        :return: the new ``account.bank.statement`` records
        :raises UserError: naming the place at fault; nothing is saved then
        """
        statements = self.env["s2b2b.bank.file"]._read(name, content)
        made = self.env["account.bank.statement"]
        with self.env.cr.savepoint():
            attachment = self.env["ir.attachment"].create({"name": name, "raw": content})
            for statement in statements:
                journal = self._find_bank_journal(statement)
                journal._check_bank_statement(statement)
                made |= journal._create_bank_statement(statement, attachment)
            if not made:
                attachment.unlink()
        return made

    def _find_bank_journal(self, statement):
        """Return the journal for the account of ``statement``, read from a bank file."""
        number = sanitize_account_number(statement.account)
        journals = (self or self._get_bank_journals()).filtered(lambda j: j.type in BANK_TYPES)
        found = journals.filtered(lambda j: sanitize_account_number(j.bank_acc_number) == number)
        of_currency = found.filtered(lambda j: j._get_bank_currency().name == statement.currency)
        if found:
            return (of_currency or found)[0]
        if journals == self and len(self) == 1 and not self.bank_acc_number:
            return self._adopt_bank_account(statement)
        raise UserError(
            self.env._(
                "The file is of account %(account)s (statement %(statement)s), which is not that "
                "of: %(journals)s.",
                account=statement.account,
                statement=statement.name,
                journals=", ".join(
                    f"{journal.name} ({journal.bank_acc_number or '-'})" for journal in journals
                )
                or "-",
            )
        )

    def _get_bank_journals(self):
        return self.search(
            [
                ("company_id", "=", self.env.company.id),
                ("type", "in", BANK_TYPES),
            ]
        )

    def _get_bank_currency(self):
        self.ensure_one()
        return self.currency_id or self.company_id.currency_id

    def _adopt_bank_account(self, statement):
        """Give this journal the account number of its first file, unless it is another's."""
        number = sanitize_account_number(statement.account)
        # sudo: importing is enough to learn the journal's own account number from the bank
        journals = self.sudo().search([("bank_account_id.sanitized_acc_number", "=", number)])
        if journals:
            raise UserError(
                self.env._(
                    "The file is of account %(account)s, which belongs to the journal %(journal)s.",
                    account=statement.account,
                    journal=journals[0].display_name,
                )
            )
        # sudo: as above
        self.sudo().set_bank_account(statement.account)
        return self

    def _check_bank_statement(self, statement):
        """Refuse what this journal cannot take: another currency, or a closed period."""
        self.ensure_one()
        currency = self._get_bank_currency()
        if statement.currency != currency.name:
            raise UserError(
                self.env._(
                    "Statement %(statement)s is in %(found)s, the journal %(journal)s in "
                    "%(expected)s.",
                    statement=statement.name,
                    found=statement.currency,
                    journal=self.name,
                    expected=currency.name,
                )
            )

    def _check_bank_period(self, statement, lines):
        first = min(lines, key=lambda line: line.date)
        locks = self.company_id._get_violated_lock_dates(first.date, False, self)
        if locks:
            raise UserError(
                self.env._(
                    "Statement %(statement)s, entry %(entry)s is of %(date)s, but the period is "
                    "closed: %(locks)s.",
                    statement=statement.name,
                    entry=first.entry,
                    date=first.date,
                    locks=self.env["res.company"]._format_lock_dates(locks),
                )
            )

    def _create_bank_statement(self, statement, attachment):
        """Create the statement with the movements that are not there yet; none, if all are."""
        lines = self._get_new_bank_lines(statement)
        if not lines:
            return self.env["account.bank.statement"]
        self._check_bank_period(statement, lines)
        partners = self._find_bank_partners(lines)
        currencies = self._find_bank_currencies(lines)
        vals = self._prepare_bank_statement_vals(statement, lines, attachment)
        vals["line_ids"] = [
            Command.create(self._prepare_bank_line_vals(line, partners, currencies))
            for line in lines
        ]
        return self.env["account.bank.statement"].create(vals)

    def _get_new_bank_lines(self, statement):
        keys = [line.import_key for line in statement.lines]
        lines = self.env["account.bank.statement.line"].search_fetch(
            [("journal_id", "=", self.id), ("s2b2b_import_key", "in", keys)], ["s2b2b_import_key"]
        )
        known = set(lines.mapped("s2b2b_import_key"))
        return [line for line in statement.lines if line.import_key not in known]

    def _find_bank_partners(self, lines):
        """Return ``{account number: partner}`` of the accounts that one partner alone has."""
        numbers = {sanitize_account_number(line.account_number) for line in lines} - {False}
        return self.env["res.partner.bank"]._find_owners(numbers, self.company_id)

    def _find_bank_currencies(self, lines):
        names = {line.foreign_currency for line in lines} - {None}
        currencies = self.env["res.currency"].search([("name", "in", list(names))])
        return {currency.name: currency for currency in currencies}

    def _prepare_bank_statement_vals(self, statement, lines, attachment):
        """Return the values of a statement; its start is brought forward by what is left out."""
        vals = {
            "name": statement.name or False,
            "reference": attachment.name,
            "date": statement.date,
            "attachment_ids": [Command.link(attachment.id)],
        }
        if statement.closing is not None and statement.opening is not None:
            total = sum((line.amount for line in lines), Decimal(0))
            vals["balance_start"] = float(statement.closing - total)
            vals["balance_end_real"] = float(statement.closing)
        return vals

    def _prepare_bank_line_vals(self, line, partners, currencies):
        """Return the values of a statement line for a movement of a bank file."""
        owner = partners.get(sanitize_account_number(line.account_number))
        foreign = currencies.get(line.foreign_currency)
        return {
            "journal_id": self.id,
            "date": line.date,
            "amount": float(line.amount),
            "payment_ref": line.text or line.reference or line.partner_name or "/",
            "ref": line.reference or False,
            "partner_name": line.partner_name or False,
            "account_number": line.account_number or False,
            "partner_id": owner.id if owner else False,
            "foreign_currency_id": foreign.id if foreign else False,
            "amount_currency": float(line.foreign_amount) if foreign else 0.0,
            "s2b2b_import_key": line.import_key,
            "s2b2b_references": " ".join(line.references) or False,
            "s2b2b_charges": float(line.charges),
        }
