from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_claims import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimDocuments(ClaimCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._accounting()

    def _resolved(self, order, resolution, **values):
        claim = self._answered(order, resolution=resolution, **values)
        claim.action_resolve()
        return claim

    def _send_back(self, claim):
        picking = claim.return_picking_id
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")

    def test_return_and_refund_sends_back_and_credits_what_was_received(self):
        order = self._received()
        order.action_create_invoice()
        claim = self._resolved(order, "return_refund")
        self.assertEqual(claim.return_picking_id.return_id, order.picking_ids[:1])
        self.assertEqual(claim.return_picking_id.move_ids.product_uom_qty, 2)
        self._send_back(claim)
        self.assertEqual(order.order_line.qty_received, 8)
        note = claim.credit_move_id
        self.assertRecordValues(
            note, [{"move_type": "in_refund", "state": "draft", "amount_untaxed": 20.0}]
        )
        self.assertEqual(note.partner_id.commercial_partner_id, self.a)
        self.assertEqual(order.order_line.qty_invoiced, 8, "nothing is left to be credited")

    def test_replacement_goes_back_without_refund_and_comes_without_price(self):
        order = self._received()
        claim = self._resolved(order, "replace")
        self._send_back(claim)
        self.assertEqual(order.order_line.qty_received, 10)
        self.assertFalse(claim.credit_move_id)
        new = claim.replacement_id
        self.assertEqual((new.state, new.partner_id), ("draft", self.a))
        self.assertEqual((new.order_line.product_qty, new.amount_untaxed), (2, 0))
        new.button_confirm()
        self.assertEqual(new.amount_untaxed, 0)

    def test_replacement_without_return_leaves_the_goods(self):
        claim = self._resolved(self._received(), "replace", return_goods=False)
        self.assertFalse(claim.return_picking_id)
        self.assertTrue(claim.replacement_id)

    def test_refund_keeps_goods_and_what_was_billed(self):
        order = self._received()
        order.action_create_invoice()
        claim = self._resolved(order, "refund", quantity=3)
        self.assertFalse(claim.return_picking_id)
        self.assertEqual(claim.credit_move_id.amount_untaxed, 30)
        self.assertEqual(order.order_line.qty_invoiced, 10, "core proposes no second bill")

    def test_price_cut_credits_the_amount_agreed(self):
        claim = self._resolved(self._received(), "price_cut", resolution_amount=7.5)
        self.assertEqual(claim.credit_move_id.amount_untaxed, 7.5)
        self.assertFalse(claim.return_picking_id or claim.replacement_id)

    def test_freight_goes_to_the_side_that_bears_it(self):
        for bearer, expected in (("supplier", 12.0), ("platform", 7.5)):
            with self.subTest(bearer=bearer):
                claim = self._resolved(
                    self._received(),
                    "price_cut",
                    resolution_amount=7.5,
                    freight_amount=4.5,
                    freight_bearer=bearer,
                )
                self.assertEqual(claim.credit_move_id.amount_untaxed, expected)

    def test_rejected_claim_makes_nothing(self):
        claim = self._resolved(self._received(), "reject", freight_amount=9)
        self.assertEqual(claim.state, "refused")
        self.assertFalse(claim.return_picking_id or claim.replacement_id or claim.credit_move_id)

    def test_deciding_again_makes_nothing_twice(self):
        claim = self._resolved(self._received(), "return_refund")
        before = (claim.return_picking_id, claim.credit_move_id)
        claim._claim_resolve()
        self.assertEqual((claim.return_picking_id, claim.credit_move_id), before)
        pickings = claim.purchase_id.picking_ids.filtered("return_id")
        self.assertEqual(len(pickings), 1)

    def test_more_than_was_received_does_not_go_back(self):
        order = self._received(quantity=3)
        claim = self._answered(order, resolution="return_refund", quantity=4)
        with self.assertRaises(UserError):
            claim.action_resolve()
        first = self._resolved(order, "return_refund", quantity=2)
        self.assertTrue(first.return_picking_id)
        second = self._answered(order, resolution="return_refund", quantity=2)
        with self.assertRaisesRegex(UserError, "left to return"):
            second.action_resolve()

    def test_claim_without_a_receipt_cannot_send_anything_back(self):
        claim = self._answered(resolution="return_refund", kind="service", quantity=0)
        with self.assertRaises(UserError):
            claim.action_resolve()
        claim.write({"resolution": "price_cut", "resolution_amount": 15})
        claim.action_resolve()
        self.assertEqual(claim.credit_move_id.amount_untaxed, 15)

    def test_other_units_are_converted(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._received(quantity=24)
        claim = self._resolved(order, "return_refund", quantity=1, product_uom_id=dozen.id)
        self.assertEqual(claim.amount, 120)
        self.assertEqual(claim.return_picking_id.move_ids.product_uom_qty, 12)
        self.assertEqual(claim.credit_move_id.amount_untaxed, 120)
