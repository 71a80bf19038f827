from odoo.tests import tagged

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementCron(SettlementCommon):
    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("s2b2b_settlement.cron_generate_settlements")

    def _run(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _settlements(self):
        return self.settlements.search([("company_id", "=", self.company.id)])

    def test_nothing_is_generated_until_it_is_switched_on(self):
        self._delivered((self.jam, 10))
        self._run()
        self.assertFalse(self._settlements())

    def test_period_that_is_over_is_settled_once_for_both_sides(self):
        self.company.settlement_policy = "monthly"
        self._delivered((self.jam, 10))
        self._invoice(self.member, 50.0, self._in_period())
        self._run()
        settlements = self._settlements()
        self.assertEqual(sorted(settlements.mapped("side")), ["member", "supplier"])
        self._run()
        self.assertEqual(self._settlements(), settlements)

    def test_period_before_the_start_date_is_left_alone(self):
        self._delivered((self.jam, 10))
        self.company.write({"settlement_policy": "monthly", "s2b2b_start_date": self._day(0)})
        self._run()
        self.assertFalse(self._settlements())

    def test_member_statement_has_invoices_payments_and_the_balance_before(self):
        before = self.period[0].replace(day=1)
        old = self._invoice(self.member, 40.0, "2024-05-05")
        self.company.s2b2b_start_date = before
        invoice = self._invoice(self.member, 100.0, self._in_period(5))
        self._invoice(self.member, 30.0, self._in_period(8), kind="out_refund")
        self._pay(invoice, self._in_period(20), 70.0)
        statement = self._generate(self.member, side="member")
        self.assertTrue(old.amount_residual)
        self.assertEqual(
            self._amounts(statement),
            {"carried": -40.0, "goods": -100.0, "return": 30.0, "payment": 70.0},
        )
        self.assertEqual(statement.amount_total, -40.0)
