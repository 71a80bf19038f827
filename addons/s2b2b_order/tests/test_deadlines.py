from datetime import datetime, timedelta

from odoo.tests import freeze_time, tagged

from .common import TwoOffersCommon


@tagged("post_install", "-at_install")
class TestDeadlines(TwoOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.normal_type.write({"accept_hours": 4, "ship_hours": 8, "sla_clock": "always"})
        cls.company.order_deadlines_watched = True

    def _watch(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("s2b2b_order.cron_watch_deadlines").method_direct_trigger()
        self.env.invalidate_all()

    def test_silence_past_the_deadline_goes_to_others(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        self._watch(purchase.accept_deadline - timedelta(minutes=1))
        self.assertEqual(purchase.supplier_state, "pending")
        self._watch(purchase.accept_deadline + timedelta(minutes=1))
        self.assertEqual(purchase.supplier_state, "cancelled")
        self.assertEqual(purchase.order_line.allocation_line_id.outcome, "timeout")
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertIn("timeout", order.event_ids.mapped("kind"))

    def test_deadlines_are_not_watched_unless_switched_on(self):
        self.company.order_deadlines_watched = False
        purchase = self._purchase(self._sale((self.lamp, 10)), self.cheap)
        self._watch(purchase.accept_deadline + timedelta(days=1))
        self.assertEqual(purchase.supplier_state, "pending")

    def test_orders_from_before_the_start_date_are_left_alone(self):
        purchase = self._purchase(self._sale((self.lamp, 10)), self.cheap)
        self.company.s2b2b_start_date = self.today + timedelta(days=1)
        self._watch(purchase.accept_deadline + timedelta(days=1))
        self.assertEqual(purchase.supplier_state, "pending")

    def test_goods_not_shipped_in_time_are_raised_once(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept()
        for _run in range(2):
            self._watch(purchase.ship_deadline + timedelta(minutes=1))
        alerts = order.alert_ids.filtered(lambda alert: alert.kind == "sla")
        self.assertEqual((len(alerts), alerts.supplier_id), (1, self.cheap))

    def test_clock_of_working_hours_stands_still_at_night_and_at_weekends(self):
        self.normal_type.sla_clock = "working"
        calendar = self.env["resource.calendar"].create(
            {"name": "40 hours", "tz": "UTC", "company_id": self.company.id}
        )
        self.company.resource_calendar_id = calendar
        friday = datetime(2026, 3, 6, 15, 0)
        deadline = self.normal_type._get_deadline(4, self.company, friday)
        self.assertEqual(deadline, datetime(2026, 3, 9, 10, 0))
        around = self.urgent_type._get_deadline(4, self.company, friday)
        self.assertEqual(around, datetime(2026, 3, 6, 19, 0))

    def test_no_hours_are_no_deadline(self):
        self.normal_type.accept_hours = 0
        purchase = self._purchase(self._sale((self.lamp, 10)), self.cheap)
        self.assertFalse(purchase.accept_deadline)
        self._watch(datetime(2100, 1, 1))
        self.assertEqual(purchase.supplier_state, "pending")
