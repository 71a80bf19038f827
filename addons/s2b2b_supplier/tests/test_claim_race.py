import psycopg2.errors

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestClaimRace(TransactionCase):
    """Two people decide at one moment: real transactions, cleaned up by hand."""

    def _open(self, cursor):
        return api.Environment(cursor, SUPERUSER_ID, {"tracking_disable": True})

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cursor:
            env = self._open(cursor)
            partner = env["res.partner"].create({"name": "Race", "is_company": True})
            claim = env["s2b2b.claim"].create(
                {"partner_id": partner.id, "kind": "service", "description": "Race"}
            )
            claim.action_answer()
            claim.resolution = "reject"
            self.ids = claim.id, partner.id
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cursor:
            env = self._open(cursor)
            claim = env["s2b2b.claim"].browse(self.ids[0])
            env["mail.mail"].search(
                [("model", "=", claim._name), ("res_id", "=", claim.id)]
            ).unlink()
            claim._write_guarded({"state": "open"})
            claim.unlink()
            env["res.partner"].browse(self.ids[1]).unlink()

    def test_of_two_decisions_one_wins_and_the_other_is_told(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            one, two = (
                self._open(cursor)["s2b2b.claim"].browse(self.ids[0]) for cursor in (first, second)
            )
            self.assertEqual(two.state, "answered")
            one.action_resolve()
            one.env.flush_all()
            with self.assertRaises(LockError):
                two.action_resolve()
            second.rollback()
            two.env.transaction.reset()
            self.assertEqual(two.state, "answered", "the first has not committed yet")
            first.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                two.action_resolve()
            second.rollback()
            two.env.transaction.reset()
            with self.assertRaisesRegex(UserError, "decided already"):
                two.action_resolve()
            second.rollback()
