from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.s2b2b_member.tests.common import MemberCommon


@tagged("post_install", "-at_install")
class TestSegmentMailing(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("mass_mailing.group_mass_mailing_user")
        cls.london = cls._member("London Pots", city="London")
        cls.leeds = cls._member("Leeds Pots", city="Leeds")
        cls.segment = cls.env["s2b2b.segment"].create(
            {"name": "Londoners", "domain": "[('city', '=', 'London')]"}
        )

    def _mailing(self, user=None):
        mailings = self.env["mailing.mailing"].with_user(user or self.env.user)
        form = Form(mailings, view="mass_mailing.view_mail_mass_mailing_form")
        form.subject = "Spring range"
        form.segment_id = self.segment
        return form.save()

    def test_mailing_goes_to_the_members_of_the_segment(self):
        mailing = self._mailing()
        self.assertEqual(mailing.mailing_model_name, "res.partner")
        self.assertEqual(mailing._get_recipients(), self.london.ids)

    def test_audience_is_that_of_the_moment_of_sending(self):
        mailing = self._mailing()
        self.leeds.city = "London"
        self.assertCountEqual(mailing._get_recipients(), (self.london | self.leeds).ids)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_access")
    def test_employee_who_sends_no_mailings_uses_no_segment(self):
        employee = new_test_user(self.env, "segment_employee", groups="base.group_user")
        partners = self.env["res.partner"].with_user(employee)
        with self.assertRaises(AccessError):
            partners.search([("segment_ids", "in", self.segment.ids)])
        with self.assertRaises(AccessError):
            self.segment.with_user(employee).read(["name"])

    def test_whoever_sends_mailings_needs_no_rights_on_members(self):
        sender = new_test_user(
            self.env,
            "segment_sender",
            groups="base.group_user,mass_mailing.group_mass_mailing_user",
            company_id=self.env.company.id,
        )
        # A rule may look at what only staff of members may read.
        self.env["res.partner.grade"]._evaluate_members(self.london)
        self.segment.domain = "[('city', '=', 'London'), ('grade_at_risk', '=', False)]"
        self.env.flush_all()
        self.env.invalidate_all()
        mailing = self._mailing(sender)
        self.assertEqual(mailing.segment_id.name, "Londoners")
        self.assertEqual(mailing._get_recipients(), self.london.ids)
        self.env.invalidate_all()
        self.assertEqual(Form(mailing).segment_id, self.segment)
        mailing.body_html = "<p>Hello</p>"
        mailing.action_send_mail()
        self.assertEqual(mailing.mailing_trace_ids.mapped("res_id"), self.london.ids)

    def test_segment_that_a_mailing_uses_is_not_deleted(self):
        self._mailing()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.segment.unlink()

    def test_segment_shows_its_mailings_and_starts_one(self):
        self._mailing()
        self.assertEqual(self.segment.mailing_count, 1)
        action = self.segment.action_view_mailings()
        self.assertEqual(action["context"]["default_segment_id"], self.segment.id)
        self.assertTrue(self.env["mailing.mailing"].search_count(action["domain"]))
