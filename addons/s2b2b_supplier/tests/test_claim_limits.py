from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common_claims import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimLimits(ClaimCommon):
    """Nothing of an order line is settled twice, and nothing that was not claimed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._accounting()
        cls.order = cls._received(quantity=10)

    def _refused(self, text, order=None, **values):
        claim = self._answered(order or self.order, **values)
        with self.assertRaisesRegex(UserError, text), self.cr.savepoint():
            claim.action_resolve()
        return claim

    def _settled(self, order=None, **values):
        claim = self._answered(order or self.order, **values)
        claim.action_resolve()
        return claim

    def test_more_than_claimed_is_refused(self):
        for resolution in ("refund", "replace"):
            with self.subTest(resolution=resolution):
                self._refused(
                    "Only 2 is claimed",
                    resolution=resolution,
                    resolution_quantity=3,
                    return_goods=False,
                )
        self._refused("20.00 is claimed", resolution="price_cut", resolution_amount=20.5)

    def test_two_claims_do_not_credit_the_whole_line_twice(self):
        self._settled(resolution="refund", quantity=7)
        self._refused("Only 3 of the order line", resolution="refund", quantity=4)
        self._refused(
            "Only 3 of the order line", resolution="replace", quantity=4, return_goods=False
        )
        self.assertTrue(self._settled(resolution="refund", quantity=3).credit_move_id)

    def test_replaced_goods_are_not_credited_as_well(self):
        self._settled(resolution="replace", quantity=10, return_goods=False)
        self._refused("Only 0 of the order line", resolution="refund", quantity=1)
        self._refused("value is left", resolution="price_cut", resolution_amount=1)

    def test_price_cut_takes_from_what_is_left_to_credit(self):
        self._settled(resolution="price_cut", quantity=10, resolution_amount=60)
        self._refused("40.00 of the order line", resolution="refund", quantity=5)
        self._settled(resolution="refund", quantity=4)

    def test_rejected_and_open_claims_take_nothing(self):
        self._settled(resolution="reject", quantity=10)
        self._answered(self.order, resolution="refund", quantity=10)
        self._settled(resolution="refund", quantity=10)

    def test_return_without_a_claim_counts(self):
        picking = self.order.picking_ids
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.write({"quantity": 8, "to_refund": True})
        back = wizard._create_return()
        back.move_ids.write({"quantity": 8, "picked": True})
        back.button_validate()
        self._refused("Only 2 of the order line", resolution="refund", quantity=3)
        self._settled(resolution="refund", quantity=2)

    def test_goods_that_went_back_by_a_claim_count_once(self):
        claim = self._settled(resolution="return_refund", quantity=6)
        claim.return_picking_id.move_ids.picked = True
        claim.return_picking_id.button_validate()
        self._refused("Only 4 of the order line", resolution="refund", quantity=5)
        self._settled(resolution="refund", quantity=4)

    def test_shortage_is_credited_up_to_what_was_ordered(self):
        order = self._order(self.a, {self.tea: 10})
        self._receive(order, {self.tea: 1})
        self._settled(order, kind="quantity", resolution="refund", quantity=9)
        self._refused(
            "Only 1 of the order line", order, kind="quantity", resolution="refund", quantity=2
        )

    def test_settling_the_whole_receipt_again_makes_nothing_twice(self):
        claim = self._settled(resolution="return_refund", quantity=10)
        note = claim.credit_move_id
        claim._claim_resolve()
        self.assertEqual(claim.credit_move_id, note)

    def test_other_units_are_compared_in_the_unit_of_the_claim(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._received(quantity=24)
        self._settled(order, resolution="refund", quantity=12)
        values = {"resolution": "refund", "product_uom_id": dozen.id}
        self._refused("Only 1 of the order line", order, quantity=2, **values)
        self._settled(order, quantity=1, **values)
