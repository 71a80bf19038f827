import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

CONTENT = [{"offer": 1, "available_qty": 30}]


@tagged("post_install", "-at_install")
class TestApiRace(BaseCase):
    """A system sends a call twice at one moment. Real cursors, cleaned up behind."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.done = []
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["s2b2b.api.request"].search([("scope", "=", "race")]).unlink()

    def _call(self, env, name):
        """What the controller does with a key, done by a call of that name; the answer."""
        claimed, is_new = env["s2b2b.api.request"]._claim("race", "k1", CONTENT)
        if is_new:
            self.done.append(name)
            claimed.write({"answer": {"by": name}, "status": 200})
        return claimed.answer

    def _call_second(self, answers, errors):
        try:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                answers.append(retrying(lambda: self._call(env, "second"), env))
        except Exception as error:
            errors.append(error)

    @mute_logger("odoo.sql_db")
    def test_two_calls_of_one_moment_with_one_key_are_done_once(self):
        answers, errors = [], []
        with self.registry.cursor() as cr:
            first = self._call(api.Environment(cr, SUPERUSER_ID, {}), "first")
            cr.flush()
            second = threading.Thread(target=self._call_second, args=(answers, errors))
            second.start()
            self.addCleanup(second.join, 60)
            self._await_waiting(cr)
            self.assertFalse(answers, "it waits for the first")
        second.join(60)
        self.assertFalse(errors)
        self.assertEqual(answers, [first])
        self.assertEqual(self.done, ["first"])

    def _await_waiting(self, cr):
        """Until the second one waits for what the first one has not committed."""
        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            cr.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
            if cr.fetchone():
                return
            time.sleep(0.05)
        self.fail("The second call does not wait.")
