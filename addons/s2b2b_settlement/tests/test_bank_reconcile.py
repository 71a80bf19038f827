from decimal import Decimal

from odoo.tests import tagged

from ..models.s2b2b_reconcile_reason import TEXTS
from ..tools.matching_reasons import TEMPLATES
from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestBankReconcile(BankCommon):
    """A ``s2b2b.reconcile.run`` posts what is beyond doubt."""

    def assertPosted(self, run, rule, lines, items):
        self.assertRecordValues(
            run.match_ids,
            [
                {
                    "rule": rule,
                    "is_unique": True,
                    "state": "posted",
                    "statement_line_ids": lines.ids,
                    "move_line_ids": items.ids,
                }
            ],
        )
        self.assertTrue(all(lines.mapped("is_reconciled")))
        self.assertTrue(run.match_ids.explanation)

    def test_member_and_supplier_payment_of_one_file_are_reconciled(self):
        invoice = self._document(self.member, 120)
        bill = self._document(self.supplier, 80, "in_invoice", ref="SET/2026/00001")
        self._import(
            self._movement(120, f"Invoice {invoice.name}", self.member),
            self._movement(-80, "SET/2026/00001", self.supplier),
        )
        run = self._run()
        self.assertPaid(invoice, bill)
        self.assertEqual((run.state, run.posted_count, run.waiting_count), ("done", 2, 0))

    def test_exact_reference_reconciles_even_without_a_partner(self):
        invoice = self._document(self.member, 120)
        self._document(self.member, 120)
        line = self._pay(120, invoice.name)
        run = self._run()
        self.assertPosted(run, "reference", line, self._items(invoice))
        self.assertPaid(invoice)

    def test_partner_known_by_its_account_and_the_amount_reconcile(self):
        invoice = self._document(self.member, 120)
        self._document(self.supplier, 120)
        line = self._pay(120, "thanks", self.member)
        run = self._run()
        self.assertPosted(run, "amount", line, self._items(invoice))

    def test_one_payment_for_a_unique_sum_of_invoices_reconciles(self):
        invoices = self._document(self.member, 120) | self._document(self.member, 35)
        other = self._document(self.member, 500)
        line = self._pay(155, "november", self.member)
        run = self._run()
        self.assertPosted(run, "sum", line, self._items(invoices))
        self.assertOpen(other)

    def test_credit_note_counts_in_the_sum(self):
        invoice = self._document(self.member, 120)
        refund = self._document(self.member, 20, "out_refund")
        line = self._pay(100, "less return", self.member)
        self.assertPosted(self._run(), "sum", line, self._items(invoice | refund))
        self.assertTrue(self._items(invoice | refund)[0].reconciled)

    def test_two_payments_for_one_invoice_reconcile(self):
        invoice = self._document(self.member, 120)
        lines = self._import(
            self._movement(70, "part 1", self.member), self._movement(50, "part 2", self.member)
        )
        self.assertPosted(self._run(), "sum", lines, self._items(invoice))
        self.assertPaid(invoice)

    def test_registered_payment_is_found_on_the_outstanding_account(self):
        method = self.bank.inbound_payment_method_line_ids[0]
        method.payment_account_id = self.inbound_payment_method_line.payment_account_id
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.member.id,
                "amount": 120,
                "date": self.day,
                "journal_id": self.bank.id,
                "payment_method_line_id": method.id,
            }
        )
        payment.action_post()
        self._pay(120, "thanks", self.member)
        self._run()
        self.assertTrue(payment.is_matched)

    def test_draft_invoice_is_never_paid(self):
        invoice = self._document(self.member, 120, post=False)
        self._pay(120, "thanks", self.member)
        run = self._run()
        self.assertEqual(run.match_ids.rule, "none")
        self.assertEqual(invoice.state, "draft")

    def test_reference_of_another_partner_is_not_posted(self):
        invoice = self._document(self.member, 120)
        self._pay(120, invoice.name, self.supplier)
        run = self._run()
        self.assertEqual(run.match_ids.state, "proposed")
        self.assertOpen(invoice)

    def test_invoice_in_another_currency_is_not_paid(self):
        other = self.setup_other_currency("EUR")
        invoice = self._document(self.member, 120, currency_id=other.id)
        self._pay(120, invoice.name, self.member)
        self.assertFalse(self._run().posted_count)
        self.assertOpen(invoice)

    def test_wrong_amount_is_not_posted(self):
        invoice = self._document(self.member, 120)
        self._pay(119, invoice.name, self.member)
        run = self._run()
        self.assertRecordValues(
            run.match_ids, [{"state": "proposed", "rule": "reference", "difference": -1}]
        )
        self.assertIn("119", run.match_ids.explanation)

    def test_transaction_before_the_start_date_is_left_alone(self):
        invoice = self._document(self.member, 120)
        self._pay(120, invoice.name, self.member)
        self.company.s2b2b_start_date = "2026-12-01"
        self.assertFalse(self._run().match_ids)

    def test_dates_of_the_run_bound_what_is_looked_at(self):
        self._pay(120, "thanks", self.member)
        self.assertFalse(self._run(date_to="2026-11-02").match_ids)
        self.assertTrue(self._run(date_from="2026-11-03").match_ids)

    def test_invoice_outside_the_date_window_is_not_posted(self):
        self.company.reconcile_window_days = 30
        self._document(self.member, 120, invoice_date="2026-08-01")
        self._pay(120, "thanks", self.member)
        self.assertFalse(self._run().posted_count)

    def test_tolerated_difference_is_booked(self):
        account = self.company_data["default_account_expense"]
        self.company.write(
            {"reconcile_tolerance": 0.5, "reconcile_difference_account_id": account.id}
        )
        invoice = self._document(self.member, 120)
        bill = self._document(self.supplier, 80, "in_invoice")
        self._import(
            self._movement(Decimal("119.60"), invoice.name, self.member),
            self._movement(Decimal("-80.10"), "goods", self.supplier),
        )
        run = self._run()
        self.assertPaid(invoice, bill)
        booked = run.match_ids.difference_move_id.line_ids.filtered(
            lambda line: line.account_id == account
        )
        self.assertEqual(sorted(booked.mapped("balance")), [0.1, 0.4])

    def test_charges_that_the_bank_kept_are_booked(self):
        account = self.company_data["default_account_expense"]
        self.company.bank_charge_account_id = account
        invoice = self._document(self.member, 120)
        self._pay(118, invoice.name, self.member, charges=Decimal(2))
        run = self._run()
        self.assertPaid(invoice)
        booked = run.match_ids.difference_move_id.line_ids
        self.assertEqual(booked.filtered(lambda line: line.account_id == account).balance, 2)

    def test_every_reason_can_be_said_in_the_readers_language(self):
        self.assertFalse(TEMPLATES.keys() - TEXTS.keys())
