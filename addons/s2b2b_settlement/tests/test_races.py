import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettledOnce(SettlementCommon):
    """The database itself keeps a source from being settled twice."""

    def _line_vals(self, settlement, move):
        return {
            "settlement_id": settlement.id,
            "side": "supplier",
            "partner_id": self.supplier.id,
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
            "kind": "goods",
            "name": "Jam",
            "move_id": move.id,
            "amount": 1.0,
        }

    @mute_logger("odoo.sql_db")
    def test_database_refuses_a_delivery_in_two_statements(self):
        purchase = self._delivered((self.jam, 10))
        self._generate()
        second = self.settlements.create(
            {
                "partner_id": self.supplier.id,
                "currency_id": self.company.currency_id.id,
                "date_from": "2021-01-01",
                "date_to": "2021-01-31",
            }
        )
        move = purchase.order_line.move_ids
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            self.env["s2b2b.settlement.line"]._create_guarded([self._line_vals(second, move)])
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_database_refuses_a_second_statement_of_the_period(self):
        self._delivered((self.jam, 10))
        settlement = self._generate()
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            settlement._create_for("supplier", self.period, {settlement._get_key()})
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestRaces(TransactionCase):
    """Two people at one moment, with real transactions; what they leave is cleaned up."""

    PERIOD = ("2021-01-01", "2021-01-31")

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean_up)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            supplier = env["res.partner"].create({"name": "Race Supplier", "is_company": True})
            self.supplier_id = supplier.id

    def _clean_up(self):
        with self.registry.cursor() as cr:
            cr.execute(
                "DELETE FROM s2b2b_settlement_line WHERE partner_id = %s", [self.supplier_id]
            )
            cr.execute("DELETE FROM s2b2b_settlement WHERE partner_id = %s", [self.supplier_id])
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].browse(self.supplier_id).unlink()

    def _two(self):
        """Two environments of two transactions that both have begun."""
        cursors = [self.registry.cursor() for _number in range(2)]
        for cr in cursors:
            self.addCleanup(cr.close)
            cr.execute("SET LOCAL lock_timeout = '500ms'")
            cr.execute("SELECT count(*) FROM s2b2b_settlement")
        return [api.Environment(cr, SUPERUSER_ID, {}) for cr in cursors]

    def _make(self, env):
        """The statement that generating makes, with a line."""
        settlements = env["s2b2b.settlement"]
        key = (self.supplier_id, env.company.currency_id.id)
        settlement = settlements._create_for("supplier", self.PERIOD, {key})
        settlement._apply_lines(
            {key: settlement},
            {key: [{"kind": "adjustment", "document": "bill", "name": "Fee", "amount": 5.0}]},
            {},
        )
        env.flush_all()
        return settlement

    @mute_logger("odoo.sql_db")
    def test_two_that_generate_at_once_make_one_statement(self):
        first, second = self._two()
        self._make(first)
        with self.assertRaises(psycopg2.errors.LockNotAvailable):
            self._make(second)
        second.cr.rollback()
        first.cr.commit()
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            self._make(second)
        second.cr.rollback()
        again = second["s2b2b.settlement"].search([("partner_id", "=", self.supplier_id)])
        self.assertEqual((len(again), again.amount_total), (1, 5.0))

    def test_who_was_killed_in_the_middle_leaves_nothing(self):
        first, second = self._two()
        self._make(first)
        first.cr.rollback()
        self.assertEqual(len(self._make(second)), 1)

    @mute_logger("odoo.sql_db")
    def test_confirming_while_another_disputes_waits_or_fails(self):
        with self.registry.cursor() as cr:
            settlement = self._make(api.Environment(cr, SUPERUSER_ID, {}))
            settlement._write_guarded({"stage": "sent"})
        first, second = self._two()
        mine, theirs = (settlement.with_env(env) for env in (first, second))
        mine._dispute(mine.line_ids, "Not ours", first.user.partner_id)
        first.flush_all()
        with self.assertRaises(LockError):
            theirs._confirm(second.user.partner_id)
        second.cr.rollback()
