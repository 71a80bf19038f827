from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestBankWorkList(BankCommon):
    """What is not beyond doubt waits as a ``s2b2b.reconcile.match`` for an accountant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoices = cls._document(cls.member, 120) | cls._document(cls.member, 120)

    def _waiting(self):
        self.line = self._pay(120, "thanks", self.member)
        return self._run().match_ids

    def test_ambiguous_payment_waits_with_its_candidates_and_the_reason(self):
        match = self._waiting()
        self.assertRecordValues(match, [{"state": "proposed", "is_unique": False}])
        self.assertEqual(match.move_line_ids | match.alternative_ids, self._items(self.invoices))
        self.assertIn("2 open items of this partner", match.explanation)
        self.assertFalse(self.line.is_reconciled)
        self.assertOpen(*self.invoices)

    def test_accepted_match_is_posted(self):
        match = self._waiting()
        match.action_accept()
        self.assertRecordValues(match, [{"state": "posted", "rule": "amount"}])
        self.assertPaid(match.move_line_ids.move_id)
        self.assertTrue(self.line.is_reconciled)

    def test_other_candidate_is_taken_by_its_button_and_marked_as_chosen_by_hand(self):
        match = self._waiting()
        other = match.alternative_ids
        other.with_context(match_id=match.id).action_use_in_match()
        match.action_accept()
        self.assertRecordValues(match, [{"state": "posted", "rule": "manual"}])
        self.assertPaid(other.move_id)

    def test_transaction_that_matches_nothing_is_paired_by_hand(self):
        self._pay(50, "on account", self.member)
        match = self._run().match_ids
        self.assertRecordValues(match, [{"state": "proposed", "rule": "none"}])
        match.move_line_ids = [Command.set(self._items(self.invoices[0]).ids)]
        self.assertEqual(match.difference, -70)
        match.action_accept()
        self.assertEqual(self.invoices[0].payment_state, "partial")

    def test_match_without_items_cannot_be_accepted(self):
        self._pay(50, "on account", self.member)
        with self.assertRaisesRegex(UserError, "No item has been chosen"):
            self._run().match_ids.action_accept()

    def test_rejected_match_is_not_proposed_again(self):
        match = self._waiting()
        match.action_reject()
        self.assertRecordValues(self._run().match_ids, [{"state": "proposed", "rule": "none"}])
        self.assertEqual(match.state, "rejected")

    def test_rejected_match_is_not_posted_when_it_becomes_unique(self):
        match = self._waiting()
        match.action_reject()
        match.alternative_ids.move_id.button_draft()
        run = self._run()
        self.assertFalse(run.posted_count)
        self.assertIn("rejected before", run.match_ids.explanation)

    def test_next_run_keeps_a_proposal_that_still_stands(self):
        match = self._waiting()
        self.assertFalse(self._run().match_ids)
        self.assertEqual(match.state, "proposed")

    def test_next_run_posts_a_proposal_that_has_become_unique(self):
        match = self._waiting()
        match.alternative_ids.move_id.button_draft()
        run = self._run()
        self.assertEqual(run.match_ids, match)
        self.assertRecordValues(match, [{"state": "posted", "is_unique": True}])

    def test_next_run_supersedes_a_proposal_that_no_longer_stands(self):
        match = self._waiting()
        self.invoices.button_draft()
        run = self._run()
        self.assertRecordValues(run.match_ids, [{"state": "proposed", "rule": "none"}])
        self.assertEqual(match.state, "superseded")

    def test_decided_match_is_not_decided_again(self):
        match = self._waiting()
        match.action_accept()
        for verb in (match.action_accept, match.action_reject):
            with self.assertRaisesRegex(UserError, "Decided already"):
                verb()

    def test_item_that_was_paid_meanwhile_is_refused(self):
        match = self._waiting()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=match.move_line_ids.move_id.ids
        ).create({})._create_payments()
        with self.assertRaisesRegex(UserError, "Not open any more"):
            match.action_accept()

    def test_items_of_two_partners_are_refused(self):
        match = self._waiting()
        foreign = self._items(self._document(self.supplier, 120))
        match.move_line_ids |= foreign
        with self.assertRaisesRegex(UserError, "several partners"):
            match.action_accept()

    def test_items_on_two_accounts_are_refused(self):
        match = self._waiting()
        match.move_line_ids |= self._items(self._document(self.member, 10, "in_invoice"))
        with self.assertRaisesRegex(UserError, "several accounts"):
            match.action_accept()

    def test_bill_on_hold_waits_until_it_is_released(self):
        bill = self._document(self.supplier, 80, "in_invoice")
        bill.action_toggle_block_payment()
        self._pay(-80, bill.name, self.supplier)
        match = self._run().match_ids
        self.assertRecordValues(match, [{"state": "proposed", "is_unique": True}])
        self.assertIn("On hold", match.explanation)
        with self.assertRaisesRegex(UserError, "On hold"):
            match.action_accept()
        self.assertFalse(self._run().match_ids)
        bill.action_toggle_block_payment()
        match.action_accept()
        self.assertPaid(bill)

    def test_state_and_rule_are_not_written_by_hand(self):
        match = self._waiting()
        for vals in ({"state": "posted"}, {"is_unique": True}, {"amount": 1.0}):
            with self.assertRaises(AccessError):
                match.write(vals)

    def test_items_of_a_posted_match_stay(self):
        match = self._waiting()
        match.action_accept()
        with self.assertRaises(UserError):
            match.move_line_ids = [Command.clear()]
