from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementClaims(SettlementCommon):
    def setUp(self):
        super().setUp()
        self.company.settlement_policy = "monthly"
        self.purchase = self._delivered((self.jam, 10))

    def _decided(self, resolution, day=None, **values):
        claim = self.env["s2b2b.claim"].create(
            {
                "purchase_line_id": self.purchase.order_line.id,
                "quantity": 2,
                "description": "Two jars are broken.",
                "resolution": resolution,
                **values,
            }
        )
        claim.action_answer()
        claim.action_resolve()
        moment = fields.Datetime.to_datetime(day or self._in_period(20)) + timedelta(hours=9)
        claim._write_guarded({"resolved_at": moment})
        return claim

    def test_refund_is_taken_off_the_next_statement_instead_of_a_credit_note(self):
        claim = self._decided("refund", freight_amount=5)
        self.assertFalse(claim.credit_move_id)
        settlement = self._generate()
        self.assertEqual(self._amounts(settlement), {"goods": 100.0, "claim": -25.0})
        self.assertEqual(settlement.line_ids.filtered("claim_id").claim_id, claim)

    def test_goods_that_go_back_are_settled_by_their_return_only(self):
        claim = self._decided("return_refund")
        self.assertFalse(claim.credit_move_id)
        back = claim.return_picking_id
        back.move_ids.write({"quantity": 2, "picked": True})
        back.button_validate()
        back.date_done = fields.Datetime.to_datetime(self._in_period(21))
        self.assertEqual(self._amounts(self._generate()), {"goods": 100.0, "return": -20.0})

    def test_claim_bears_the_tax_of_its_order_line_and_comes_to_the_bill(self):
        tax = self.env["account.tax"].create(
            {"name": "20 %", "amount": 20, "type_tax_use": "purchase"}
        )
        self.purchase.order_line.tax_ids = tax
        self.company.self_billing_journal_id.default_account_id = self.env[
            "account.account"
        ].search(
            [("company_ids", "in", self.company.ids), ("account_type", "=", "expense")], limit=1
        )
        self._decided("price_cut", resolution_amount=10)
        settlement = self._confirmed()
        self.assertEqual(self._amounts(settlement), {"goods": 100.0, "claim": -10.0, "tax": 18.0})
        settlement.action_create_bill()
        self.assertEqual(settlement.move_ids.amount_total, 108.0)

    def test_claim_is_settled_once(self):
        self._decided("refund")
        self._generate()
        self.assertEqual(self._amounts(self._generate()), {"goods": 100.0, "claim": -20.0})
        later = self._generate(period=(self._day(0), self._day(0)))
        self.assertNotIn("claim", self._amounts(later))

    def test_claim_of_a_cancelled_statement_is_free_again(self):
        self._decided("refund")
        self._generate().action_cancel()
        self.assertEqual(self._amounts(self._generate())["claim"], -20.0)

    def test_claim_decided_after_the_statement_is_in_the_next_one(self):
        self._confirmed()
        self._decided("refund", day=self._day(0))
        later = self._generate(period=(self._day(0), self._day(0)))
        self.assertEqual(self._amounts(later), {"claim": -20.0})

    def test_amount_of_a_claim_is_not_changed_on_the_statement(self):
        self._decided("refund")
        line = self._generate().line_ids.filtered("claim_id")
        with self.assertRaises(UserError):
            line.amount = -1
        with self.assertRaises(UserError):
            line.unlink()

    def test_without_statements_a_credit_note_is_made(self):
        self.company.settlement_policy = "off"
        claim = self._decided("refund")
        self.assertTrue(claim.credit_move_id)
        self.assertNotIn("claim", self._amounts(self._generate()))
