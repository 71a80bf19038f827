from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common import SupplierCommon

PERIODS = 12


@tagged("post_install", "-at_install")
class TestScorecardQueries(SupplierCommon):
    """Periods that are evaluated together share what is read; each adds a few queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cards = cls.env["s2b2b.scorecard"]
        cls.kpis = cls.env["s2b2b.kpi"].with_context(active_test=False).search([])
        cls.kpis.active = True
        cls.product = cls._product()
        cls.periods = [cls._month(back) for back in range(PERIODS, 0, -1)]

    def _deliver(self, supplier):
        """One order of the supplier in each period, received on its day."""
        for first, _last in self.periods:
            day = first + relativedelta(days=9)
            self._receive(self._order(supplier, {self.product: 5}, promised=day), day=day)

    def _count(self, suppliers, periods):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        for evaluation in self.cards._open_evaluations(suppliers, periods):
            self.cards._prepare_cards(evaluation, suppliers)
        return self.cr.sql_log_count - before

    def _counts(self, suppliers):
        """Queries for one, two and all periods, once what is kept for all of them is read."""
        batches = [self.periods[-number:] for number in (1, 2, PERIODS)]
        for _turn in range(2):
            counts = [self._count(suppliers, periods) for periods in batches]
        return counts

    def test_each_period_costs_the_same_few_queries_for_any_suppliers_and_receipts(self):
        suppliers = self._supplier("First")
        self._deliver(suppliers)
        one, two, year = few = self._counts(suppliers)
        self.assertEqual(year - one, (two - one) * (PERIODS - 1))
        self.assertLess(two - one, len(self.kpis), "not even one for each measure")
        for number in range(6):
            suppliers |= self._supplier(f"Supplier {number}")
            self._deliver(suppliers[-1])
        self._deliver(suppliers[0])
        self.assertEqual(self._counts(suppliers), few)
