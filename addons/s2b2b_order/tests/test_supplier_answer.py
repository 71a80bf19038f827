from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import TwoOffersCommon


@tagged("post_install", "-at_install", "fast")
class TestSupplierAnswer(TwoOffersCommon):
    def test_accepting_confirms_the_order_and_freezes_the_promise(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        day = purchase._get_planned_date()
        purchase._supplier_accept()
        self.assertEqual((purchase.state, purchase.supplier_state), ("purchase", "accepted"))
        self.assertEqual(purchase.first_promised_date, day)
        self.assertEqual(purchase.order_line.first_promised_date, day)
        self.assertTrue(purchase.ship_deadline)
        self.assertEqual(purchase.picking_ids.move_ids.product_uom_qty, 10)
        self.assertEqual(order.fulfilment_state, "accepted")
        self.assertEqual(purchase.order_line.allocation_line_id.outcome, "accepted")

    def test_supplier_accepts_as_itself(self):
        order = self._sale((self.lamp, 10))
        user = self._portal_user(self.cheap, "cheap-portal")
        purchase = self._purchase(order, self.cheap)
        purchase.with_user(user).sudo()._supplier_accept()
        self.assertEqual(purchase.supplier_state, "accepted")
        event = order.event_ids.filtered(lambda event: event.kind == "accepted")
        self.assertEqual(event.user_id, user)

    def test_texts_for_staff_are_not_in_the_language_of_the_supplier(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        order = self._sale((self.lamp, 10))
        user = self._portal_user(self.cheap, "cheap-portal")
        user.lang = "zh_CN"
        purchase = self._purchase(order, self.cheap).with_user(user).sudo()
        purchase.with_context(lang="zh_CN")._supplier_refuse("没有库存")
        self.assertIn("asked for this line before", self._reason(order, self.cheap))
        self.assertIn("does not supply", order.alert_ids.filtered("supplier_id").name)

    def test_accepting_twice_changes_nothing(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept()
        before = purchase.read(["ship_deadline", "answered_at", "promised_date"])
        with freeze_time(purchase.answered_at + timedelta(hours=1)):
            purchase._supplier_accept()
        self.assertEqual(purchase.read(["ship_deadline", "answered_at", "promised_date"]), before)
        self.assertEqual(len(purchase.picking_ids), 1)
        self.assertEqual(order.event_ids.mapped("kind").count("accepted"), 1)

    def test_another_answer_after_the_first_is_refused(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept()
        with self.assertRaisesRegex(UserError, "not possible now"):
            purchase._supplier_accept({purchase.order_line: 4})
        with self.assertRaisesRegex(UserError, "not possible now"):
            purchase._supplier_refuse("Changed our mind")
        self.assertEqual(purchase.order_line.product_qty, 10)

    def test_rest_of_a_partial_acceptance_goes_to_others_only(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept({purchase.order_line: 6})
        self.assertEqual(purchase.supplier_state, "partial")
        self.assertEqual(purchase.order_line.allocation_line_id.outcome, "partial")
        self.assertEqual(
            self._placed(order), {self.cheap: {self.lamp: 6}, self.dear: {self.lamp: 4}}
        )
        self.assertEqual(sorted(order.allocation_ids.mapped("round")), [1, 2])
        self.assertIn("asked for this line before", self._reason(order, self.cheap))

    def test_accepting_less_than_the_minimum_keeps_price_and_date(self):
        self.lamp.seller_ids.unlink()
        self._offer(self.cheap, self.lamp, 4.4, min_qty=10)
        self._offer(self.dear, self.lamp, 9.0)
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        planned = purchase.order_line.date_planned
        purchase._supplier_accept({purchase.order_line: 6})
        self.assertRecordValues(
            purchase.order_line, [{"product_qty": 6, "price_unit": 4.4, "date_planned": planned}]
        )
        purchase.order_line.product_qty = 5
        self.assertEqual(purchase.order_line.price_unit, 4.4)

    def test_line_accepted_at_zero_is_asked_elsewhere(self):
        shade = self._goods("Shade")
        self._offer(self.cheap, shade, 2.0)
        self._offer(self.dear, shade, 3.0)
        order = self._sale((self.lamp, 10), (shade, 5))
        purchase = self._purchase(order, self.cheap)
        of_shade = purchase.order_line.filtered(lambda line: line.product_id == shade)
        purchase._supplier_accept({of_shade: 0})
        self.assertEqual(self._placed(order), {self.cheap: {self.lamp: 10}, self.dear: {shade: 5}})

    def test_refusal_goes_to_others_and_the_supplier_is_not_asked_again(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_refuse("Sold out")
        self.assertEqual((purchase.state, purchase.supplier_state), ("cancel", "refused"))
        self.assertEqual(purchase.refusal_reason, "Sold out")
        self.assertEqual(self._placed(order), {self.dear: {self.lamp: 10}})
        self.assertFalse(order.activity_ids)
        self._purchase(order, self.dear)._supplier_refuse("Sold out as well")
        self.assertFalse(self._placed(order))
        self.assertEqual(order.fulfilment_state, "exception")

    def test_refusing_twice_changes_nothing(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_refuse("Sold out")
        purchase._supplier_refuse("Really sold out")
        self.assertEqual(purchase.refusal_reason, "Sold out")
        self.assertEqual(len(order.supplier_order_ids), 2)

    def test_refusal_needs_a_reason(self):
        purchase = self._purchase(self._sale((self.lamp, 10)), self.cheap)
        with self.assertRaisesRegex(UserError, "reason"):
            purchase._supplier_refuse("  ")

    def test_quantities_that_cannot_be_meant_are_refused(self):
        purchase = self._purchase(self._sale((self.lamp, 10)), self.cheap)
        for quantity in (-1, 11):
            with self.subTest(quantity=quantity), self.assertRaisesRegex(UserError, "from 0 to 10"):
                purchase._supplier_accept({purchase.order_line: quantity})
        with self.assertRaisesRegex(UserError, "refuse the order"):
            purchase._supplier_accept({purchase.order_line: 0})
        self.assertEqual(purchase.supplier_state, "pending")

    def test_what_others_have_accepted_stays_as_it_is(self):
        shade = self._goods("Shade")
        self._offer(self.dear, shade, 3.0)
        order = self._sale((self.lamp, 10), (shade, 5))
        kept = self._purchase(order, self.dear)
        kept._supplier_accept()
        self._purchase(order, self.cheap)._supplier_refuse("Sold out")
        self.assertEqual(self._placed(order), {self.dear: {shade: 5, self.lamp: 10}})
        self.assertEqual(kept.order_line.product_qty, 5)

    def test_after_the_last_round_staff_decide(self):
        self.policy.max_rounds = 0
        order = self._sale((self.lamp, 10))
        self._purchase(order, self.cheap)._supplier_refuse("Sold out")
        proposal = order.allocation_ids.filtered(lambda a: a.state == "proposed")
        self.assertEqual(proposal.chosen_line_ids.supplier_id, self.dear)
        self.assertTrue(proposal.activity_ids)
        self.assertFalse(self._placed(order))


@tagged("post_install", "-at_install", "fast")
class TestLaterDate(TwoOffersCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.normal_type.date_tolerance = 2

    def setUp(self):
        super().setUp()
        self.order = self._sale((self.lamp, 10))
        self.purchase = self._purchase(self.order, self.cheap)
        self.planned = self.purchase._get_planned_date()

    def test_date_within_the_tolerance_is_taken(self):
        day = self.planned + timedelta(days=2)
        self.purchase._supplier_accept(promised_date=day)
        self.assertEqual(self.purchase.supplier_state, "accepted")
        self.assertEqual(self.purchase.first_promised_date, day)
        self.assertEqual(self.purchase._get_planned_date(), day)

    def test_date_beyond_the_tolerance_is_a_proposal(self):
        day = self.planned + timedelta(days=3)
        self.purchase._supplier_accept({self.purchase.order_line: 6}, day)
        self.assertEqual((self.purchase.state, self.purchase.supplier_state), ("sent", "proposed"))
        self.assertEqual(self.order.alert_ids.mapped("kind"), ["delay"])
        self.purchase.action_take_proposal()
        self.assertEqual(self.purchase.supplier_state, "partial")
        self.assertEqual(self.purchase.first_promised_date, day)
        self.assertEqual(
            self._placed(self.order), {self.cheap: {self.lamp: 6}, self.dear: {self.lamp: 4}}
        )

    def test_declined_date_goes_to_others(self):
        self.purchase._supplier_accept(promised_date=self.planned + timedelta(days=30))
        self.purchase.action_decline_proposal()
        self.assertEqual(self.purchase.supplier_state, "refused")
        self.assertEqual(self._placed(self.order), {self.dear: {self.lamp: 10}})

    def test_first_promise_stays_when_the_date_is_moved_later(self):
        self.purchase._supplier_accept()
        self.purchase.order_line.date_planned += timedelta(days=5)
        self.assertEqual(self.purchase.first_promised_date, self.planned)
        self.assertEqual(self.purchase.order_line.first_promised_date, self.planned)
