import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestBankRaces(TransactionCase):
    """Two reconciliations at one moment, with real transactions; what they leave is cleaned up."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean_up)
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {}))

    def _prepare(self, env):
        company = env["res.company"].create(
            {"name": "Race Company", "currency_id": env.ref("base.EUR").id}
        )
        env["account.chart.template"].try_loading(
            "generic_coa", company=company, install_demo=False
        )
        env = env(context={"allowed_company_ids": company.ids})
        partner = env["res.partner"].create({"name": "Race Member"})
        invoice = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-11-03",
                "invoice_line_ids": [
                    Command.create({"name": "Goods", "price_unit": 120, "tax_ids": False})
                ],
            }
        )
        invoice.action_post()
        journal = env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )
        env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": "2026-11-03",
                "amount": 120,
                "payment_ref": invoice.name,
                "partner_id": partner.id,
            }
        )
        runs = env["s2b2b.reconcile.run"].create([{}, {}])
        self.company_id, self.partner_id = company.id, partner.id
        self.invoice_id, self.run_ids = invoice.id, runs.ids

    def _clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            company = env["res.company"].browse(self.company_id)
            runs = env["s2b2b.reconcile.run"].browse(self.run_ids)
            runs.filtered(lambda run: run.state == "done").action_undo()
            runs.unlink()
            of_company = [("company_id", "=", company.id)]
            env["account.bank.statement.line"].search(of_company).unlink()
            moves = env["account.move"].search(of_company)
            moves.button_draft()
            moves.with_context(force_delete=True).unlink()
            company.write({"name": f"Race Company {company.id}", "active": False})
            env["res.partner"].browse(self.partner_id).unlink()

    def _two(self):
        """Two runs in two transactions that both have begun."""
        runs = []
        for run_id in self.run_ids:
            cr = self.registry.cursor()
            self.addCleanup(cr.close)
            env = api.Environment(cr, SUPERUSER_ID, {"allowed_company_ids": [self.company_id]})
            runs.append(env["s2b2b.reconcile.run"].browse(run_id))
            env["account.move"].browse(self.invoice_id).mapped("line_ids.amount_residual")
        return runs

    def test_second_run_is_turned_away_while_the_first_is_at_work(self):
        first, second = self._two()
        first.action_run()
        with self.assertRaisesRegex(UserError, "somebody else"):
            second.action_run()
        second.env.cr.rollback()
        first.env.cr.commit()
        second.env.transaction.reset()
        second.action_run()
        second.env.cr.commit()
        self.assertEqual((first.posted_count, len(second.match_ids)), (1, 0))

    def test_run_that_began_before_the_first_had_finished_is_replayed(self):
        first, second = self._two()
        first.action_run()
        first.env.cr.commit()
        with (
            self.assertRaises(psycopg2.errors.SerializationFailure),
            mute_logger("odoo.sql_db"),
        ):
            second.action_run()
            second.env.flush_all()
        second.env.cr.rollback()
        second.env.transaction.reset()
        second.action_run()
        second.env.cr.commit()
        self.assertEqual((first.posted_count, len(second.match_ids)), (1, 0))
        invoice = second.env["account.move"].browse(self.invoice_id)
        self.assertEqual(len(invoice.line_ids.matched_credit_ids), 1)
