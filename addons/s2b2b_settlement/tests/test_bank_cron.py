from odoo.tests import tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestBankCron(BankCommon):
    """The daily reconciliation does nothing until a company has switched it on."""

    def _trigger(self):
        known = self.env["s2b2b.reconcile.run"].search([])
        with self.enter_registry_test_mode():
            self.env.ref("s2b2b_settlement.cron_reconcile").method_direct_trigger()
        return self.env["s2b2b.reconcile.run"].search([]) - known

    def setUp(self):
        super().setUp()
        self.env["res.company"].search([]).reconcile_active = False
        self.invoice = self._document(self.member, 120)
        self._pay(120, self.invoice.name, self.member)

    def test_nothing_happens_while_it_is_off(self):
        self.assertFalse(self._trigger())
        self.assertOpen(self.invoice)

    def test_company_that_switched_it_on_is_reconciled(self):
        self.company.reconcile_active = True
        run = self._trigger()
        self.assertRecordValues(
            run, [{"state": "done", "is_automatic": True, "company_id": self.company.id}]
        )
        self.assertPaid(self.invoice)

    def test_run_that_finds_nothing_new_leaves_no_trace(self):
        self._pay(5, "unknown", self.member)
        self.company.reconcile_active = True
        self.assertEqual(len(self._trigger().match_ids), 2)
        self.assertFalse(self._trigger())

    def test_new_company_has_it_off(self):
        self.assertFalse(self.env["res.company"].new({"name": "New"}).reconcile_active)
