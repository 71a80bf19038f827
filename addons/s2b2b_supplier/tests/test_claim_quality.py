from odoo.tests import tagged

from .common_claims import ClaimCommon


@tagged("post_install", "-at_install")
class TestClaimQuality(ClaimCommon):
    """What is claimed counts as faulty in the measure of quality."""

    def _faulty(self, order):
        self.env.flush_all()
        self.env["s2b2b.delivery.line"].invalidate_model()
        lines = self.env["s2b2b.delivery.line"].search(
            [("purchase_line_id", "in", order.order_line.ids)]
        )
        return lines.faulty_qty

    def test_goods_that_are_claimed_are_faulty(self):
        order = self._received()
        self.assertEqual(self._faulty(order), 0)
        for kind, faulty in (("quality", 2), ("damage", 2), ("wrong_item", 2), ("service", 0)):
            claim = self._claim(order, kind=kind)
            with self.subTest(kind=kind):
                self.assertEqual(self._faulty(order), faulty)
            claim.unlink()

    def test_refused_claim_does_not_count(self):
        order = self._received()
        claim = self._answered(order, resolution="reject")
        self.assertEqual(self._faulty(order), 2)
        claim.action_resolve()
        self.assertEqual((claim.state, self._faulty(order)), ("refused", 0))

    def test_claimed_quantity_is_in_the_unit_of_the_product(self):
        order = self._received(quantity=36)
        self._claim(order, quantity=2, product_uom_id=self.env.ref("uom.product_uom_dozen").id)
        self.assertEqual(self._faulty(order), 24)

    def test_more_is_not_faulty_than_came(self):
        order = self._received()
        self._claim(order, quantity=8)
        self._claim(order, quantity=8)
        self.assertEqual(self._faulty(order), 10)

    def test_claims_of_one_line_add_up(self):
        order = self._received()
        self._claim(order, quantity=2)
        self._claim(order, quantity=3, kind="damage")
        self.assertEqual(self._faulty(order), 5)
