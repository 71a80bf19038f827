import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OrderCommon


@tagged("post_install", "-at_install")
class TestOrderEvent(OrderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp = cls._goods("Lamp", 20.0)
        cls.cheap = cls._supplier("Cheap & Co")
        cls.cheap.email = "orders@cheap.example.com"
        cls.dear = cls._supplier("Dear Ltd")
        cls._offer(cls.cheap, cls.lamp, 7.77)
        cls._offer(cls.dear, cls.lamp, 9.99)

    def _run_through(self):
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept({purchase.order_line: 6})
        self._purchase(order, self.dear)._supplier_refuse("Cheap & Co is cheaper anyway")
        purchase._supplier_ship(None, "DHL", "JD01")
        purchase._supplier_deliver()
        return order

    def _pushed(self):
        """{partner id: [payload]} of the status pushes that this transaction has queued."""
        pushed = {}
        for values in self.env.cr.precommit.data.get("bus.bus.values", []):
            channel, message = json.loads(values["channel"]), json.loads(values["message"])
            if message["type"] == "s2b2b.order_status":
                self.assertEqual(channel[1], "res.partner")
                pushed.setdefault(channel[2], []).append(message["payload"])
        return pushed

    def test_timeline_tells_what_happened(self):
        kinds = self._run_through().event_ids.sorted("id").mapped("kind")
        self.assertEqual(
            kinds,
            [
                "confirmed",
                "asked",
                "allocated",
                "partial",
                "asked",
                "allocated",
                "refused",
                "shortage",
                "shipped",
                "delivered",
            ],
        )

    def test_texts_for_the_parties_name_nobody_and_no_price(self):
        events = self._run_through().event_ids
        for event in events:
            with self.subTest(kind=event.kind):
                self.assertTrue(event.text)
                for secret in ("Cheap", "Dear", "Riverside", "7.77", "20.0"):
                    self.assertNotIn(secret, event.text)
        texts = events.mapped("text")
        self.assertIn("Shipped: 6 Units Lamp (DHL JD01)", texts)
        refused = events.filtered(lambda event: event.kind == "refused")
        self.assertEqual(refused.note, "Dear Ltd: Cheap & Co is cheaper anyway")

    def test_timeline_can_only_be_added_to(self):
        event = self._sale((self.lamp, 1)).event_ids[:1]
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            event.sudo().kind = "delivered"
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            event.sudo().unlink()

    def test_pages_of_the_parties_are_told_ids_and_states_only(self):
        member_user = self._portal_user(self.member, "member-portal")
        cheap_user = self._portal_user(self.cheap, "cheap-portal")
        dear_user = self._portal_user(self.dear, "dear-portal")
        order = self._sale((self.lamp, 10))
        pushed = self._pushed()
        self.assertEqual(
            pushed[member_user.partner_id.id][-1],
            {"order_id": order.id, "fulfilment_state": "allocated", "kind": "allocated"},
        )
        purchase = self._purchase(order, self.cheap)
        self.assertEqual(
            pushed[cheap_user.partner_id.id],
            [{"purchase_id": purchase.id, "supplier_state": "pending", "kind": "asked"}],
        )
        self.assertNotIn(dear_user.partner_id.id, pushed)

    def test_nobody_gets_mail_unless_the_company_wants_that(self):
        before = self.env["mail.mail"].sudo().search([])
        self._run_through()
        self.assertEqual(self.env["mail.mail"].sudo().search([]) - before, before.browse())

    def test_parties_get_mail_with_the_link_to_their_own_page(self):
        self.company.order_notices_sent = True
        before = self.env["mail.mail"].sudo().search([])
        order = self._sale((self.lamp, 10))
        purchase = self._purchase(order, self.cheap)
        purchase._supplier_accept()
        mails = self.env["mail.mail"].sudo().search([]) - before
        to_supplier = mails.filtered(lambda mail: self.cheap in mail.recipient_ids)
        to_member = mails.filtered(lambda mail: self.member in mail.recipient_ids)
        self.assertIn(f"/my/supplier/order/{purchase.id}", to_supplier.body_html)
        self.assertNotIn(order.name, to_supplier.body_html)
        self.assertNotIn("Riverside", to_supplier.body_html)
        self.assertIn(f"/my/order/{order.id}", to_member.body_html)
        self.assertNotIn("Cheap", to_member.body_html)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
