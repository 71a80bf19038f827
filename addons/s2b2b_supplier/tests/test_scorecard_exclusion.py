from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestScorecardExclusion(SupplierCommon):
    """Lines that a manager keeps out of the scores: with a reason, with a trace, not for ever."""

    def setUp(self):
        super().setUp()
        self.supplier, self.product = self._supplier(), self._product()
        self.env["s2b2b.kpi"].search([]).write({"minimum_sample": 1, "shrink": False})
        self.late = self._order(self.supplier, {self.product: 5}, promised=self._day(-10))
        good = self._order(self.supplier, {self.product: 5}, promised=self._day(-9))
        self._receive(good, day=self._day(-9))
        self.card = self.env["s2b2b.scorecard"]._evaluate(
            self.supplier, self._day(-30), self._day(-1)
        )
        self.exclusions = self.env["s2b2b.scorecard.exclusion"].with_user(self.supplier_manager)

    def _on_time(self):
        line = self.card.line_ids.filtered(lambda line: line.kpi_key == "on_time")
        return line.numerator, line.denominator

    def test_others_than_managers_exclude_nothing(self):
        for user in (self.supplier_user, self.buyer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.exclusions.with_user(user)._exclude(self.late.order_line, "Our dock")
        wizard = self.env["s2b2b.scorecard.exclude"].with_user(self.supplier_user)
        with mute_logger("odoo.addons.base.models.ir_model"), self.assertRaises(AccessError):
            wizard.create({"reason": "Our dock"})
        self.assertEqual(self._on_time(), (1, 2))

    def test_nobody_writes_the_fact_by_hand(self):
        exclusion = self.exclusions._exclude(self.late.order_line, "Our dock was closed")
        with self.assertRaises(AccessError):
            self.late.order_line.score_exclusion_id = False
        with mute_logger("odoo.addons.base.models.ir_model"), self.assertRaises(AccessError):
            exclusion.write({"reason": "Another"})

    def test_excluded_line_no_longer_counts_and_the_card_says_why(self):
        self.assertEqual(self._on_time(), (1, 2))
        self.exclusions._exclude(self.late.order_line, "Our dock was closed")
        self.assertEqual(self._on_time(), (1, 1))
        revision = self.card.revision_ids.filtered(lambda r: r.kpi_key == "on_time")
        self.assertIn("Our dock was closed", revision.cause)
        self.assertEqual((revision.before, revision.after), ("1/2 (0.0)", "1/1 (100.0)"))
        self.assertEqual(revision.user_id, self.supplier_manager)
        self.assertIn("Our dock was closed", self.late.message_ids[0].body)

    def test_reason_is_needed_and_lines_are_excluded_once(self):
        with self.assertRaises(UserError):
            self.exclusions._exclude(self.late.order_line, "  ")
        self.exclusions._exclude(self.late.order_line, "Our dock was closed")
        with self.assertRaises(UserError):
            self.exclusions._exclude(self.late.order_line, "Again")

    def test_whole_order_takes_lines_along_that_are_added_later(self):
        self.supplier_manager.group_ids |= self.env.ref("purchase.group_purchase_user")
        wizard = self.env["s2b2b.scorecard.exclude"].with_user(self.supplier_manager)
        wizard = wizard.with_context(active_model="purchase.order", active_ids=self.late.ids)
        wizard.create({"reason": "Strike at our own dock"}).action_apply()
        self.assertEqual(self._on_time(), (1, 1))
        line = {"product_id": self._product("Tea").id, "product_qty": 1, "price_unit": 1}
        self.late.write({"order_line": [(0, 0, line)]})
        exclusion = self.late.order_line.score_exclusion_id
        self.assertEqual(len(self.late.order_line), 2)
        self.assertTrue(exclusion.whole_order)
        self.assertTrue(all(own.score_exclusion_id for own in self.late.order_line))

    def test_lifted_exclusion_counts_again_and_is_kept(self):
        exclusion = self.exclusions._exclude(self.late.order_line, "Our dock was closed")
        with self.assertRaises(AccessError):
            exclusion.with_user(self.supplier_user).action_lift()
        exclusion.action_lift()
        self.assertEqual(self._on_time(), (1, 2))
        self.assertFalse(exclusion.active)
        self.assertEqual(exclusion.lifted_by_id, self.supplier_manager)
        self.assertEqual(exclusion.sudo().line_ids, self.late.order_line)
        self.assertEqual(self.card.revision, 2)

    def test_excluded_lines_are_listed_with_the_others(self):
        self.exclusions._exclude(self.late.order_line, "Our dock was closed")
        row = self.env["s2b2b.delivery.line"].search([("order_id", "=", self.late.id)])
        self.assertEqual(row.exclusion_id.reason, "Our dock was closed")
