from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestScorecardMeasures(SupplierCommon):
    """What the figures count; promises lie in the past, so that they are due."""

    def setUp(self):
        super().setUp()
        self.supplier, self.product = self._supplier(), self._product()
        self.env["s2b2b.kpi"].search([]).write({"minimum_sample": 1, "shrink": False})

    def _deliver(self, ordered=10, *receipts, promised=-10, supplier=None):
        """Orders for a day and receives ``(quantity, days after the promise)``."""
        order = self._order(
            supplier or self.supplier, {self.product: ordered}, promised=self._day(promised)
        )
        for quantity, days in receipts:
            self._receive(order, {self.product: quantity}, day=self._day(promised + days))
        return order

    def _figures(self, supplier=None):
        card = self.env["s2b2b.scorecard"]._evaluate(
            supplier or self.supplier, self._day(-30), self._day(30)
        )
        return {line.kpi_key: (line.numerator, line.denominator) for line in card.line_ids}

    def _assert_figures(self, on_time, in_full, otif, count=1):
        figures = self._figures()
        self.assertEqual(
            [figures[key] for key in ("on_time", "in_full", "otif")],
            [(on_time, count), (in_full, count), (otif, count)],
        )

    def test_everything_on_the_promised_day(self):
        self._deliver(10, (10, 0))
        self._assert_figures(1, 1, 1)

    def test_early_is_on_time(self):
        self._deliver(10, (10, -3))
        self._assert_figures(1, 1, 1)

    def test_everything_a_day_late(self):
        self._deliver(10, (10, 1))
        self._assert_figures(0, 1, 0)

    def test_never_delivered_counts_as_late(self):
        self._deliver(10)
        self._assert_figures(0, 0, 0)

    def test_part_in_time_and_the_rest_late(self):
        self._deliver(10, (6, 0), (4, 5))
        self._assert_figures(0.6, 1, 0)

    def test_part_in_time_and_the_rest_never(self):
        self._deliver(10, (6, 0))
        self._assert_figures(0.6, 0, 0)

    def test_more_than_ordered_is_never_above_all(self):
        self._deliver(10, (15, 0))
        self._deliver(10)
        self._assert_figures(1, 1, 1, count=2)

    def test_promise_of_today_is_not_due_until_the_day_is_over(self):
        self._deliver(10, promised=0)
        self.assertEqual(self._figures()["on_time"], (0, 0))
        with freeze_time(self._day(1)):
            self._assert_figures(0, 0, 0)

    def test_promise_of_today_that_came_counts_at_once(self):
        self._deliver(10, (10, 0), promised=0)
        self._assert_figures(1, 1, 1)

    def test_promise_moved_after_the_delay_changes_nothing(self):
        order = self._deliver(10, (10, 4))
        order.order_line.date_planned = self._day(5)
        self._assert_figures(0, 1, 0)

    def test_day_of_booking_does_not_count(self):
        order = self._deliver(10)
        picking = self._receive(order, day=self._day(-10))
        self.assertEqual(picking.date_done.date(), self.today)
        self._assert_figures(1, 1, 1)

    def test_corrected_date_of_the_transfer_counts_without_an_arrival_date(self):
        picking = self._receive(self._deliver(10))
        picking.supplier_arrival_date = False
        self._assert_figures(0, 1, 0)
        picking.date_done = self._day(-11)
        self._assert_figures(1, 1, 1)

    def test_orders_of_contacts_are_the_companys(self):
        contact = self.partner_model.create({"name": "Joan", "parent_id": self.supplier.id})
        self._deliver(10, (10, 0), supplier=contact)
        self._assert_figures(1, 1, 1)

    def test_orders_cancelled_in_time_and_quotations_do_not_count(self):
        with freeze_time(self._day(-10)):
            self._deliver(10).button_cancel()
        self._order(self.supplier, {self.product: 1}, promised=self._day(-9), confirm=False)
        self.assertEqual(self._figures()["on_time"], (0, 0))

    def test_services_do_not_count(self):
        service = self._product("Cleaning", type="service", is_storable=False)
        self._order(self.supplier, {service: 1}, promised=self._day(-10))
        self.assertEqual(self._figures()["on_time"], (0, 0))

    def test_promises_of_other_periods_do_not_count(self):
        self._deliver(10, promised=-60)
        self.assertEqual(self._figures()["on_time"], (0, 0))

    def test_other_units_are_converted(self):
        order = self._order(
            self.supplier, {self.product: 1}, promised=self._day(-10), confirm=False
        )
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        order.button_confirm()
        picking = self._receive(order, day=self._day(-10))
        self.assertEqual(sum(picking.move_ids.mapped("product_qty")), 12)
        self._assert_figures(1, 1, 1)

    def test_returned_goods_lower_the_quality_and_nothing_else(self):
        order = self._deliver(10, (10, 0))
        self._return(order.picking_ids, 2)
        self._assert_figures(1, 1, 1)
        self.assertEqual(self._figures()["quality"], (2, 10))

    def test_rejected_goods_that_go_back_are_faulty_once(self):
        picking = self._deliver(10, (10, 0)).picking_ids
        picking.move_ids.supplier_rejected_qty = 3
        self.assertEqual(self._figures()["quality"], (3, 10))
        self._return(picking, 2)
        self.assertEqual(self._figures()["quality"], (3, 10))

    def test_more_cannot_be_rejected_than_was_received(self):
        picking = self._deliver(10, (4, 0)).picking_ids.filtered(lambda p: p.state == "done")
        for rejected in (5, -1):
            with self.subTest(rejected=rejected), self.assertRaises(ValidationError):
                picking.move_ids.supplier_rejected_qty = rejected

    def test_goods_scrapped_from_the_receipt_are_faulty(self):
        picking = self._deliver(10, (10, 0)).picking_ids
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.product.id, "scrap_qty": 1, "picking_id": picking.id}
        )
        scrap.action_validate()
        self._return(picking, 2)
        self.assertEqual(self._figures()["quality"], (3, 10))

    def test_quality_is_of_the_quantity_whatever_the_lines(self):
        self._deliver(90, (90, 0))
        self._return(self._deliver(10, (10, 0)).picking_ids, 5)
        self.assertEqual(self._figures()["quality"], (5, 100))

    def test_quality_is_of_all_that_came_even_too_much(self):
        picking = self._deliver(10, (15, 0)).picking_ids
        picking.move_ids.supplier_rejected_qty = 5
        self.assertEqual(self._figures()["quality"], (5, 15))
        self._assert_figures(1, 1, 1)

    def test_tolerated_shortage_is_in_full(self):
        self._deliver(100, (98, 0))
        self._assert_figures(0.98, 0, 0)
        self.company.supplier_under_tolerance = 2
        self._assert_figures(1, 1, 1)
        self.company.supplier_under_tolerance = 1.9
        self._assert_figures(0.98, 0, 0)

    def test_periods_at_once_give_the_same_cards_as_one_by_one(self):
        self._deliver(10, (10, 0), promised=-20)
        self._deliver(10, (10, 2), promised=-10)
        self._deliver(10, promised=-40)
        self._deliver(10, promised=-15)  # between the two
        cards = self.env["s2b2b.scorecard"]
        periods = [(self._day(-30), self._day(-16)), (self._day(-14), self._day(-1))]
        together = cards._evaluate_periods(self.supplier, periods)
        figures = [card.line_ids.mapped("numerator") for card in together]
        self.assertEqual(len(together), 2)
        for period in periods:
            cards._evaluate(self.supplier, *period)
        self.assertFalse(any(together.mapped("revision")))
        self.assertEqual([card.line_ids.mapped("numerator") for card in together], figures)

    def test_excused_lines_do_not_count(self):
        excused = self._deliver(10).order_line
        self._deliver(10, (10, 0))
        model = type(self.env["s2b2b.scorecard"])
        self.patch(model, "_get_excused_lines", lambda *_args: excused)
        self._assert_figures(1, 1, 1)

    def test_figures_equal_what_is_counted_by_hand(self):
        for ordered, *receipts in ((10, (10, 0)), (8, (4, -1), (4, 2)), (5,), (3, (3, 9))):
            self._deliver(ordered, *receipts)
        self._assert_figures(1.5, 3, 1, count=4)

    def _return(self, picking, quantity):
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = quantity
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.write({"quantity": quantity, "picked": True})
        back.button_validate()
