from decimal import Decimal

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..demo.bank_file import camt053
from ..models.s2b2b_bank_file import TEXTS
from ..tools.bank.errors import TEMPLATES
from .bank_common import IBAN, BankCommon


@tagged("post_install", "-at_install")
class TestBankImport(BankCommon):
    """What ``s2b2b.bank.file`` reads becomes a statement with its transactions, once."""

    def _refused(self, content, *texts, journal=None, name="bank.xml"):
        """The message of a file that is refused, after checking that nothing was saved."""
        journal = journal or self.bank
        before = self.env["account.bank.statement.line"].search_count([])
        attachments = self.env["ir.attachment"].search_count([])
        with self.assertRaises(UserError) as caught:
            journal._import_bank_file(name, content)
        for text in texts:
            self.assertIn(text, str(caught.exception))
        self.assertEqual(self.env["account.bank.statement.line"].search_count([]), before)
        self.assertEqual(self.env["ir.attachment"].search_count([]), attachments)

    def test_file_becomes_a_statement_with_balances_and_its_transactions(self):
        statement = self.bank._import_bank_file(
            "november.xml",
            self._file(
                self._movement(120, "INV 7", self.member, reference="ADV-77"),
                self._movement(-80, "bill", self.supplier),
            ),
        )
        self.assertRecordValues(
            statement,
            [
                {
                    "name": "STMT-1",
                    "reference": "november.xml",
                    "journal_id": self.bank.id,
                    "balance_start": 1000,
                    "balance_end_real": 1040,
                    "is_complete": True,
                }
            ],
        )
        self.assertRecordValues(
            statement.line_ids.sorted("amount"),
            [
                {"amount": -80, "payment_ref": "bill", "partner_id": self.supplier.id},
                {"amount": 120, "payment_ref": "INV 7", "partner_id": self.member.id},
            ],
        )
        self.assertEqual(statement.line_ids.filtered("s2b2b_references").s2b2b_references, "ADV-77")
        self.assertEqual(statement.attachment_ids.mapped("name"), ["november.xml"])

    def test_same_file_twice_changes_nothing(self):
        content = self._file(self._movement(120, "INV 7"), self._movement(120, "INV 7"))
        first = self.bank._import_bank_file("bank.xml", content)
        again = self.bank._import_bank_file("again.xml", content)
        self.assertFalse(again)
        self.assertEqual(len(first.line_ids), 2)
        found = self.env["account.bank.statement.line"].search([("journal_id", "=", self.bank.id)])
        self.assertEqual(found, first.line_ids)

    def test_overlapping_file_brings_only_what_is_new(self):
        known, new = self._movement(120, "one"), self._movement(30, "two")
        self._import(known)
        statement = self.bank._import_bank_file("month.xml", self._file(known, new, name="MONTH"))
        self.assertEqual(statement.line_ids.mapped("payment_ref"), ["two"])
        self.assertEqual(statement.balance_start, 1120)
        self.assertTrue(statement.is_complete)

    def test_movement_cannot_be_saved_twice_even_past_the_import(self):
        line = self._pay(120, "one")
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            line.copy({"s2b2b_import_key": line.s2b2b_import_key})
            self.env.flush_all()

    def test_truncated_file_is_refused_with_the_line(self):
        content = self._file(self._movement(120, "one"))
        self._refused(content[: len(content) // 2], "bank.xml", "broken or cut off (line")

    def test_other_format_is_named_and_refused(self):
        contents = {
            "CSV": b"date;amount\n2026-11-03;120\n",
            "PDF": b"%PDF-1.7 x",
            "MT940": b":20:STARTUMS\r\n:25:10020030/1234567\r\n:60F:C261103EUR1,00\r\n",
            "ZIP": b"PK\x03\x04rest",
            "HTML": b"<html><body>log in</body></html>",
        }
        for kind, content in contents.items():
            with self.subTest(kind):
                self._refused(content, f"not supported yet: {kind}", "camt.053")

    def test_empty_file_is_refused(self):
        self._refused(b" \n", "bank.xml", "is empty")

    def test_file_that_declares_entities_is_refused(self):
        content = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'
        self._refused(content, "document type or entities")

    def test_fault_names_statement_and_entry(self):
        content = self._file(self._movement(1, "one"), self._movement(2, "two"))
        self._refused(content.replace(b">2<", b">2,00<"), "statement STMT-1", "entry 2", "2,00")

    def test_statement_that_does_not_add_up_is_refused(self):
        content = self._file(self._movement(Decimal("120.00"), "one"))
        self._refused(content.replace(b">1120.00<", b">1121.00<"), "STMT-1", "1121.00")

    def test_other_account_is_refused_with_both_numbers(self):
        other = "DE89370400440532013000"
        self._refused(self._file(self._movement(1), account=other), other, IBAN)

    def test_other_currency_is_refused(self):
        self._refused(self._file(self._movement(1), currency="CHF"), "CHF", self.currency.name)

    def test_fault_in_the_second_statement_saves_nothing_of_the_first(self):
        first = self._file(self._movement(1, "one"))
        second = camt053("DE89370400440532013000", [self._movement(2, "two")], name="STMT-2")
        body = second[second.index(b"<Stmt>") : second.index(b"</BkToCstmrStmt>")]
        content = first.replace(b"</Stmt>", b"</Stmt>" + body)
        self._refused(content, "STMT-2")

    def test_closed_period_is_refused(self):
        self.company.fiscalyear_lock_date = "2026-11-30"
        self._refused(self._file(self._movement(1, "one")), "STMT-1", "entry 1", "closed")

    def test_journal_without_a_number_takes_over_that_of_its_first_file(self):
        journal = self.bank.copy({"bank_account_id": False})
        number = "DE02120300000000202051"
        content = self._file(self._movement(1, "one"), account=number)
        self.assertTrue(journal._import_bank_file("first.xml", content))
        self.assertEqual(journal.bank_acc_number, number)

    def test_journal_without_a_number_does_not_take_another_journals(self):
        journal = self.bank.copy({"bank_account_id": False})
        self._refused(self._file(self._movement(1)), self.bank.display_name, journal=journal)

    def test_journal_that_is_no_bank_takes_no_file(self):
        journal = self.company_data["default_journal_misc"]
        self._refused(self._file(self._movement(1)), IBAN, journal=journal)
        self.assertFalse(journal.bank_account_id)

    def test_journal_is_found_by_the_account_number_where_none_is_given(self):
        made = self.env["account.journal"]._import_bank_file(
            "bank.xml", self._file(self._movement(1, "one"))
        )
        self.assertEqual(made.journal_id, self.bank)

    def test_every_fault_can_be_said_in_the_readers_language(self):
        self.assertEqual(TEXTS.keys(), TEMPLATES.keys())
