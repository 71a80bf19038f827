from odoo.tests import tagged

from .portal_common import PortalOrderCommon


@tagged("post_install", "-at_install")
class TestUiPoints(PortalOrderCommon):
    """Points, gifts and the ways out of a held order, in the browser."""

    def test_member_takes_a_gift_and_a_discount_for_its_points(self):
        self.company.write({"member_points": True, "points_value": 0.1})
        entries = self.env["s2b2b.points.entry"]
        entries._points_grant(self.member, 500, "Trade fair", "fair")
        mug = self._goods("Mug", 7.0, default_code="M-1")
        program = self.env["loyalty.program"]._get_points_program(self.company)
        self.env["loyalty.reward"].create(
            [
                {
                    "program_id": program.id,
                    "reward_type": "product",
                    "reward_product_id": mug.id,
                    "required_points": points,
                }
                for points in (300, 501)
            ]
        )
        self.start_tour("/my/order/new", "s2b2b_order_points_and_gift", login="m-buyer")
        order = self.env["sale.order"].search([("partner_id", "=", self.member.id)])
        self.assertEqual((order.state, order.amount_total), ("sale", 160))
        self.assertEqual(order.order_line.product_id & mug, mug)
        self.assertFalse(entries._get_balances(self.member, self.company).get(self.member.id))

    def test_member_leaves_a_held_order_by_the_buttons_of_its_page(self):
        self.company.member_credit_policy = "block"
        self.member.write({"credit_policy": "limit", "credit_limit": 100})
        order = self._sale((self.lamp, 10), s2b2b_contact_id=self.buyer_user.partner_id.id)
        self.assertEqual(order.hold_reason, "credit")
        self.start_tour(f"/my/order/{order.id}", "s2b2b_order_ways_out", login="m-buyer")
        self.assertEqual(order.state, "cancel")
        self.assertEqual(order.credit_request_ids.state, "submitted")
