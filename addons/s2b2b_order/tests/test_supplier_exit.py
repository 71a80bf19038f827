from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestSupplierExit(OrderCommon):
    """Orders of members whose supplier is suspended or eliminated while they are under way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.supplier_gate_policy = "block"
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap, cls.dear = cls._supplier("Cheap & Co"), cls._supplier("Dear Ltd")
        cls._offer(cls.cheap, cls.lamp, 8.0)
        cls._offer(cls.dear, cls.lamp, 9.0)
        cls.pending, cls.accepted, cls.shipped = (
            cls._sale((cls.lamp, quantity)) for quantity in (1, 2, 3)
        )
        for order in (cls.accepted, cls.shipped):
            order.supplier_order_ids._supplier_accept()
        cls.shipped.supplier_order_ids._supplier_ship()

    def _stages(self):
        orders = (self.pending, self.accepted, self.shipped)
        return [self._purchase(order, self.cheap)._supplier_stage() for order in orders]

    def _placed_at(self, *orders):
        return [list(self._placed(order)) for order in orders]

    def _propose(self):
        return self.env["s2b2b.supplier.elimination"]._propose(self.cheap, "Fraud")

    def test_stage_follows_answers_and_shipments(self):
        self.assertEqual(self._stages(), ["waiting", "preparing", "shipped"])

    def test_part_that_has_left_makes_it_partial(self):
        purchase = self._purchase(self.accepted, self.cheap)
        purchase._supplier_ship({purchase.order_line: 1})
        self.assertEqual(purchase._supplier_stage(), "partial")

    def test_suspension_moves_asks_and_leaves_alone(self):
        self.company.open_order_policy = "reallocate"
        purchases = [
            self._purchase(order, self.cheap)
            for order in (self.pending, self.accepted, self.shipped)
        ]
        self.cheap._supplier_suspend("Fire")
        self.assertEqual(
            self._placed_at(self.pending, self.accepted, self.shipped),
            [[self.dear], [self.cheap], [self.cheap]],
        )
        self.assertEqual([len(p.activity_ids) for p in purchases], [0, 1, 0])

    def test_suspended_category_moves_only_orders_of_its_products(self):
        self.company.open_order_policy = "reallocate"
        rug = self._goods("Rug", 20.0, categ_id=self._category("Textiles").id)
        self._offer(self.cheap, rug, 8.0)
        self._offer(self.dear, rug, 9.0)
        rugs = self._sale((rug, 1))
        kind = self._certificate_type(required=True, category_ids=rug.categ_id.ids)
        self._certificate(self.cheap, kind, expiry=self._day(0))
        with freeze_time(self._day(1)), self.enter_registry_test_mode():
            self.env.ref("s2b2b_supplier.cron_check_certificates").method_direct_trigger()
        self.assertEqual(self.cheap.supplier_status, "qualified")
        self.assertEqual(
            self._placed_at(rugs, self.pending, self.accepted),
            [[self.dear], [self.cheap], [self.cheap]],
        )

    def test_elimination_gives_what_waits_to_others_and_finishes_the_rest(self):
        record = self._propose()
        self.assertEqual(
            {line.order_id.member_order_id: line.action for line in record.line_ids},
            {self.pending: "reallocate", self.accepted: "finish", self.shipped: "finish"},
        )
        record.action_decide()
        self.assertEqual(
            self._placed_at(self.pending, self.accepted, self.shipped),
            [[self.dear], [self.cheap], [self.cheap]],
        )

    def test_manager_may_take_from_the_eliminated_what_it_prepares(self):
        record = self._propose()
        lines = {line.order_id.member_order_id: line for line in record.line_ids}
        lines[self.accepted].action = "reallocate"
        with self.assertRaises(ValidationError):
            lines[self.shipped].action = "reallocate"
        record.action_decide()
        self.assertEqual(self._placed_at(self.accepted), [[self.dear]])

    def test_eliminated_supplier_gets_nothing_even_while_the_gate_is_open(self):
        self.company.supplier_gate_policy = "off"
        self._propose().action_decide()
        self.assertEqual(self._placed_at(self.pending), [[self.dear]])
        self.assertEqual(self._placed_at(self._sale((self.lamp, 1))), [[self.dear]])

    def test_cancelled_order_is_missing_to_the_member_and_said_so(self):
        record = self._propose()
        line = record.line_ids.filtered(lambda r: r.order_id.member_order_id == self.pending)
        line.action = "cancel"
        record.action_decide()
        alerts = self.env["s2b2b.order.alert"].search([("order_ids", "in", self.pending.ids)])
        self.assertTrue(alerts)

    def _told(self, order):
        return order.event_ids.filtered(lambda event: event.kind == "rearranged")

    def test_members_of_stopped_orders_are_told_once_without_a_name(self):
        self.company.order_notices_sent = True
        record = self._propose()
        before = self.env["mail.mail"].sudo().search([])
        record.action_decide()
        told = self._told(self.pending)
        self.assertEqual(len(told), 1)
        self.assertTrue(told._is_for_member())
        self.assertNotIn("Cheap", told.text)
        self.assertFalse(told.purchase_id)
        mails = self.env["mail.mail"].sudo().search([]) - before
        mails = mails.filtered(lambda mail: mail.model == told._name and mail.res_id == told.id)
        self.assertEqual(mails.recipient_ids, self.member)
        self.assertNotIn("Cheap", mails.body_html)

    def test_members_of_orders_that_are_finished_are_not_alarmed(self):
        self._propose().action_decide()
        self.assertFalse(self._told(self.accepted) | self._told(self.shipped))

    def test_member_whose_goods_are_cancelled_is_told_as_well(self):
        record = self._propose()
        record.line_ids.filtered(
            lambda line: line.order_id.member_order_id == self.pending
        ).action = "cancel"
        record.action_decide()
        self.assertEqual(len(self._told(self.pending)), 1)
