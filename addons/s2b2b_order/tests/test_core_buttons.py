from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import OrderCommon, TwoOffersCommon


@tagged("post_install", "-at_install", "fast")
class TestCoreButtons(TwoOffersCommon):
    """Whoever presses which button, the state of the supplier's order stays true."""

    def setUp(self):
        super().setUp()
        self.order = self._sale((self.lamp, 10))
        self.purchase = self._purchase(self.order, self.cheap)

    def test_confirming_is_accepting(self):
        self.purchase.button_confirm()
        self.assertEqual(self.purchase.supplier_state, "accepted")
        self.assertTrue(self.purchase.first_promised_date)
        self.assertEqual(self.purchase.order_line.accepted_qty, 10)

    def test_cancelling_leaves_a_shortage_that_is_raised(self):
        self.purchase.button_cancel()
        self.assertEqual(self.purchase.supplier_state, "cancelled")
        alert = self.order.alert_ids.filtered(lambda alert: alert.kind == "shortage")
        self.assertEqual(alert.product_id, self.lamp)
        self.assertTrue(alert.activity_ids)
        self.assertEqual(self.order.fulfilment_state, "exception")
        alert.action_reallocate()
        self.assertEqual(self._placed(self.order), {self.cheap: {self.lamp: 10}})
        self.assertEqual((alert.state, alert.resolution), ("closed", "reallocated"))
        self.assertFalse(alert.activity_ids)

    def test_cancelled_order_of_an_allocation_is_not_revived(self):
        self.purchase.button_cancel()
        with self.assertRaisesRegex(UserError, "cannot be revived"):
            self.purchase.button_draft()

    def test_validating_the_transfer_delivers(self):
        self.purchase.button_confirm()
        self.purchase.picking_ids.button_validate()
        self.assertEqual(self.purchase.supplier_state, "delivered")
        self.assertEqual(self.order.fulfilment_state, "delivered")
        self.assertIn("delivered", self.order.event_ids.mapped("kind"))

    def test_return_moves_no_state_back(self):
        self.purchase.button_confirm()
        picking = self.purchase.picking_ids
        picking.button_validate()
        wizard = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_model="stock.picking"
            )
        ).save()
        wizard.product_return_moves.quantity = 4
        returned = wizard._create_return()
        returned.button_validate()
        self.assertEqual(self.order.order_line.qty_delivered, 6)
        self.assertEqual(self.purchase.supplier_state, "delivered")
        self.assertEqual(self.order.fulfilment_state, "delivered")

    def test_cancelling_after_a_part_has_arrived_closes_the_rest_only(self):
        self.purchase._supplier_accept({self.purchase.order_line: 6})
        other = self._purchase(self.order, self.dear)
        self.purchase._supplier_deliver({self.purchase.order_line: 2})
        self.purchase.button_cancel()
        self.assertEqual(
            (self.purchase.state, self.purchase.order_line.product_qty), ("purchase", 2)
        )
        self.assertEqual(self.purchase.order_line.price_unit, 8.0)
        self.assertEqual(self.purchase.supplier_state, "delivered")
        self.assertFalse(
            self.purchase.picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
        )
        self.order.action_allocate()
        self.assertEqual(other.order_line.product_qty, 4)
        placed = self._placed(self.order)
        self.assertEqual(sum(sum(goods.values()) for goods in placed.values()), 10)

    def test_orders_of_two_sales_orders_are_never_merged(self):
        other = self._purchase(self._sale((self.lamp, 5)), self.cheap)
        with self.assertRaisesRegex(UserError, "must be same"):
            (self.purchase | other).action_merge()
        self.assertEqual(other.order_line.product_qty, 5)

    def test_cancelling_the_sales_order_cancels_with_the_suppliers_first(self):
        self.order.action_cancel()
        self.assertEqual(self.purchase.state, "cancel")
        self.assertEqual(self.purchase.supplier_state, "cancelled")
        self.assertEqual(self.order.fulfilment_state, "cancelled")
        self.assertFalse(self.order.activity_ids)
        self.assertFalse(self.order.alert_ids.filtered(lambda alert: alert.state == "open"))

    def test_what_is_on_its_way_cannot_be_cancelled(self):
        self.purchase._supplier_accept()
        self.purchase._supplier_ship({self.purchase.order_line: 1})
        with self.assertRaisesRegex(UserError, "on its way"):
            self.order.action_cancel()
        self.assertEqual(self.order.state, "sale")


@tagged("post_install", "-at_install", "fast")
class TestApproval(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls._offer(cls.cheap, cls.lamp, 8.0)
        cls.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 50.0})

    def test_order_above_the_limit_is_sent_after_a_manager_has_approved_it(self):
        purchase = self._sale((self.lamp, 10)).supplier_order_ids
        self.assertEqual((purchase.state, purchase.supplier_state), ("draft", False))
        self.assertTrue(purchase.activity_ids)
        buyer = new_test_user(
            self.env,
            login="order-buyer",
            groups="purchase.group_purchase_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaisesRegex(UserError, "purchase manager"):
            purchase.with_user(buyer).action_send_to_supplier()
        purchase.action_send_to_supplier()
        self.assertEqual(purchase.supplier_state, "pending")

    def test_supplier_accepts_what_was_approved_before_without_a_second_approval(self):
        purchase = self._sale((self.lamp, 10)).supplier_order_ids
        purchase.action_send_to_supplier()
        user = self._portal_user(self.cheap, "cheap-portal")
        purchase.with_user(user).sudo()._supplier_accept()
        self.assertEqual(purchase.state, "purchase")

    def test_order_below_the_limit_is_sent_at_once(self):
        purchase = self._sale((self.lamp, 5)).supplier_order_ids
        self.assertEqual(purchase.supplier_state, "pending")
