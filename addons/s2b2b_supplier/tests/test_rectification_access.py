import psycopg2.errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_rectification import RectificationCommon


@tagged("post_install", "-at_install")
class TestRectificationAccess(RectificationCommon):
    def setUp(self):
        super().setUp()
        self.record = self._issued()
        self.enterContext(
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
        )

    def test_portal_and_employees_are_shut_out_of_the_back_office(self):
        portal = self._portal_user(self.a, "portal_rect", role="admin")
        employee = new_test_user(self.env, "test_rect_employee", "base.group_user")
        for user in (portal, employee, self.buyer):
            record = self.record.with_user(user)
            with self.subTest(user=user.login):
                self.assertFalse(record.has_access("read"))
                self.assertFalse(
                    self.env["s2b2b.rectification.line"].with_user(user).has_access("read")
                )
                for verb in (
                    "action_issue",
                    "action_answer",
                    "action_accept",
                    "action_send_back",
                    "action_reject",
                    "action_verify",
                    "action_close_effective",
                    "action_close_ineffective",
                    "action_load_measures",
                ):
                    with self.assertRaises(AccessError):
                        getattr(record, verb)()

    def test_another_companys_rectification_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Other Platform"})
        user = new_test_user(
            self.env,
            "test_rect_other",
            "s2b2b_supplier.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model in ("s2b2b.rectification", "s2b2b.rectification.line"):
            self.assertFalse(self.env[model].with_user(user).search([]))

    def test_state_and_outcome_are_moved_by_verbs_only(self):
        record = self.record.with_user(self.supplier_manager)
        for name, value in (
            ("state", "closed"),
            ("outcome", "effective"),
            ("round", 9),
            ("accepted_date", self.today),
        ):
            with self.subTest(name=name), self.assertRaises(AccessError):
                record.write({name: value})
        with self.assertRaises(AccessError):
            record.line_ids.suggestion_data = []

    def test_what_was_issued_keeps_supplier_and_period(self):
        for name, value in (("partner_id", self._supplier("B").id), ("date_to", self.today)):
            with self.subTest(name=name), self.assertRaises(UserError):
                self.record.write({name: value})
        with self.assertRaises(UserError):
            self.record.line_ids.name = "Another measure"
        with self.assertRaises(UserError):
            self.record.unlink()

    def test_never_two_open_ones_for_the_same_period(self):
        again = {
            "partner_id": self.a.id,
            "date_from": self.record.date_from,
            "date_to": self.record.date_to,
        }
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.cr.savepoint(),
        ):
            self.env["s2b2b.rectification"].create(again)
        self._answer(self.record)
        self.record.review_note = "No cause is named."
        self.record.action_reject()
        self.assertTrue(self.env["s2b2b.rectification"].create(again))
