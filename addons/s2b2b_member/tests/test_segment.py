from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import MemberCommon


@tagged("post_install", "-at_install")
class TestSegment(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].search([("is_member", "=", True)]).is_member = False
        cls.day = fields.Date.context_today(cls.env["res.company"])
        cls.garden = cls.env["product.category"].create({"name": "Garden"})
        cls.pots = cls.env["product.category"].create({"name": "Pots", "parent_id": cls.garden.id})
        cls.pot = cls.env["product.product"].create({"name": "Pot", "categ_id": cls.pots.id})
        cls.tag = cls.env["res.partner.category"].create({"name": "Gardeners"})
        cls.london = cls._member("London Pots", city="London")
        cls.leeds = cls._member("Leeds Pots", city="Leeds")
        cls.outsider = cls.env["res.partner"].create({"name": "No member", "city": "London"})

    def _segment(self, **vals):
        return self.env["s2b2b.segment"].create({"name": "Segment", **vals})

    def _buy(self, member, amount, days=10, kind="out_invoice"):
        line = {"product_id": self.pot.id, "price_unit": amount, "tax_ids": False}
        return self._invoice(
            member,
            0,
            self.day - timedelta(days),
            kind=kind,
            invoice_line_ids=[Command.create(line)],
        )

    def _inside(self, segment):
        return self.env["res.partner"].search(segment._get_members_domain())

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_member_staff_uses_segments_but_does_not_change_them(self):
        clerk = new_test_user(self.env, "clerk", groups="s2b2b_member.group_user")
        segment = self._segment(tag_id=self.tag.id).with_user(clerk)
        self.assertEqual(segment.member_count, 2)
        with self.assertRaises(AccessError):
            segment.name = "Mine"
        with self.assertRaises(AccessError):
            segment.action_apply_tags()

    def test_members_by_what_they_are(self):
        segment = self._segment(domain="[('city', '=', 'London')]")
        self.assertEqual(self._inside(segment), self.london)
        self.assertEqual(segment.member_count, 1)

    def test_members_by_what_they_bought_of_a_category_or_below_it(self):
        self._buy(self.london, 100)
        self._buy(self.leeds, 100, days=400)
        segment = self._segment(category_ids=self.garden.ids)
        self.assertEqual(self._inside(segment), self.london)
        segment.months = 24
        self.assertEqual(self._inside(segment), self.london | self.leeds)

    def test_amount_bought_is_net_of_credit_notes(self):
        self._buy(self.london, 100)
        self._buy(self.leeds, 100)
        self._buy(self.leeds, 1, kind="out_refund")
        segment = self._segment(category_ids=self.garden.ids, min_amount=100)
        self.assertEqual(self._inside(segment), self.london)
        self._buy(self.leeds, 99, kind="out_refund")
        segment.min_amount = 0
        self.assertEqual(self._inside(segment), self.london)

    def test_tag_follows_the_segment_and_spares_who_is_no_member(self):
        self.tag.partner_ids = self.leeds | self.outsider
        segment = self._segment(domain="[('city', '=', 'London')]", tag_id=self.tag.id)
        segment.action_apply_tags()
        self.assertEqual(self.tag.partner_ids, self.london | self.outsider)
        self.london.city = "Leeds"
        segment.action_apply_tags()
        self.assertEqual(self.tag.partner_ids, self.outsider)

    def test_segments_of_one_tag_add_up(self):
        segments = self._segment(domain="[('city', '=', 'London')]", tag_id=self.tag.id)
        segments |= self._segment(domain="[('city', '=', 'Leeds')]", tag_id=self.tag.id)
        segments._apply_tags()
        self.assertEqual(self.tag.partner_ids, self.london | self.leeds)

    def test_segment_is_a_condition_on_contacts(self):
        segment = self._segment(name="Londoners", domain="[('city', '=', 'London')]")
        partners = self.env["res.partner"]
        for domain in ([("segment_ids", "in", segment.ids)], [("segment_ids", "ilike", "ondoner")]):
            with self.subTest(domain=domain):
                self.assertEqual(partners.search(domain), self.london)
        self.assertIn(segment, self.london.segment_ids)
        self.assertNotIn(segment, self.leeds.segment_ids)

    def test_rule_that_cannot_be_used_is_refused_by_name(self):
        for domain in ("[('nonsense', '=', 1)]", "[(", "5", "[('segment_ids', 'in', [1])]"):
            with self.subTest(domain=domain), self.assertRefused("Odd", ValidationError):
                self._segment(name="Odd", domain=domain)

    def test_button_opens_the_members(self):
        segment = self._segment(domain="[('city', '=', 'London')]")
        action = segment.action_view_members()
        self.assertEqual(self.env["res.partner"].search(action["domain"]), self.london)
