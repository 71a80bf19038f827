from odoo.tests import tagged

from .test_points_earning import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsStructure(PointsCommon):
    """Points follow a member that becomes a part of another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.points_tier_value = 1
        cls.small = cls._member("Corner Shop", is_company=False)

    def setUp(self):
        super().setUp()
        self.entries._points_grant(self.small, 300, "Trade fair", "fair")

    def _join(self):
        self.small.parent_id = self.member

    def test_member_that_becomes_a_contact_brings_its_points_with_their_last_day(self):
        expiry = self._of(self.small).expiry_date
        self._join()
        self.assertEqual((self._balance(), self._balance(self.small)), (300, 0))
        lot = self._of().filtered("remaining")
        self.assertEqual((lot.expiry_date, lot.kind), (expiry, "adjust"))
        self.assertIn("Corner Shop", lot.name)
        self.assertEqual(self.small.points_balance, 300, "it shows what its company has")
        self.small.write({"parent_id": self.member.id})
        self.assertEqual(self._balance(), 300)

    def test_debt_goes_along(self):
        self.entries._points_grant(self.member, 50, "Trade fair", "own")
        invoice = self._invoice(self.small, 100, "2026-06-01")
        self._pay(invoice, "2026-06-01")
        self.entries._grant("adjust", self.small, -400, "Spent", "spent")
        self._credit(invoice)
        self.assertEqual(self._balance(self.small), -100)
        self._join()
        self.assertEqual((self._balance(), self._balance(self.small)), (-50, 0))

    def test_member_merged_into_a_contact_brings_its_points(self):
        contact = self._contact(self.member)
        self.env["base.partner.merge.automatic.wizard"]._merge((self.small | contact).ids, contact)
        self.assertEqual((self._balance(), self._balance(contact)), (300, 0))

    def test_credit_note_after_the_move_takes_back_from_the_company(self):
        invoice = self._invoice(self.small, 100, "2026-06-01")
        self._pay(invoice, "2026-06-01")
        self._join()
        self.assertEqual(self._balance(), 400)
        self._credit(invoice)
        self.assertEqual((self._balance(), self._balance(self.small)), (300, 0))

    def test_order_cancelled_after_the_move_gives_back_to_the_company(self):
        order = self._order(self.small, 1000)
        order._update_programs_and_rewards()
        card = self._card(self.small)
        order._apply_program_reward(card.program_id.reward_ids, card)
        order.action_confirm()
        self.assertEqual(self._balance(self.small), 0)
        self._join()
        order._action_cancel()
        self.assertEqual((self._balance(), self._balance(self.small)), (300, 0))
        self.assertTrue(all(self._of().filtered("remaining").mapped("expiry_date")))

    def test_points_used_for_the_tier_count_for_the_company(self):
        self.entries._turn_into_progress(self.small, 100, "portal")
        self._join()
        self._evaluate(self.member, self._of(self.small)[-1].date)
        self.assertEqual(self.member.member_figures_ids.bonus, 100)
        self.assertEqual(self._balance(), 200)
