import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestQualificationRace(BaseCase):
    """Two reviewers decide at the same moment. Real cursors, cleaned up behind."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["s2b2b.certificate.type"].search([]).action_archive()
            partner = env["res.partner"].create({"name": "Race applicant", "is_company": True})
            record = env["s2b2b.qualification"].create(
                {"partner_id": partner.id, "line_ids": False, "template_id": False}
            )
            record.action_submit()
            record._write_guarded({"state": "audit"})
            self.partner_id, self.record_id = partner.id, record.id
            self.archived = (
                env["s2b2b.certificate.type"]
                .with_context(active_test=False)
                .search([("active", "=", False)])
                .ids
            )
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["s2b2b.certificate.type"].browse(self.archived).action_unarchive()
            record = env["s2b2b.qualification"].browse(self.record_id)
            env["mail.mail"].search(
                [("model", "=", record._name), ("res_id", "=", record.id)]
            ).unlink()
            record._write_guarded({"state": "cancelled"})
            record.unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    def test_one_decision_wins_and_the_other_reviewer_is_told(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            env1 = api.Environment(first, SUPERUSER_ID, {})
            env2 = api.Environment(second, env1.ref("base.user_admin").id, {})
            ours, theirs = (
                env["s2b2b.qualification"].browse(self.record_id) for env in (env1, env2)
            )
            self.assertEqual(theirs.state, "audit")  # its snapshot
            ours.action_approve("Best jam in Kent")
            first.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                theirs.action_reject("Too small")
                env2.flush_all()
            second.rollback()
            env2.transaction.reset()
            with self.assertRaisesRegex(UserError, "has decided already"):
                theirs.action_reject("Too small")  # replayed, as for every request
            second.rollback()
        with self.registry.cursor() as cr:
            record = api.Environment(cr, SUPERUSER_ID, {})["s2b2b.qualification"].browse(
                self.record_id
            )
            self.assertEqual(record.state, "approved")
            self.assertEqual(record.partner_id.supplier_status, "qualified")
