from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TwoOffersCommon


@tagged("post_install", "-at_install")
class TestAllocationReview(TwoOffersCommon):
    def test_nothing_is_ordered_while_a_proposal_waits(self):
        self.company.allocation_mode = "review"
        order = self._sale((self.lamp, 10))
        self.assertFalse(order.supplier_order_ids)
        self.assertFalse(order.picking_ids)
        proposal = order.allocation_ids
        self.assertEqual(proposal.state, "proposed")
        self.assertTrue(proposal.activity_ids)
        proposal.action_apply()
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 10}})
        self.assertFalse(proposal.activity_ids)

    def test_applying_again_orders_nothing_twice(self):
        order = self._sale((self.lamp, 10))
        order.allocation_ids.action_apply()
        order.action_allocate()
        self.assertEqual(len(order.supplier_order_ids), 1)
        self.assertEqual(len(order.allocation_ids), 1)

    def test_proposal_is_changed_by_hand_before_it_is_applied(self):
        self.company.allocation_mode = "review"
        order = self._sale((self.lamp, 10))
        of_cheap, of_dear = order.allocation_ids.line_ids.sorted("price_landed")
        of_cheap.quantity, of_dear.quantity = 3, 7
        order.allocation_ids.action_apply()
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 3}, self.dear: {self.lamp: 7}}
        )

    def test_more_than_the_order_misses_cannot_be_applied(self):
        self.company.allocation_mode = "review"
        order = self._sale((self.lamp, 10))
        order.allocation_ids.line_ids.quantity = 7
        with self.assertRaisesRegex(UserError, "More of Lamp"):
            order.allocation_ids.action_apply()
        self.assertFalse(order.supplier_order_ids)

    def test_applied_allocation_cannot_be_changed(self):
        order = self._sale((self.lamp, 10))
        with self.assertRaisesRegex(UserError, "Only a proposal"):
            order.allocation_ids.line_ids[:1].quantity = 1

    def test_barred_offer_cannot_be_chosen_by_hand(self):
        self.company.write({"allocation_mode": "review", "supplier_gate_policy": "block"})
        self.dear._supplier_suspend("licence expired")
        order = self._sale((self.lamp, 10))
        barred = order.allocation_ids.line_ids.filtered("is_barred")
        with self.assertRaisesRegex(UserError, "licence expired"):
            barred.quantity = 1

    def test_new_proposal_supersedes_the_old_one(self):
        self.company.allocation_mode = "review"
        order = self._sale((self.lamp, 10))
        first = order.allocation_ids
        first.action_propose_again()
        self.assertEqual(first.state, "superseded")
        with self.assertRaisesRegex(UserError, "no longer proposed"):
            first.action_apply()
        self.assertEqual((order.allocation_ids - first).state, "proposed")

    def test_quotation_may_be_looked_at_but_not_placed(self):
        order = self._sale((self.lamp, 10), confirm=False)
        proposal = self.env["s2b2b.allocation"]._propose(order)
        self.assertEqual(proposal.chosen_line_ids.supplier_id, self.cheap)
        with self.assertRaisesRegex(UserError, "Confirm"):
            proposal.action_apply()

    def test_plan_below_the_margin_waits_and_raises_an_alert(self):
        self.policy.min_margin_percent = 70
        order = self._sale((self.lamp, 10))
        proposal = order.allocation_ids
        self.assertEqual(proposal.state, "proposed")
        self.assertAlmostEqual(proposal.margin_percent, 60.0)
        self.assertIn("60.0 %", proposal.review_reason)
        self.assertEqual(order.alert_ids.mapped("kind"), ["price"])

    def test_policy_may_want_a_review_that_the_company_does_not(self):
        self.policy.mode = "review"
        order = self._sale((self.lamp, 10))
        self.assertEqual(order.allocation_ids.state, "proposed")

    def test_stock_gone_since_the_proposal_is_not_ordered(self):
        self.company.allocation_mode = "review"
        self._stock(self.cheap, self.lamp, 10)
        order = self._sale((self.lamp, 10))
        self._stock(self.cheap, self.lamp, 4)
        with self.assertRaisesRegex(UserError, "no longer has Lamp"):
            order.allocation_ids.action_apply()
        self.assertFalse(order.supplier_order_ids)
