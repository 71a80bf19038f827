from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestCommission(SettlementCommon):
    def test_user_cannot_change_rules(self):
        rule = self._rule(10)
        with self.assertRaises(AccessError):
            rule.with_user(self.settlement_user).percent = 1

    def test_nobody_writes_frozen_commission_by_hand(self):
        self._rule(10)
        frozen = self._accepted((self.jam, 10)).order_line.commission_line_ids
        with self.assertRaises(AccessError):
            frozen.write({"amount": 1})
        with self.assertRaises(AccessError):
            frozen.copy({"kind": "adjustment"})

    def test_commission_is_frozen_at_acceptance(self):
        rule = self._rule(10)
        order = self._sale((self.jam, 10))
        purchase = order.supplier_order_ids
        self.assertFalse(purchase.order_line.commission_line_ids)
        purchase._supplier_accept()
        frozen = purchase.order_line.commission_line_ids
        self.assertRecordValues(
            frozen,
            [
                {
                    "partner_id": self.supplier.id,
                    "kind": "accepted",
                    "rule_id": rule.id,
                    "rule_name": "Standard",
                    "quantity": 10,
                    "base_amount": 100.0,
                    "amount": 10.0,
                }
            ],
        )
        rule.percent = 50
        self.assertEqual(frozen.amount, 10.0)
        self.assertEqual(purchase.amount_commission, 10.0)

    def test_part_accepted_is_the_part_that_is_charged(self):
        self._rule(10)
        purchase = self._sale((self.jam, 10)).supplier_order_ids
        purchase._supplier_accept({purchase.order_line: 6})
        self.assertEqual(purchase.order_line.commission_line_ids.amount, 6.0)

    def test_most_exact_rule_wins_whatever_the_sequence(self):
        self._rule(1, "Any", sequence=1)
        self._rule(2, "Category", categ_id=self.jam.categ_id.id)
        supplier = self._rule(3, "Supplier", sequence=99, partner_id=self.supplier.id)
        line = self._accepted((self.jam, 10)).order_line
        self.assertEqual(self.rules._find_rules(line), {line: supplier})
        self.assertEqual(line.commission_line_ids.rule_id, supplier)
        self.assertEqual(line.commission_line_ids.why, "The most exact of 3 rules that fit.")

    def test_grade_discount_comes_before_minimum_and_cap(self):
        grade = self.env["s2b2b.supplier.grade"].search([], limit=1)
        grade.commission_discount = 50
        self.supplier._write_guarded({"supplier_grade_id": grade.id})
        rule = self._rule(10, minimum_amount=8)
        self.assertEqual(self._accepted((self.jam, 10)).amount_commission, 8.0)
        rule.write({"minimum_amount": 0, "maximum_amount": 4})
        self.assertEqual(self._accepted((self.jam, 10)).amount_commission, 4.0)
        rule.maximum_amount = 0
        self.assertEqual(self._accepted((self.jam, 10)).amount_commission, 5.0)

    def test_amounts_of_a_rule_are_converted(self):
        euro = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        self._rule(0, fixed_amount=3)
        order = self._order(self.supplier, {self.jam: 1}, currency_id=euro.id)
        self.assertEqual(order.order_line.commission_line_ids.amount, 6.0)
        self.assertEqual(order.order_line.commission_line_ids.currency_id, euro)

    def test_orders_before_the_start_date_are_not_charged(self):
        self._rule(10)
        self.company.s2b2b_start_date = self._day(1)
        self.assertFalse(self._accepted((self.jam, 1)).order_line.commission_line_ids)

    def test_rule_that_never_wins_says_so(self):
        first = self._rule(10, "First", sequence=1)
        second = self._rule(12, "Second", sequence=2)
        over = self._rule(12, "Over", partner_id=self.supplier.id, date_to="2020-01-01")
        self.assertFalse(first.never_wins_reason)
        self.assertEqual(second.never_wins_reason, "“First” always comes first.")
        self.assertIn("2020", over.never_wins_reason)

    def test_cap_below_the_minimum_is_refused(self):
        with self.assertRaises(ValidationError):
            self._rule(10, minimum_amount=5, maximum_amount=4)

    def test_rerating_adds_the_difference_to_the_next_settlement(self):
        rule = self._rule(10)
        purchase = self._delivered((self.jam, 10))
        frozen = purchase.order_line.commission_line_ids
        self._confirmed()
        rule.percent = 15
        wizard = self.env["s2b2b.commission.rerate"].create(
            {"line_ids": frozen.ids, "reason": "Rate agreed later"}
        )
        wizard.action_rerate()
        self.assertEqual(purchase.amount_commission, 15.0)
        later = self._generate(period=(self._day(0), self._day(0)))
        self.assertEqual(self._amounts(later), {"adjustment": -5.0})
        self.assertIn("Rate agreed later", later.line_ids.name)
        self.assertTrue(purchase.order_line.commission_line_ids[:1].is_settled)

    def test_rerating_needs_a_reason(self):
        self._rule(10)
        frozen = self._accepted((self.jam, 1)).order_line.commission_line_ids
        with self.assertRaises(UserError):
            frozen._rerate(frozen, " ")
