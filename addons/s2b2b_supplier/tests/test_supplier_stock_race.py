import psycopg2

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestSupplierStockRace(BaseCase):
    """Two orders want the last pieces at the same moment. Real cursors, cleaned up behind."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Race supplier", "is_company": True})
            product = env["product.product"].create({"name": "Race product", "type": "service"})
            stock = env["s2b2b.supplier.stock"]._report(
                partner.id, product.id, env.company.id, {"available_qty": 10}
            )
            self.pair, self.stock_id = (partner.id, product.id), stock.id
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            orders = env["purchase.order"].search([("partner_id", "=", self.pair[0])])
            orders.filtered(lambda order: order.state == "purchase").button_cancel()
            orders.unlink()
            env["s2b2b.supplier.stock"].browse(self.stock_id).unlink()
            product = env["product.product"].browse(self.pair[1])
            product.seller_ids.unlink()
            product.product_tmpl_id.unlink()
            env["res.partner"].browse(self.pair[0]).unlink()

    def _order(self, env, quantity):
        """Takes and orders, as an allocation does; gives what was missing."""
        missing = env["s2b2b.supplier.stock"]._take({self.pair: quantity}, env.company)
        if not missing:
            line = {"product_id": self.pair[1], "product_qty": quantity, "price_unit": 1}
            order = env["purchase.order"].create(
                {"partner_id": self.pair[0], "order_line": [Command.create(line)]}
            )
            order.button_confirm()
            env.flush_all()
        return missing

    def test_two_at_once_cannot_both_take_the_last_pieces(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            env1, env2 = (api.Environment(cr, SUPERUSER_ID, {}) for cr in (first, second))
            env2["s2b2b.supplier.stock"].browse(self.stock_id).read()  # its snapshot
            self.assertEqual(self._order(env1, 7), {})
            first.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.SerializationFailure),
            ):
                self._order(env2, 7)
            second.rollback()
            env2.transaction.reset()
            self.assertEqual(self._order(env2, 7), {self.pair: 4}, "replayed, it sees the first")
            second.rollback()
