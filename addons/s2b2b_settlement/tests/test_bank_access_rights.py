from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install", "fast")
class TestBankAccessRights(BankCommon):
    """Who may import (``s2b2b.bank.import``, ``s2b2b.bank.import.line``) and reconcile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._user("bank_accountant", "account.group_account_user")
        cls.biller = cls._user("bank_biller", "account.group_account_invoice")
        cls.auditor = cls._user("bank_auditor", "account.group_account_readonly")
        cls.employee = cls._user("bank_employee", "base.group_user")
        cls.manager = cls._user("bank_manager", "s2b2b_settlement.group_manager")
        cls.portal = cls._user("bank_portal", "base.group_portal")
        cls.outsiders = cls.biller | cls.employee | cls.manager | cls.portal
        cls._document(cls.member, 120)
        cls._document(cls.member, 120)
        cls._pay(120, "thanks", cls.member)
        cls.done = cls._run()
        cls.match = cls.done.match_ids

    @classmethod
    def _user(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            groups=group,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _denied(self, records, user, call):
        with self.subTest(user=user.login), self.assertRaises(AccessError):
            call(records.with_user(user))

    def test_outsiders_read_neither_runs_nor_matches(self):
        for user in self.outsiders:
            for records in (self.done, self.match):
                self._denied(records, user, lambda found: found.read(["state"]))

    def test_outsiders_neither_accept_nor_reject_nor_undo(self):
        for user in self.outsiders | self.auditor:
            self._denied(self.match, user, lambda match: match.action_accept())
            self._denied(self.match, user, lambda match: match.action_reject())
            self._denied(self.match, user, lambda match: match.action_undo())
            self._denied(self.done, user, lambda run: run.action_undo())
            self._denied(self.done, user, lambda run: run.action_run())

    def test_outsiders_do_not_import(self):
        content = self._file(self._movement(5, "new"))
        for user in self.outsiders | self.auditor:
            self._denied(self.bank, user, lambda bank: bank._import_bank_file("x.xml", content))
            self._denied(self.env["s2b2b.bank.import"], user, lambda wizard: wizard.create({}))
            self._denied(self.env["s2b2b.bank.import.line"], user, lambda line: line.search([]))

    def test_item_is_not_chosen_by_an_auditor(self):
        item = self.match.alternative_ids.with_context(match_id=self.match.id)
        self._denied(item, self.auditor, lambda found: found.action_use_in_match())

    def test_auditor_reads(self):
        self.assertEqual(self.match.with_user(self.auditor).state, "proposed")
        self.assertTrue(self.match.with_user(self.auditor).explanation)

    def test_nobody_makes_a_match_by_hand(self):
        vals = {
            "run_id": self.done.id,
            "rule": "manual",
            "statement_line_ids": [Command.set(self.match.statement_line_ids.ids)],
        }
        self._denied(self.match, self.accountant, lambda match: match.create(vals))

    def test_accountant_imports_reconciles_and_undoes(self):
        invoice = self._document(self.member, 77)
        bank = self.bank.with_user(self.accountant)
        bank._import_bank_file("x.xml", self._file(self._movement(77, invoice.name, self.member)))
        run = self.env["s2b2b.reconcile.run"].with_user(self.accountant).create({})
        run.action_run()
        self.assertPaid(invoice)
        run.action_undo()
        self.assertOpen(invoice)
        self.match.with_user(self.accountant).action_accept()
        self.assertEqual(self.match.state, "posted")

    def test_second_company_sees_nothing(self):
        other = self.setup_other_company(name="Second")["company"]
        user = new_test_user(
            self.env,
            "bank_second",
            groups="account.group_account_user",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        for records in (self.done, self.match):
            self.assertFalse(records.with_user(user).search([("id", "in", records.ids)]))
            self._denied(records, user, lambda found: found.read(["state"]))
        self._denied(self.match, user, lambda match: match.action_accept())
