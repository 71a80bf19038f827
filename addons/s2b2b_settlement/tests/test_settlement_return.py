from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementReturn(SettlementCommon):
    def test_return_in_the_period_takes_goods_and_commission_back(self):
        self._rule(10)
        purchase = self._delivered((self.jam, 10))
        self._returned(purchase, 3)
        settlement = self._generate()
        self.assertEqual(
            self._amounts(settlement), {"goods": 100.0, "return": -30.0, "commission": -7.0}
        )

    def test_return_after_the_settlement_is_in_the_next_one(self):
        self._rule(0, fixed_amount=10)
        purchase = self._delivered((self.jam, 3))
        first = self._confirmed()
        self.assertEqual(first.amount_total, 20.0)
        self._returned(purchase, 1, day=self._day(0))
        later = self._generate(period=(self._day(0), self._day(0)))
        self.assertEqual(self._amounts(later), {"return": -10.0, "commission": 3.33})
        self.assertEqual(later.amount_total, -6.67)

    def test_all_returned_leaves_no_commission_to_the_cent(self):
        self._rule(7.77)
        purchase = self._delivered((self.tea, 7))
        for _step in range(7):
            self._returned(purchase, 1)
        self.assertEqual(
            self._amounts(self._generate()), {"goods": 54.39, "return": -54.39, "commission": 0.0}
        )
