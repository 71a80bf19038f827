from odoo.tests import tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestBankQueryCounts(BankCommon):
    """However many transactions and open items there are, the facts are read at once."""

    def _fill(self, count):
        """So many invoices, each with its payment; the transactions."""
        invoices = self.env["account.move"]
        for number in range(count):
            invoices |= self._document(self.member, 100 + number, post=False)
        invoices.action_post()
        lines = self._import(
            *(
                self._movement(100 + number, invoice.name, self.member)
                for number, invoice in enumerate(invoices)
            )
        )
        return lines.browse(lines.ids)

    def _queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_facts_are_gathered_in_the_same_queries_for_any_number_of_lines(self):
        gather = self.env["s2b2b.reconcile.input"]._prepare_matching_input
        lines = self._fill(24)
        few = self._queries(lambda: gather(lines[:6], self.company))
        many = self._queries(lambda: gather(lines, self.company))
        self.assertLessEqual(many, few + 2)
        self.assertLess(many, 30)

    def test_a_transaction_more_costs_few_queries(self):
        self._fill(6)
        few = self._queries(self._run)
        self._fill(30)
        many = self._queries(self._run)
        self.assertLess((many - few) / 24, 4)
