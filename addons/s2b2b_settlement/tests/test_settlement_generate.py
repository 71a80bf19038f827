from datetime import timedelta

from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install", "fast")
class TestSettlementGenerate(SettlementCommon):
    def test_delivered_goods_are_settled_with_commission(self):
        self._rule(10)
        purchase = self._delivered((self.jam, 10), (self.tea, 3))
        settlement = self._generate()
        self.assertRecordValues(
            settlement,
            [
                {
                    "partner_id": self.supplier.id,
                    "side": "supplier",
                    "currency_id": self.company.currency_id.id,
                    "date_from": self.period[0],
                    "date_to": self.period[1],
                    "state": "draft",
                    "amount_goods": 123.31,
                    "amount_commission": -12.33,
                    "amount_total": 110.98,
                }
            ],
        )
        self.assertEqual(settlement.line_ids.purchase_id, purchase)

    def test_without_rules_there_is_no_commission(self):
        self._delivered((self.jam, 10))
        self.assertEqual(self._amounts(self._generate()), {"goods": 100.0})

    def test_tax_of_the_order_line_is_in_the_settlement(self):
        self._delivered((self.jam, 10), taxes=self.tax_purchase_a)
        settlement = self._generate()
        self.assertEqual(self._amounts(settlement), {"goods": 100.0, "tax": 15.0})
        self.assertEqual(settlement.amount_total, 115.0)

    def test_running_again_adds_nothing(self):
        self._rule(10)
        self._delivered((self.jam, 10))
        settlement = self._generate()
        lines = settlement.line_ids
        self.assertEqual(self._generate(), settlement)
        self.assertEqual(settlement.line_ids, lines)

    def test_goods_that_came_since_go_in_the_open_settlement(self):
        self._delivered((self.jam, 10))
        settlement = self._generate()
        self._delivered((self.tea, 1))
        self.assertEqual(self._generate(), settlement)
        self.assertEqual(settlement.amount_goods, 107.77)

    def test_goods_that_came_since_wait_where_the_statement_was_sent(self):
        self._delivered((self.jam, 10))
        settlement = self._generate()
        settlement.action_send()
        self._delivered((self.tea, 1))
        self.assertEqual(self._generate(), settlement)
        self.assertEqual(settlement.amount_goods, 100.0)
        following = (self.period[1] + timedelta(days=1), self._day(0))
        later = self._generate(period=following)
        self.assertEqual(later.amount_goods, 7.77)
        self.assertTrue(later.line_ids.is_late)

    def test_goods_after_the_period_are_not_in_it(self):
        self._delivered((self.jam, 10), day=self.period[1] + timedelta(days=1))
        self.assertFalse(self._generate())

    def test_receipt_that_is_booked_later_goes_by_the_stated_day(self):
        order = self._order(self.supplier, {self.jam: 4})
        self._receive(order, day=self._in_period(12))
        settlement = self._generate()
        self.assertEqual(settlement.line_ids.date, self._in_period(12))
        self.assertFalse(settlement.line_ids.is_late)

    def test_goods_before_the_start_date_are_never_settled(self):
        self.company.s2b2b_start_date = self._in_period(11)
        self._delivered((self.jam, 10), day=self._in_period(10))
        self.assertFalse(self._generate())

    def test_what_another_bill_has_is_not_settled(self):
        purchase = self._delivered((self.jam, 10))
        purchase.action_create_invoice()
        self.assertFalse(self._generate())

    def test_each_supplier_and_currency_has_its_own_settlement(self):
        other = self._supplier("Brook Dairy")
        milk = self._goods("Milk", 20.0)
        euro = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        self._offer(other, milk, 5.0)
        self._delivered((self.jam, 1))
        self._delivered((milk, 1), supplier=other)
        other.with_company(self.company).property_purchase_currency_id = euro
        foreign = self._order(other, {milk: 2}, currency_id=euro.id)
        foreign.order_line.price_unit = 9.0
        self._receive(foreign)
        settlements = self._generate(period=(self.period[0], self._day(0)))
        self.assertEqual(len(settlements), 3)
        of_euro = settlements.filtered(lambda s: s.currency_id == euro)
        self.assertEqual((of_euro.partner_id, of_euro.amount_total), (other, 18.0))

    def test_only_the_given_partners_are_settled(self):
        other = self._supplier("Brook Dairy")
        self._delivered((self.jam, 1))
        self.assertFalse(self._generate(partners=other))
        self.assertTrue(self._generate(partners=self.supplier))

    def test_vendors_without_a_status_are_left_alone(self):
        vendor = self._supplier("Plain Vendor", status="none")
        self._receive(self._order(vendor, {self.jam: 2}))
        self.assertFalse(self._generate(period=(self.period[0], self._day(0))))
