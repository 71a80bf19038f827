import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestRaces(TransactionCase):
    """Two people at one moment, with real transactions; what they leave is cleaned up."""

    def setUp(self):
        super().setUp()
        self.trash = []
        self.addCleanup(self._clean_up)
        with self.registry.cursor() as cr:
            self._prepare(api.Environment(cr, SUPERUSER_ID, {}))

    def _prepare(self, env):
        company = env.company
        self.settings = {company: company.allocation_mode}
        self.mode = company.allocation_mode
        company.allocation_mode = "auto"
        env["ir.config_parameter"].search([])
        route = env.ref("stock_dropshipping.route_drop_shipping")
        vendors = env["res.partner"].create(
            [{"name": "Race A", "is_company": True}, {"name": "Race B", "is_company": True}]
        )
        member = env["res.partner"].create({"name": "Race Member", "is_company": True})
        product = env["product.product"].create(
            {"name": "Race Lamp", "type": "consu", "route_ids": [Command.set(route.ids)]}
        )
        offers = env["product.supplierinfo"].create(
            [
                {
                    "partner_id": vendor.id,
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "price": price,
                }
                for vendor, price in zip(vendors, (8.0, 9.0), strict=True)
            ]
        )
        stock = env["s2b2b.supplier.stock"]._report(
            vendors[0].id, product.id, company.id, {"available_qty": 10}
        )
        orders = env["sale.order"].create(
            [
                {
                    "partner_id": member.id,
                    "order_type_id": env.ref("s2b2b_order.order_type_normal").id,
                    "order_line": [
                        Command.create({"product_id": product.id, "product_uom_qty": 8})
                    ],
                }
                for _number in range(2)
            ]
        )
        self.order_ids, self.vendor_ids = orders.ids, vendors.ids
        self.trash = [offers, stock, product.product_tmpl_id, vendors | member]

    def _clean_up(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env.company.allocation_mode = self.mode
            orders = env["sale.order"].browse(self.order_ids)
            purchases = orders.supplier_order_ids
            purchases.picking_ids.filtered(lambda p: p.state != "done").action_cancel()
            purchases.filtered(lambda p: p.state != "cancel").button_cancel()
            orders._action_cancel()
            alerts = orders.alert_ids
            cr.execute("DELETE FROM s2b2b_order_event WHERE order_id = ANY(%s)", [orders.ids])
            env.invalidate_all()
            alerts.unlink()
            moves = purchases.picking_ids.move_ids
            pickings = purchases.picking_ids
            moves.write({"state": "draft"})
            moves.unlink()
            pickings.unlink()
            purchases.unlink()
            orders.unlink()
            for records in self.trash:
                env[records._name].browse(records.ids).unlink()

    def _two(self):
        """Two environments of two transactions that both have begun."""
        cursors = [self.registry.cursor() for _number in range(2)]
        for cr in cursors:
            self.addCleanup(cr.close)
        envs = [api.Environment(cr, SUPERUSER_ID, {}) for cr in cursors]
        for env in envs:
            env["sale.order"].browse(self.order_ids).mapped("name")
        return envs

    def _placed(self, order):
        return {
            purchase.partner_id.name: sum(purchase.order_line.mapped("product_qty"))
            for purchase in order.supplier_order_ids
            if purchase.state != "cancel"
        }

    def _cannot_serialize(self, call):
        """The rival's transaction fails in the way that the request layer replays."""
        with (
            self.assertRaises(psycopg2.errors.SerializationFailure),
            mute_logger("odoo.sql_db"),
        ):
            call()

    def test_last_pieces_go_to_one_of_two_orders_confirmed_at_once(self):
        first, second = self._two()
        first_id, second_id = self.order_ids
        order = first["sale.order"].browse(first_id)
        order.action_confirm()
        first.cr.commit()
        rival = second["sale.order"].browse(second_id)
        self._cannot_serialize(lambda: (rival.action_confirm(), second.flush_all()))
        second.cr.rollback()
        second.transaction.reset()
        second["sale.order"].browse(second_id).action_confirm()
        second.cr.commit()
        self.assertEqual(self._placed(order), {"Race A": 8})
        self.assertEqual(
            self._placed(second["sale.order"].browse(second_id)), {"Race A": 2, "Race B": 6}
        )

    def test_order_is_answered_once_by_two_people(self):
        first, second = self._two()
        order = first["sale.order"].browse(self.order_ids[0])
        order.action_confirm()
        first.cr.commit()
        second.cr.rollback()
        second.transaction.reset()
        purchase = order.supplier_order_ids
        rival = second["purchase.order"].browse(purchase.id)
        rival.mapped("name")
        purchase._supplier_accept()
        first.flush_all()
        with self.assertRaises(LockError):
            rival._supplier_refuse("Sold out")
        first.cr.commit()
        second.cr.rollback()
        second.transaction.reset()
        with self.assertRaisesRegex(UserError, "not possible now"):
            second["purchase.order"].browse(purchase.id)._supplier_refuse("Sold out")
        second.cr.rollback()
        self.assertEqual(purchase.supplier_state, "accepted")

    def test_proposal_is_applied_once_by_two_people(self):
        first, second = self._two()
        first.company.allocation_mode = "review"
        order = first["sale.order"].browse(self.order_ids[0])
        order.action_confirm()
        first.cr.commit()
        second.cr.rollback()
        second.transaction.reset()
        proposal = order.allocation_ids
        rival = second["s2b2b.allocation"].browse(proposal.id)
        rival.mapped("state")
        proposal.action_apply()
        first.cr.commit()
        self._cannot_serialize(rival.action_apply)
        second.cr.rollback()
        second.transaction.reset()
        rival.action_apply()
        second.cr.commit()
        first.cr.rollback()
        first.invalidate_all()
        self.assertEqual(self._placed(order), {"Race A": 8})
        self.assertEqual(len(order.supplier_order_ids), 1)
