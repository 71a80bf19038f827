from decimal import Decimal

from odoo import fields
from odoo.fields import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..demo.bank_file import Movement, camt053

IBAN = "GB29NWBK60161331926819"


class BankCommon(AccountTestInvoicingCommon):
    """A company with a bank journal, a member and a supplier, and builders for both sides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.day = fields.Date.to_date("2026-11-03")
        cls.bank = cls.company_data["default_journal_bank"]
        cls.bank.set_bank_account(IBAN)
        cls.currency = cls.company.currency_id
        cls.member = cls._partner("Ashford Gifts", "GB33BUKB20201555555555")
        cls.supplier = cls._partner("Exotic Liquids", "DE89370400440532013000")

    @classmethod
    def _partner(cls, name, account=None):
        partner = cls.env["res.partner"].create({"name": name, "is_company": True})
        if account:
            cls.env["res.partner.bank"].create({"acc_number": account, "partner_id": partner.id})
        return partner

    @classmethod
    def _document(cls, partner, amount, kind="out_invoice", post=True, **vals):
        move = cls.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": partner.id,
                "invoice_date": cls.day,
                "invoice_line_ids": [
                    Command.create({"name": "Goods", "price_unit": amount, "tax_ids": False})
                ],
                **vals,
            }
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def _items(cls, moves):
        return moves.line_ids.filtered(lambda line: line.display_type == "payment_term")

    @classmethod
    def _movement(cls, amount, text="", partner=None, **vals):
        account = partner.bank_ids[:1].acc_number if partner else ""
        return Movement(
            Decimal(str(amount)),
            vals.pop("day", cls.day),
            name=partner.name if partner else "",
            account=account or "",
            text=text,
            **vals,
        )

    @classmethod
    def _file(cls, *movements, account=IBAN, **vals):
        return camt053(account, movements, currency=vals.pop("currency", cls.currency.name), **vals)

    @classmethod
    def _import(cls, *movements, journal=None, **vals):
        """The bank transactions of a file with these movements."""
        journal = journal or cls.bank
        return journal._import_bank_file("bank.xml", cls._file(*movements, **vals)).line_ids

    @classmethod
    def _pay(cls, amount, text="", partner=None, **vals):
        """One bank transaction."""
        return cls._import(cls._movement(amount, text, partner, **vals))

    @classmethod
    def _run(cls, **vals):
        run = cls.env["s2b2b.reconcile.run"].create(
            {"journal_ids": [Command.set(cls.bank.ids)], **vals}
        )
        run.action_run()
        return run

    def assertPaid(self, *moves):
        for move in moves:
            self.assertEqual(move.payment_state, "paid", move.name)

    def assertOpen(self, *moves):
        for move in moves:
            self.assertEqual(move.payment_state, "not_paid", move.name)
