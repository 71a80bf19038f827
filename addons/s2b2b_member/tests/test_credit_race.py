import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestCreditRace(TransactionCase):
    """Two confirmations of one moment, in two real transactions, never both pass."""

    def setUp(self):
        super().setUp()
        with self._environment() as env:
            company = env["res.company"].create(
                {"name": self.id(), "member_credit_policy": "block"}
            )
            member = env["res.partner"].create(
                {"name": "Racer", "is_company": True, "is_member": True}
            )
            member.with_company(company).write({"credit_limit": 1000, "credit_policy": "limit"})
            product = env["product.product"].create({"name": "Race goods", "type": "service"})
            orders = env["sale.order"].create(
                [
                    {
                        "partner_id": member.id,
                        "company_id": company.id,
                        "order_line": [
                            (0, 0, {"product_id": product.id, "price_unit": 700, "tax_ids": False})
                        ],
                    }
                    for _number in range(2)
                ]
            )
            self.ids = [(r._name, r.ids) for r in (orders, product, member, company)]
            self.orders = orders.ids
        self.addCleanup(self._clean_up)

    def _environment(self):
        return _Transaction(self.registry)

    def _clean_up(self):
        with self._environment() as env:
            orders = env["sale.order"].browse(self.orders)
            orders._action_cancel()
            for name, ids in self.ids[:3]:
                env[name].browse(ids).unlink()
            company = env["res.company"].browse(self.ids[3][1])
            company.active = False

    def _race(self, first_step, second_step):
        first, second = self.orders
        with self.registry.cursor() as c1, self.registry.cursor() as c2:
            one, two = (api.Environment(c, SUPERUSER_ID, {})["sale.order"] for c in (c1, c2))
            self.assertEqual(two.browse(second).state, "draft", "its snapshot is taken")
            first_step(one.browse(first))
            c1.commit()
            with (
                self.assertRaises(psycopg2.errors.SerializationFailure),
                mute_logger("odoo.sql_db"),
            ):
                second_step(two.browse(second))
            c2.rollback()
            two.env.transaction.reset()
            self._replayed(two.browse(second))
            c2.commit()
        with self._environment() as env:
            states = env["sale.order"].browse(self.orders).mapped("state")
            self.assertEqual(states, ["sale", "draft"])

    def _replayed(self, order):
        """What ``retrying`` does after a serialization failure."""
        order.action_confirm()
        self.assertEqual(order.hold_reason, "credit")
        self.assertEqual(order.hold_amount, 400)

    def test_two_confirmations_of_one_moment_never_both_pass(self):
        self._race(lambda order: order.action_confirm(), lambda order: order.action_confirm())

    def test_confirmation_and_direct_write_of_one_moment_never_both_pass(self):
        self._race(
            lambda order: order.write({"state": "sale"}) and order.env.flush_all(),
            lambda order: order.write({"state": "sale"}) and order.env.flush_all(),
        )


class _Transaction:
    """A transaction of its own, committed at the end."""

    def __init__(self, registry):
        self.cursor = registry.cursor()

    def __enter__(self):
        return api.Environment(self.cursor, SUPERUSER_ID, {})

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.cursor.commit()
        self.cursor.close()
