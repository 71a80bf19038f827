import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestStory(OrderCommon):
    """A Gold member's urgent order of ten lines, from its confirmation to its delivery."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.supplier_gate_policy = "block"
        cls.member.grade_id = cls.gold
        cls.member_user = cls._portal_user(cls.member, "story-member")
        cls.exotic, cls.tokyo, cls.cajun = (
            cls._supplier(name) for name in ("Exotic Liquids", "Tokyo Traders", "Cajun Delights")
        )
        cls.lapsed = cls._supplier("Plutzer", "suspended")
        cls.tokyo_user = cls._portal_user(cls.tokyo, "story-tokyo")
        cls.products = [cls._goods(f"Article {number}", 20.0) for number in range(1, 11)]
        cls.split = cls.products[0]
        cls._make_offers()
        cls.order = cls._sale(
            *((product, 12) for product in cls.products),
            order_type=cls.urgent_type,
            confirm=False,
        )

    @classmethod
    def _make_offers(cls):
        """Exotic is the cheapest for the first five, Tokyo for the others; each has the rest too.

        Of the first article nobody has enough; the suspended supplier asks least for all.
        """
        for number, product in enumerate(cls.products):
            first, second = (cls.exotic, cls.tokyo) if number < 5 else (cls.tokyo, cls.exotic)
            is_split = product == cls.split
            cls._offer(first, product, 8.0, min_qty=5, stock=7 if is_split else 100)
            cls._offer(second, product, 9.0, min_qty=5, stock=9 if is_split else 100)
            cls._offer(cls.cajun, product, 11.0, stock=0 if is_split else 500)
            cls._offer(cls.lapsed, product, 5.0, stock=500)

    def _pushed_to(self, user):
        """The payloads pushed to the partner of ``user`` in this transaction."""
        payloads = []
        for values in self.env.cr.precommit.data.get("bus.bus.values", []):
            channel, message = json.loads(values["channel"]), json.loads(values["message"])
            if message["type"] == "s2b2b.order_status" and channel[2] == user.partner_id.id:
                payloads.append(message["payload"])
        return payloads

    def test_order_is_priced_at_the_member_s_tier(self):
        self.assertEqual(self.order.pricelist_id, self.gold.default_pricelist_id)
        self.assertEqual(set(self.order.order_line.mapped("price_reduce_taxexcl")), {18.0})
        self.assertEqual(self.order.amount_untaxed, 10 * 12 * 18)

    def test_confirmation_places_one_urgent_order_with_each_supplier(self):
        self.order.action_confirm()
        purchases = self.order.supplier_order_ids
        self.assertEqual(len(purchases), 2)
        self.assertEqual(purchases.partner_id, self.exotic | self.tokyo)
        self.assertEqual(set(purchases.mapped("is_urgent")), {True})
        self.assertEqual(set(purchases.mapped("supplier_state")), {"pending"})
        self.assertTrue(all(purchases.mapped("accept_deadline")))
        placed = self._placed(self.order)
        self.assertEqual(placed[self.exotic][self.split], 7)
        self.assertEqual(placed[self.tokyo][self.split], 5)
        self.assertEqual(sum(sum(goods.values()) for goods in placed.values()), 120)
        self.assertEqual(self.order.fulfilment_state, "allocated")

    def test_suspended_supplier_is_left_out_with_the_reason_though_it_asks_least(self):
        self.order.action_confirm()
        allocation = self.order.allocation_ids
        left_out = allocation.line_ids.filtered(lambda line: line.supplier_id == self.lapsed)
        self.assertEqual(len(left_out), 10)
        self.assertEqual(set(left_out.mapped("is_barred")), {True})
        self.assertEqual(set(left_out.mapped("quantity")), {0.0})
        self.assertIn("suspended", left_out[0].reason)
        self.assertTrue(all(allocation.line_ids.mapped("reason")))

    def test_order_runs_from_confirmation_to_delivery(self):
        states = []
        self.order.action_confirm()
        states.append(self.order.fulfilment_state)
        self._answer()
        states.append(self.order.fulfilment_state)
        self._ship()
        states.append(self.order.fulfilment_state)
        self._deliver()
        states.append(self.order.fulfilment_state)
        self.assertEqual(states, ["allocated", "accepted", "shipped", "delivered"])
        self.assertEqual(
            self.order.order_line.mapped("qty_delivered"),
            self.order.order_line.mapped("product_uom_qty"),
        )
        self.assertEqual(set(self.order.supplier_order_ids.mapped("supplier_state")), {"delivered"})
        shown = self.order.event_ids.sorted("id").filtered(lambda event: event._is_for_member())
        self.assertEqual(
            shown.mapped("kind"),
            ["confirmed", "allocated", "accepted", "partial", "allocated", "accepted"]
            + ["shipped"] * 3
            + ["delivered"] * 3,
        )
        told = [payload["fulfilment_state"] for payload in self._pushed_to(self.member_user)]
        self.assertEqual(told[-1], "delivered")
        self.assertIn("partly_shipped", told)
        self.assertTrue(self._pushed_to(self.tokyo_user))

    def _answer(self):
        """Exotic accepts, Tokyo accepts 4 of 12 of one line: Exotic is asked for the other 8."""
        self._purchase(self.order, self.exotic)._supplier_accept()
        tokyo = self._purchase(self.order, self.tokyo)
        short = tokyo.order_line.filtered(lambda line: line.product_id == self.products[9])
        tokyo._supplier_accept({short: 4})
        again = self.order.allocation_ids.sorted("round")[-1]
        self.assertEqual(again.round, 2)
        self.assertEqual(
            again.chosen_line_ids.mapped(lambda line: (line.supplier_id, line.quantity)),
            [(self.exotic, 8.0)],
        )
        reason = self._reason(self.order, self.tokyo, short.product_id)
        self.assertIn("asked for this line before", reason)
        self._purchase(self.order, self.exotic, "pending")._supplier_accept()

    def _ship(self):
        for number, purchase in enumerate(self.order.supplier_order_ids.sorted("id"), 1):
            shipment = purchase._supplier_ship(None, "DHL", f"JD0146000036784{number}")
            self.assertIn(shipment.tracking, shipment.tracking_url)
        self.assertEqual(len(self.order.shipment_ids), 3)

    def _deliver(self):
        self.order.supplier_order_ids._supplier_deliver()
        self.assertEqual(set(self.order.shipment_ids.mapped("state")), {"arrived"})

    def test_order_without_a_quantity_is_not_confirmed(self):
        self.order.order_line[3].product_uom_qty = 0
        with self.assertRaisesRegex(UserError, "Article 4: enter a quantity of more than 0"):
            self.order.action_confirm()
        self.assertFalse(self.order.supplier_order_ids)

    def test_order_of_a_negative_quantity_is_not_confirmed(self):
        self.order.order_line[3].product_uom_qty = -2
        with self.assertRaisesRegex(UserError, "Article 4: enter a quantity of more than 0"):
            self.order.action_confirm()
        self.assertFalse(self.order.supplier_order_ids)
