from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestQueryCounts(OrderCommon):
    """However many lines and offers there are, the facts are read at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.suppliers = [cls._supplier(f"Supplier {number}") for number in range(6)]
        cls.products = [cls._goods(f"Product {number}") for number in range(24)]
        for number, product in enumerate(cls.products):
            for supplier in cls.suppliers:
                cls._offer(supplier, product, 5.0 + number % 3, stock=100)
        cls._sale((cls.products[0], 1))

    def _queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _quotation(self, count):
        return self._sale(*((product, 2) for product in self.products[:count]), confirm=False)

    def test_facts_are_gathered_in_the_same_queries_for_any_number_of_lines(self):
        gather = self.env["s2b2b.allocation.input"]._prepare_allocation_input
        small, large = self._quotation(6), self._quotation(24)
        few = self._queries(lambda: gather(small))
        many = self._queries(lambda: gather(large))
        self.assertLessEqual(many, few + 2)
        self.assertLess(many, 60)

    def test_proposing_for_many_lines_costs_no_query_a_line(self):
        propose = self.env["s2b2b.allocation"]._propose
        small, large = self._quotation(6), self._quotation(24)
        few = self._queries(lambda: propose(small))
        many = self._queries(lambda: propose(large))
        self.assertLessEqual(many, few + 6)

    def test_allocation_adds_few_queries_to_the_confirmation_of_core(self):
        allocated = self._quotation(12)
        ours = self._queries(allocated.action_confirm)
        self.company.allocation_mode = "off"
        plain = self._quotation(12)
        core = self._queries(plain.action_confirm)
        self.assertLess(ours, 2.5 * core)
