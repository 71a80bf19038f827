from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementBill(SettlementCommon):
    def _residual(self, moves):
        return sum(moves.mapped("amount_residual_signed"))

    def test_bill_needs_a_confirmed_settlement(self):
        self._delivered((self.jam, 10))
        with self.assertRaises(UserError):
            self._generate().action_create_bill()

    def test_self_billed_settlement_becomes_a_posted_bill(self):
        purchase = self._delivered((self.jam, 10), (self.tea, 3), taxes=self.tax_purchase_a)
        settlement = self._confirmed()
        settlement.action_create_bill()
        bill = settlement.move_ids
        self.assertRecordValues(
            bill,
            [
                {
                    "move_type": "in_invoice",
                    "state": "posted",
                    "partner_id": self.supplier.id,
                    "journal_id": self.company.self_billing_journal_id.id,
                    "amount_untaxed": settlement.amount_goods,
                    "amount_tax": settlement.amount_tax,
                    "amount_total": settlement.amount_total,
                    "ref": settlement.name,
                }
            ],
        )
        self.assertEqual(settlement.state, "billed")
        self.assertEqual(purchase.order_line.mapped("qty_invoiced"), [10, 3])
        self.assertEqual(purchase.invoice_status, "invoiced")

    def test_journal_without_an_account_for_commission_is_named(self):
        self._rule(10)
        self._delivered((self.jam, 10))
        settlement = self._confirmed()
        journal = self.company_data["default_journal_sale"]
        journal.default_account_id = False
        with self.assertRefused(journal.name):
            settlement.action_create_bill()
        self.assertFalse(settlement.move_ids)

    def test_penalty_is_in_the_bill(self):
        self._delivered((self.jam, 10))
        self.supplier.billing_mode = "self_billed"
        settlement = self._generate(self.supplier)
        self.company.self_billing_journal_id.default_account_id = self.company_data[
            "default_account_expense"
        ]
        self.env["s2b2b.settlement.line"].create(
            {
                "settlement_id": settlement.id,
                "kind": "penalty",
                "name": "Late delivery",
                "amount": -5,
            }
        )
        settlement.action_send()
        settlement.action_confirm()
        settlement.action_create_bill()
        self.assertEqual(settlement.move_ids.amount_total, 95.0)

    def test_billing_twice_makes_one_bill(self):
        self._delivered((self.jam, 10))
        settlement = self._confirmed()
        settlement.action_create_bill()
        settlement.action_create_bill()
        self.assertEqual(settlement.bill_count, 1)

    def test_supplier_that_bills_by_itself_gets_a_draft_bill(self):
        self._delivered((self.jam, 10))
        settlement = self._confirmed(self_billed=False)
        settlement.action_create_bill()
        self.assertRecordValues(
            settlement.move_ids, [{"state": "draft", "ref": False, "amount_total": 100.0}]
        )
        self.assertFalse(settlement.move_ids.journal_id.is_self_billing)

    def test_own_bill_is_set_off_when_an_accountant_posts_it(self):
        self._rule(10)
        self._delivered((self.jam, 10))
        settlement = self._confirmed(self_billed=False)
        settlement.action_create_bill()
        bill = settlement.move_ids.filtered(lambda move: move.move_type == "in_invoice")
        self.assertEqual(sorted(settlement.move_ids.mapped("amount_residual")), [10.0, 100.0])
        clerk = new_test_user(
            self.env,
            "bill_clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        bill.with_user(clerk).write({"ref": "INV 7", "invoice_date": self._day(0)})
        bill.with_user(clerk).action_post()
        self.assertEqual(bill.amount_residual, 90.0)
        self.assertEqual(settlement.state, "billed")

    def test_commission_is_invoiced_and_set_off_against_the_bill(self):
        tax = self.tax_sale_a
        self._rule(10, tax_id=tax.id)
        self._delivered((self.jam, 10))
        settlement = self._confirmed()
        self.assertEqual(
            self._amounts(settlement), {"goods": 100.0, "commission": -10.0, "tax": -1.5}
        )
        settlement.action_create_bill()
        bill = settlement.move_ids.filtered(lambda move: move.move_type == "in_invoice")
        invoice = settlement.move_ids.filtered(lambda move: move.move_type == "out_invoice")
        self.assertEqual((bill.amount_total, invoice.amount_total), (100.0, 11.5))
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(bill.amount_residual, settlement.amount_total)
        self.assertEqual(settlement.state, "billed")
        self._pay(bill, self._day(0))
        self.assertIn(bill.payment_state, ("paid", "in_payment"))
        self.assertEqual(settlement.state, "paid")

    def test_more_returned_than_delivered_is_a_refund_and_is_carried_over(self):
        self._rule(10)
        purchase = self._delivered((self.jam, 10))
        self._confirmed().action_create_bill()
        self._returned(purchase, 4, day=self._day(0))
        today = (self._day(0), self._day(0))
        second = self._generate(self.supplier, period=today)
        second.action_send()
        second.action_confirm()
        second.action_create_bill()
        refund = second.move_ids.filtered(lambda move: move.move_type == "in_refund")
        credit = second.move_ids.filtered(lambda move: move.move_type == "out_refund")
        self.assertEqual((refund.amount_total, credit.amount_total), (40.0, 4.0))
        self.assertEqual(second.amount_total, -36.0)
        self.assertEqual(second._get_open_balance(), -36.0)
        self.assertEqual(purchase.order_line.qty_invoiced, 6)

    def test_cancelling_reverses_and_frees_the_goods(self):
        self._rule(10)
        purchase = self._delivered((self.jam, 10))
        settlement = self._confirmed()
        settlement.action_create_bill()
        documents = settlement.move_ids
        settlement.action_cancel()
        self.assertEqual(settlement.state, "cancelled")
        self.assertEqual(set(documents.mapped("state")), {"posted"})
        self.assertFalse(any(documents.mapped("amount_residual")))
        again = self._generate(self.supplier)
        self.assertNotEqual(again, settlement)
        self.assertEqual(self._amounts(again), {"goods": 100.0, "commission": -10.0})
        again.action_send()
        again.action_confirm()
        again.action_create_bill()
        self.assertEqual(purchase.order_line.qty_invoiced, 10)

    def test_what_was_paid_cannot_be_cancelled(self):
        self._delivered((self.jam, 10))
        settlement = self._confirmed()
        settlement.action_create_bill()
        self._pay(settlement.move_ids, self._day(0))
        with self.assertRefused("was paid"):
            settlement.action_cancel()

    def test_bill_in_another_currency_keeps_its_amounts(self):
        euro = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        self._rule(10)
        self._receive(self._order(self.supplier, {self.jam: 3}, currency_id=euro.id))
        self.supplier.billing_mode = "self_billed"
        settlement = self._generate(self.supplier, period=(self._day(-1), self._day(0)))
        self.assertEqual(settlement.currency_id, euro)
        settlement.action_send()
        settlement.action_confirm()
        settlement.action_create_bill()
        bill = settlement.move_ids.filtered(lambda move: move.move_type == "in_invoice")
        self.assertEqual((bill.currency_id, bill.amount_total), (euro, 30.0))
        self.assertEqual(bill.amount_residual, 27.0)
