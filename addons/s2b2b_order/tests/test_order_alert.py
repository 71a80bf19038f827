from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderAlert(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")

    def _alerts(self, kind):
        return self.env["s2b2b.order.alert"].search(
            [("kind", "=", kind), ("company_id", "=", self.company.id)]
        )

    def test_product_that_nobody_offers_is_raised_and_never_silent(self):
        order = self._sale((self.lamp, 10))
        alert = self._alerts("shortage")
        self.assertEqual((alert.order_ids, alert.product_id), (order, self.lamp))
        self.assertEqual(alert.activity_ids.user_id, alert.user_id)
        self.assertEqual(order.fulfilment_state, "exception")
        shortage = order.allocation_ids.line_ids
        self.assertRecordValues(shortage, [{"is_shortage": True, "quantity": 10}])

    def test_part_that_nobody_has_is_raised(self):
        self._offer(self.cheap, self.lamp, 8.0, stock=6)
        order = self._sale((self.lamp, 10))
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 6}})
        self.assertEqual(self._alerts("shortage").order_ids, order)
        shortage = order.allocation_ids.line_ids.filtered("is_shortage")
        self.assertEqual(shortage.quantity, 4)
        event = order.event_ids.filtered(lambda event: event.kind == "shortage")
        self.assertIn("4 Units Lamp", event.text)

    def test_orders_short_of_the_same_product_share_one_alert(self):
        first, second = self._sale((self.lamp, 10)), self._sale((self.lamp, 2))
        alert = self._alerts("shortage")
        self.assertEqual(alert.order_ids, first | second)
        self.assertEqual(len(alert.activity_ids), 1)

    def test_alert_ends_when_all_its_orders_are_served(self):
        orders = self._sale((self.lamp, 10)) | self._sale((self.lamp, 2))
        self._offer(self.cheap, self.lamp, 8.0)
        alert = self._alerts("shortage")
        orders[0].action_allocate()
        self.assertEqual(alert.state, "open")
        alert.action_reallocate()
        self.assertEqual((alert.state, alert.resolution), ("closed", "reallocated"))
        self.assertEqual(set(orders.mapped("fulfilment_state")), {"allocated"})

    def test_alert_is_closed_by_hand_with_a_resolution_only(self):
        self._sale((self.lamp, 10))
        alert = self._alerts("shortage")
        with self.assertRaisesRegex(UserError, "how it was resolved"):
            alert.action_close()
        alert.resolution = "waited"
        alert.action_close()
        self.assertEqual((alert.state, alert.closed_by_id), ("closed", self.env.user))

    def test_alert_that_touches_other_orders_outlives_a_cancelled_one(self):
        first, second = self._sale((self.lamp, 10)), self._sale((self.lamp, 2))
        alert = self._alerts("shortage")
        first.action_cancel()
        self.assertEqual(alert.state, "open")
        second.action_cancel()
        self.assertEqual((alert.state, alert.resolution), ("closed", "cancelled"))

    def test_refusal_that_others_make_good_is_kept_closed(self):
        self._offer(self.cheap, self.lamp, 8.0)
        self._offer(self._supplier("Dear Ltd"), self.lamp, 9.0)
        order = self._sale((self.lamp, 10))
        self._purchase(order, self.cheap)._supplier_refuse("Sold out")
        alert = self._alerts("refusal")
        self.assertRecordValues(
            alert,
            [
                {
                    "supplier_id": self.cheap.id,
                    "detail": "Sold out",
                    "state": "closed",
                    "resolution": "reallocated",
                }
            ],
        )

    def test_goods_that_cannot_be_there_in_time_are_not_ordered_silently(self):
        self._offer(self.cheap, self.lamp, 8.0, delay=9)
        wanted = self.env.cr.now() + timedelta(days=2)
        order = self._sale((self.lamp, 10), commitment_date=wanted)
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 10}})
        alert = self._alerts("delay")
        self.assertEqual(alert.order_ids, order)
        purchase = self._purchase(order, self.cheap)
        self.assertEqual(
            purchase._get_planned_date(), purchase._get_day(self.env.cr.now()) + timedelta(days=9)
        )
        self.assertGreaterEqual(purchase.date_order.date(), self.env.cr.now().date())

    def test_alert_of_an_urgent_order_comes_first(self):
        self._sale((self.lamp, 10), order_type=self.urgent_type)
        shade = self._goods("Shade")
        self._sale((shade, 1))
        alerts = self._alerts("shortage")
        self.assertEqual(alerts.mapped("is_urgent"), [True, False])
