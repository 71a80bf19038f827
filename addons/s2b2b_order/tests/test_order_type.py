from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderType(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bulk_type = cls.env.ref("s2b2b_order.order_type_bulk")
        cls.bulk_type.bulk_minimum = 500
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls._offer(cls.cheap, cls.lamp, 8.0, delay=5)

    def _suggested(self, quantity, days=None):
        vals = {}
        if days is not None:
            vals["commitment_date"] = self.env.cr.now() + timedelta(days=days)
        order = self._sale((self.lamp, quantity), confirm=False, **vals)
        return order._suggest_order_type()[order]

    def test_type_is_suggested_from_the_facts_with_the_reason(self):
        for quantity, days, expected, reason in (
            (10, None, self.normal_type, "Nothing"),
            (10, 5, self.normal_type, "Nothing"),
            (10, 4, self.urgent_type, "in 4 days, suppliers usually need 5"),
            (499, None, self.normal_type, "Nothing"),
            (500, None, self.bulk_type, "bulk minimum is 500"),
            (500, 1, self.bulk_type, "bulk minimum is 500"),
        ):
            with self.subTest(quantity=quantity, days=days):
                order_type, text = self._suggested(quantity, days)
                self.assertEqual(order_type, expected)
                self.assertIn(reason, text)

    def test_type_is_not_changed_unless_somebody_says_so(self):
        order = self._sale((self.lamp, 600), confirm=False)
        self.assertEqual(order.suggested_type_id, self.bulk_type)
        self.assertEqual(order.order_type_id, self.normal_type)
        order.action_use_suggested_type()
        self.assertEqual(order.order_type_id, self.bulk_type)

    def test_order_below_the_bulk_minimum_is_not_a_bulk_order(self):
        order = self._sale((self.lamp, 499), order_type=self.bulk_type, confirm=False)
        with self.assertRaisesRegex(UserError, "at least 500"):
            order.action_confirm()
        order.order_line.product_uom_qty = 500
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_order_of_a_member_gets_the_ordinary_type(self):
        order = self.env["sale.order"].create({"partner_id": self.member.id})
        self.assertEqual(order.order_type_id, self.company._get_default_order_type())
        self.assertFalse(order.is_urgent)

    def test_order_of_anybody_else_gets_no_type(self):
        order = self.env["sale.order"].create({"partner_id": self.partner_a.id})
        self.assertFalse(order.order_type_id)

    def test_member_gets_no_type_while_allocation_is_off(self):
        self.company.allocation_mode = "off"
        order = self.env["sale.order"].create({"partner_id": self.member.id})
        self.assertFalse(order.order_type_id)
