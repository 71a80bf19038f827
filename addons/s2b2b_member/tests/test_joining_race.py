from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

FORM = {
    "company_name": "Kendal Gifts",
    "vat": "GB 980 7806 84",
    "contact_name": "Ann Kendal",
    "email": "",
    "phone": "",
    "street": "",
    "zip": "",
    "city": "",
    "website": "",
    "trade": "",
    "introduction": "",
}


@tagged("post_install", "-at_install")
class TestJoiningRace(TransactionCase):
    """Of two applications with one tax number, sent at one moment, one is taken."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.company_id = env["res.company"].create({"name": self.id()}).id
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._find(env).unlink()
            env["res.company"].browse(self.company_id).active = False

    def _applications(self, env):
        company = env["res.company"].browse(self.company_id)
        return env["s2b2b.member.application"].with_company(company)

    def _find(self, env):
        return self._applications(env).search([("company_id", "=", self.company_id)])

    def _send(self, env):
        values = {**FORM, "country_id": env.ref("base.uk").id, "email": "ann@kendal.example.com"}
        return self._applications(env)._submit(values, "sender")

    def test_second_of_two_is_answered_like_the_first_and_not_stored(self):
        with self.registry.cursor() as c1, self.registry.cursor() as c2:
            one, two = (api.Environment(c, SUPERUSER_ID, {}) for c in (c1, c2))
            self.assertFalse(self._find(two), "its snapshot is taken")
            self.assertTrue(self._send(one))
            one.flush_all()
            c1.commit()
            with mute_logger("odoo.sql_db"):
                self.assertFalse(self._send(two))
            two.flush_all()
            c2.commit()
        with self.registry.cursor() as cr:
            self.assertEqual(len(self._find(api.Environment(cr, SUPERUSER_ID, {}))), 1)

    def test_staff_do_not_enter_it_twice_either(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            first = self._send(env)
            with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), cr.savepoint():
                first.copy()
            first._step("refused", reason="No")
            self.assertTrue(self._send(env), "what was decided stands in nobody's way")
            cr.rollback()
