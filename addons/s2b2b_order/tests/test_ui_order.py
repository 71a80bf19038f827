from unittest.mock import patch

from werkzeug.exceptions import ServiceUnavailable

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.bus.websocket import WebsocketConnectionHandler

from ..models.s2b2b_member_view import MemberView
from .portal_common import PortalOrderCommon


@tagged("post_install", "-at_install")
class TestUiOrder(PortalOrderCommon):
    """What people do in the browser, on a desk and on a phone."""

    def _urgent_order(self):
        return self._sale((self.lamp, 12), order_type=self.urgent_type)

    def test_member_places_an_urgent_order(self):
        self.start_tour("/my/order/new", "s2b2b_order_member_orders", login="m-buyer")
        order = self.env["sale.order"].search([("partner_id", "=", self.member.id)])
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.is_urgent)
        quantities = {line.product_id: line.product_uom_qty for line in order.order_line}
        self.assertEqual(quantities, {self.lamp: 12, self.vase: 3})

    def test_supplier_accepts_in_part_and_ships_with_a_phone(self):
        order = self._urgent_order()
        self.browser_size = "390x844"
        self.touch_enabled = True
        self.start_tour("/my/supplier/orders", "s2b2b_order_supplier_ships", login="s-cheap")
        purchase = self._purchase(order, self.cheap)
        self.assertEqual(purchase.supplier_state, "shipped")
        self.assertEqual(purchase.shipment_ids.tracking, "JD0001")
        self.assertEqual(self._placed(order)[self.dear][self.lamp], 8)

    def test_page_of_an_order_changes_by_itself_without_a_websocket_and_keeps_what_is_typed(self):
        order, calls, get_page = self._urgent_order(), [], MemberView._get_page

        def accept_when_asked_again(view, shown):
            calls.append(shown)
            if len(calls) > 1:
                asked = shown.supplier_order_ids
                asked.filtered(lambda p: p.supplier_state == "pending")._supplier_accept()
            return get_page(view, shown)

        no_bus = ServiceUnavailable("No websocket here")
        with (
            patch.object(MemberView, "_get_page", accept_when_asked_again),
            patch.object(WebsocketConnectionHandler, "open_connection", side_effect=no_bus),
            # The page only reads; it is the acceptance put into it here that has to write.
            mute_logger("odoo.sql_db", "odoo.http"),
        ):
            self.start_tour(
                f"/my/order/{order.id}", "s2b2b_order_page_is_live", login="m-buyer", timeout=90
            )
        self.assertEqual(order.fulfilment_state, "accepted")
        self.assertEqual(order.alert_ids.detail, "One is broken")
