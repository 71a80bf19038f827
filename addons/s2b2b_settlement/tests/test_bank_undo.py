from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestBankUndo(BankCommon):
    """A ``s2b2b.reconcile.run`` is taken back as a whole, a match by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._document(cls.member, 120)
        cls.bill = cls._document(cls.supplier, 80, "in_invoice")
        cls.lines = cls._import(
            cls._movement(120, "one", cls.member), cls._movement(-80, "two", cls.supplier)
        )

    def test_undone_run_leaves_transactions_and_documents_open(self):
        run = self._run()
        self.assertPaid(self.invoice, self.bill)
        run.action_undo()
        self.assertEqual(run.state, "undone")
        self.assertEqual(set(run.match_ids.mapped("state")), {"undone"})
        self.assertOpen(self.invoice, self.bill)
        self.assertFalse(any(self.lines.mapped("is_reconciled")))
        suspense = self.lines._get_suspense_lines()
        self.assertEqual(sorted(suspense.mapped("balance")), [-120, 80])

    def test_run_is_undone_once(self):
        run = self._run()
        run.action_undo()
        with self.assertRaisesRegex(UserError, "not possible now"):
            run.action_undo()
        with self.assertRaisesRegex(UserError, "not possible now"):
            run.action_run()

    def test_what_was_undone_waits_for_somebody_in_the_next_run(self):
        self._run().action_undo()
        run = self._run()
        self.assertEqual((run.posted_count, run.waiting_count), (0, 2))
        self.assertIn("undone", run.match_ids[0].explanation)
        run.match_ids.action_accept()
        self.assertPaid(self.invoice, self.bill)

    def test_one_match_is_undone_alone(self):
        run = self._run()
        run.match_ids.filtered(lambda match: match.amount > 0).action_undo()
        self.assertOpen(self.invoice)
        self.assertPaid(self.bill)

    def test_closed_period_is_not_undone(self):
        run = self._run()
        self.company.fiscalyear_lock_date = "2026-11-30"
        with self.assertRaisesRegex(UserError, "closed period"):
            run.action_undo()
        self.assertEqual(run.state, "done")
        self.assertPaid(self.invoice, self.bill)

    def test_what_somebody_matched_anew_by_hand_is_left_alone(self):
        run = self._run()
        match = run.match_ids.filtered(lambda match: match.amount > 0)
        line = match.statement_line_ids
        line.action_undo_reconciliation()
        other = self._document(self.member, 120)
        suspense = line._get_suspense_lines()
        suspense.with_context(skip_account_move_synchronization=True).account_id = self._items(
            other
        ).account_id
        (suspense | self._items(other)).reconcile()
        run.action_undo()
        self.assertPaid(other)
        self.assertOpen(self.invoice, self.bill)

    def test_booked_difference_is_reversed(self):
        self.company.write(
            {
                "reconcile_tolerance": 1,
                "reconcile_difference_account_id": self.company_data["default_account_expense"].id,
            }
        )
        invoice = self._document(self.member, 55)
        self._pay(Decimal("54.50"), invoice.name, self.member)
        run = self._run()
        entry = run.match_ids.difference_move_id
        self.assertPaid(invoice)
        run.action_undo()
        self.assertOpen(invoice)
        self.assertEqual(entry.reversal_move_ids.mapped("state"), ["posted"])

    def test_run_with_posted_matches_is_not_deleted(self):
        run = self._run()
        with self.assertRaisesRegex(UserError, "Undo"):
            run.unlink()
