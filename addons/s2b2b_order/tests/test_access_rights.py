from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import OrderCommon

OWN_MODELS = (
    "s2b2b.allocation",
    "s2b2b.allocation.line",
    "s2b2b.allocation.policy",
    "s2b2b.order.alert",
    "s2b2b.order.event",
    "s2b2b.order.type",
    "s2b2b.shipment",
    "s2b2b.shipment.line",
    "s2b2b.supplier.entry",
    "s2b2b.supplier.entry.line",
)


@tagged("post_install", "-at_install", "fast")
class TestAccessRights(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap, cls.dear = cls._supplier("Cheap & Co"), cls._supplier("Dear Ltd")
        cls._offer(cls.cheap, cls.lamp, 8.0, stock=6)
        cls._offer(cls.dear, cls.lamp, 9.0)
        cls.other_member = cls._member("Hilltop Gifts")
        cls.cheap_user = cls._portal_user(cls.cheap, "cheap-portal")
        cls.dear_user = cls._portal_user(cls.dear, "dear-portal")
        cls.member_user = cls._portal_user(cls.member, "member-portal")
        cls.other_user = cls._portal_user(cls.other_member, "other-portal")
        cls.order = cls._sale((cls.lamp, 10))
        cls.purchase = cls.order.supplier_order_ids.filtered(lambda p: p.partner_id == cls.cheap)

    def _staff(self, login, *groups):
        return new_test_user(
            self.env,
            login=login,
            groups=",".join(("base.group_user", *groups)),
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def _denied(self, record, user, operation="read"):
        with (
            self.assertRaises(AccessError),
            mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"),
        ):
            record.with_user(user).check_access(operation)

    def _assertSecret(self, record, secrets):
        """Nothing that can be read of ``record``, field by field, contains one of ``secrets``."""
        for name in record._fields:
            try:
                values = record.read([name])
            except AccessError:
                continue
            for secret in secrets:
                self.assertNotIn(secret, str(values), name)

    def test_portal_users_reach_none_of_our_models(self):
        for user in (self.cheap_user, self.member_user):
            for model in OWN_MODELS:
                with self.subTest(user=user.login, model=model):
                    self._denied(self.env[model], user)

    def test_supplier_does_not_see_the_orders_of_another_supplier(self):
        self._denied(self.purchase, self.dear_user)
        found = self.env["purchase.order"].with_user(self.dear_user).search([])
        self.assertFalse(found & self.purchase)

    def test_supplier_does_not_see_orders_that_were_not_sent(self):
        draft = self.env["purchase.order"].create(
            {
                "partner_id": self.cheap.id,
                "order_line": [Command.create({"product_id": self.lamp.id, "product_qty": 1})],
            }
        )
        self._denied(draft, self.cheap_user)
        self._denied(draft.order_line, self.cheap_user)
        self.purchase.with_user(self.cheap_user).check_access("read")
        self.purchase.order_line.with_user(self.cheap_user).check_access("read")

    def test_supplier_reads_nothing_of_the_member(self):
        order = self.purchase.with_user(self.cheap_user)
        for record, name in (
            (order, "origin"),
            (order, "dest_address_id"),
            (order, "member_order_id"),
            (order, "allocation_id"),
            (order.order_line, "sale_line_id"),
            (order.order_line, "sale_order_id"),
            (order.order_line, "allocation_line_id"),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                record.read([name])
        self._assertSecret(order, (self.member.name, self.order.name))
        self._assertSecret(order.order_line, (self.member.name, self.order.name))

    def test_member_reads_nothing_of_the_suppliers(self):
        order = self.order.with_user(self.member_user)
        for name in ("allocation_ids", "allocation_line_ids", "supplier_order_ids", "event_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.read([name])
        self._assertSecret(order, ("Cheap", "Dear"))
        self._assertSecret(order.order_line, ("Cheap", "Dear"))
        self._denied(self.purchase, self.member_user)
        self._denied(self.order, self.other_user)

    def test_portal_user_cannot_press_the_buttons_of_staff(self):
        order = self.purchase.with_user(self.cheap_user)
        for button in (
            "action_supplier_accept",
            "action_supplier_prepare",
            "action_take_proposal",
            "action_decline_proposal",
            "action_send_to_supplier",
        ):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(order, button)()
        with self.assertRaises(AccessError):
            self.order.with_user(self.member_user).action_allocate()
        self.assertEqual(self.purchase.supplier_state, "pending")

    def test_verbs_of_suppliers_are_not_called_from_outside(self):
        for model, names in (
            ("purchase.order", ("accept", "refuse", "prepare", "ship", "deliver")),
            ("sale.order", ("allocate", "notify_parties")),
        ):
            public = {name for name in dir(self.env[model]) if not name.startswith("_")}
            for name in names:
                self.assertFalse(public & {f"supplier_{name}", name})

    def test_state_of_a_supplier_order_cannot_be_written(self):
        buyer = self._staff("order-buyer", "purchase.group_purchase_user")
        with self.assertRaises(AccessError):
            self.purchase.with_user(buyer).write({"supplier_answer": "accepted"})
        with self.assertRaises(AccessError):
            self.purchase.with_user(buyer).write({"member_order_id": False})
        with self.assertRaises(AccessError):
            self.order.allocation_ids.write({"state": "proposed"})

    def test_buyer_enters_for_the_supplier_and_others_do_not(self):
        seller = self._staff("seller", "sales_team.group_sale_salesman_all_leads")
        with self.assertRaises(AccessError):
            self.purchase.with_user(seller).action_supplier_accept()
        buyer = self._staff("order-buyer", "purchase.group_purchase_user", "stock.group_stock_user")
        entry = (
            self.env["s2b2b.supplier.entry"]
            .with_user(buyer)
            .create({"purchase_id": self.purchase.id, "kind": "accept"})
        )
        self.assertEqual(entry.line_ids.quantity, 6)
        entry.action_enter()
        self.assertEqual(self.purchase.supplier_state, "accepted")
        for kind, state in (("ship", "shipped"), ("deliver", "delivered")):
            entry.create({"purchase_id": self.purchase.id, "kind": kind}).action_enter()
            self.assertEqual(self.purchase.supplier_state, state)

    def test_seller_without_any_right_to_buy_confirms_an_allocated_order(self):
        seller = self._staff("seller", "sales_team.group_sale_salesman_all_leads")
        order = self._sale((self.lamp, 2), confirm=False)
        order.with_user(seller).action_confirm()
        self.assertTrue(order.supplier_order_ids)
        self._denied(self.env["s2b2b.allocation"], seller)

    def test_user_reviews_and_only_a_manager_sets_up(self):
        user = self._staff(
            "controller", "s2b2b_order.group_user", "sales_team.group_sale_salesman_all_leads"
        )
        self.company.allocation_mode = "review"
        order = self._sale((self.lamp, 2))
        order.allocation_ids.with_user(user).action_apply()
        self.assertTrue(order.supplier_order_ids)
        self._denied(self.policy, user, "write")
        self._denied(self.normal_type, user, "write")
        self._denied(order.allocation_ids, user, "unlink")
        self._denied(order.event_ids, user, "write")
        self._denied(order.event_ids, user, "create")

    def test_employee_without_a_group_reaches_nothing(self):
        employee = self._staff("employee")
        for model in OWN_MODELS:
            with self.subTest(model=model):
                self._denied(self.env[model], employee)

    def test_second_company_sees_nothing_of_the_first(self):
        other = self.env["res.company"].create({"name": "Second Platform"})
        stranger = new_test_user(
            self.env,
            login="stranger",
            groups="s2b2b_order.group_manager,sales_team.group_sale_manager,"
            "purchase.group_purchase_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.purchase._supplier_accept()
        shipment = self.purchase._supplier_ship()
        alert = self.env["s2b2b.order.alert"].sudo()._raise("sla", "x", self.order, "Late")
        own_policy = self.policy.copy({"company_id": self.company.id})
        own_type = self.normal_type.copy({"company_id": self.company.id, "policy_id": False})
        for records in (
            self.order.allocation_ids,
            self.order.allocation_ids.line_ids,
            self.order.event_ids,
            shipment,
            shipment.line_ids,
            alert,
            own_policy,
            own_type,
        ):
            with self.subTest(model=records._name):
                self._denied(records, stranger)
                found = self.env[records._name].with_user(stranger).search([])
                self.assertFalse(found & records)
