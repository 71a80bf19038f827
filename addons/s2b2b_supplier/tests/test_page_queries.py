from odoo import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPageQueries(PortalCommon):
    """A supplier's form and portal pages cost the same with 10 and with 10,000 receipts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._product()
        cls.order = cls._order(cls.a, {cls.product: 1}, promised=cls._day(-9))
        cls._receive(cls.order, day=cls._day(-9))
        cls._offer(cls.a, cls.product)
        cls.claim = cls.env["s2b2b.claim"].create(
            {
                "purchase_line_id": cls.order.order_line.id,
                "move_id": cls.order.order_line.move_ids.id,
                "quantity": 1,
                "description": "Two jars are broken.",
            }
        )
        cls._copy_receipts(8)

    @classmethod
    def _copy_receipts(cls, times):
        """More orders like the first one, each with its line, receipt and move, by SQL."""
        cls.env.flush_all()
        line, picking = cls.order.order_line, cls.order.picking_ids
        orders = cls._copy_named(cls.order, times)
        lines = cls._copy_named(line, times, order_id=orders)
        pickings = cls._copy_named(picking, times)
        cls._copy_named(line.move_ids, times, purchase_line_id=lines, picking_id=pickings)
        cls.env.invalidate_all()

    @classmethod
    def _copy_named(cls, record, times, **ids):
        """Copies that stand with others: the ids of these, copy by copy."""
        given = {name: SQL("(%s::int[])[n]", values) for name, values in ids.items()}
        given["name"] = SQL("name || gen_random_uuid()")  # transfers are numbered once
        return cls._copy_rows(record, times, **given)

    def _count(self, read):
        self.env.flush_all()
        read()  # what is cached for all requests is read once
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        read()
        return self.env.cr.sql_log_count - before

    def _rectify(self):
        lines = [Command.create({"name": "On Time"})]
        vals = {"partner_id": self.a.id, "line_ids": lines}
        self.env["s2b2b.rectification"].create(vals).action_issue()

    def _user_of_everything(self):
        """Whoever buys, keeps stock and accounts sees more of a supplier's form."""
        groups = (
            "s2b2b_supplier.group_manager",
            "purchase.group_purchase_manager",
            "stock.group_stock_manager",
            "account.group_account_manager",
        )
        return new_test_user(self.env, "test_supplier_everything", ",".join(groups))

    def test_pages_cost_the_same_with_a_thousand_times_the_receipts(self):
        scorecards = self.env["s2b2b.scorecard"]
        scorecards._evaluate(self.a, self._day(-30), self._day(-1))
        self._rectify()
        self._copy_receipts(1)  # a card that was revised, as the next one will be
        card = scorecards._evaluate(self.a, self._day(-30), self._day(-1))
        pages = self.env["s2b2b.supplier.portal"]
        staff = self.env["res.partner"].with_user(self.supplier_manager)
        everything = self.env["res.partner"].with_user(self._user_of_everything())
        self._login(self.user_a)
        reads = {
            "form": lambda: Form(staff.browse(self.a.id)),
            "form with all rights": lambda: Form(everything.browse(self.a.id)),
            "overview by HTTP": lambda: self.url_open("/my/supplier").raise_for_status(),
            "statistics by HTTP": lambda: self.url_open(
                "/my/supplier/statistics"
            ).raise_for_status(),
            "overview": lambda: pages._get_overview(self.a),
            "scores": lambda: pages._get_scores(self.a),
            "card": lambda: pages._get_card(self.a, card.id),
            "measure": lambda: pages._get_measure(self.a, card.id, "on_time"),
            "response": lambda: pages._get_measure(self.a, card.id, "response"),
            "statistics": lambda: pages._get_statistics(self.a, 12),
            "claims": lambda: pages._get_claims(self.a),
            "claim": lambda: pages._get_claim(self.a, self.claim.id),
            "rectifications": lambda: pages._get_rectifications(self.a),
            "catalogue": lambda: pages._get_products(self.a),
        }
        few = {name: self._count(read) for name, read in reads.items()}
        self.assertTrue(all(few.values()), "each of them is counted")
        self._copy_receipts(9990)
        self.env.cr.execute("ANALYZE purchase_order_line, stock_move, purchase_order")
        scorecards._evaluate(self.a, self._day(-30), self._day(-1))
        line = card.line_ids.filtered(lambda line: line.kpi_key == "on_time")
        self.assertEqual((line.numerator, line.denominator), (10_000, 10_000))
        for name, read in reads.items():
            with self.subTest(page=name):
                self.assertLessEqual(self._count(read), few[name], name)
