import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPointsRace(TransactionCase):
    """Of two who spend the same points at one moment, in two real transactions, one passes."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].create({"name": self.id(), "member_points": True})
            company.points_tier_value = 1
            member = env["res.partner"].create(
                {"name": "Racer", "is_company": True, "is_member": True}
            )
            entries = env["s2b2b.points.entry"].with_company(company)
            entries._points_grant(member, 100, "Fair", "fair")
            self.company_id, self.member_id = company.id, member.id
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            for table in ("s2b2b_points_entry", "s2b2b_credit_gate", "loyalty_card"):
                column = "partner_id"
                cr.execute(f"DELETE FROM {table} WHERE {column} = %s", (self.member_id,))
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["res.partner"].browse(self.member_id).unlink()
            env["res.company"].browse(self.company_id).active = False

    def _spend(self, env, key):
        entries = env["s2b2b.points.entry"].with_company(self.company_id)
        return entries._turn_into_progress(env["res.partner"].browse(self.member_id), 70, key)

    def test_second_of_two_is_replayed_and_refused(self):
        with self.registry.cursor() as c1, self.registry.cursor() as c2:
            one, two = (api.Environment(c, SUPERUSER_ID, {}) for c in (c1, c2))
            member = two["res.partner"].browse(self.member_id)
            balance = member.with_company(self.company_id).points_balance
            self.assertEqual(balance, 100, "its snapshot is taken")
            self._spend(one, "one")
            one.flush_all()
            c1.commit()
            with (
                self.assertRaises(psycopg2.errors.SerializationFailure),
                mute_logger("odoo.sql_db"),
            ):
                self._spend(two, "two")
            c2.rollback()
            two.transaction.reset()
            with self.assertRaises(UserError):
                self._spend(two, "two")

    def test_same_grant_at_one_moment_is_given_once(self):
        with self.registry.cursor() as c1, self.registry.cursor() as c2:
            one, two = (api.Environment(c, SUPERUSER_ID, {}) for c in (c1, c2))
            two["res.partner"].browse(self.member_id).read(["name"])
            for env in (one,):
                self._grant(env)
                env.flush_all()
            c1.commit()
            with (
                self.assertRaises(psycopg2.errors.SerializationFailure),
                mute_logger("odoo.sql_db"),
            ):
                self._grant(two)
            c2.rollback()
            two.transaction.reset()
            self.assertFalse(self._grant(two))

    def _grant(self, env):
        entries = env["s2b2b.points.entry"].with_company(self.company_id)
        member = env["res.partner"].browse(self.member_id)
        return entries._points_grant(member, 5, "Survey", "survey")
