from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common_rectification import RectificationCommon


@tagged("post_install", "-at_install")
class TestRectificationEvidence(RectificationCommon):
    """What is suggested for a weak measure comes from the documents behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jam = cls._product("Jam")
        cls.promised = cls.month[0] + relativedelta(day=15)

    def _measure(self, key):
        """Makes ``key`` the only measure, so that it alone is weak."""
        self.env["s2b2b.kpi"].search([]).action_archive()
        kpi = self.env.ref(f"s2b2b_supplier.kpi_{key}")
        kpi.write({"active": True, "minimum_sample": 1, "shrink": False})

    def _suggested(self):
        """The suggestions of the rectification that the month has raised, a line each."""
        self._evaluate()
        record = self.env["s2b2b.rectification"].search([("partner_id", "=", self.a.id)])
        return record.line_ids.suggestion.split("\n")

    def _come(self, ordered, received=None):
        """An order that came on the promised day, as a whole or as ``received``; its receipt."""
        order = self._order(self.a, ordered, self.promised)
        return self._receive(order, received, day=self.promised)

    def _send_back(self, picking, product, quantity):
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = quantity if line.product_id == product else 0
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.write({"quantity": quantity, "picked": True})
        back.button_validate()

    def test_product_with_the_most_faults_comes_first_by_rejection_and_return(self):
        self._measure("quality")
        receipt = self._come({self.tea: 10, self.jam: 10})
        rejected = receipt.move_ids.filtered(lambda move: move.product_id == self.tea)
        rejected.supplier_rejected_qty = 2
        self._send_back(receipt, self.jam, 4)
        self._come({self.tea: 10})
        self.assertEqual(
            self._suggested(),
            [
                "Jam: 4 of 10 were faulty or went back.",
                "Tea: 2 of 20 were faulty or went back.",
            ],
        )

    def test_short_delivery_names_its_order_and_what_came(self):
        self._measure("in_full")
        self._come({self.tea: 10})
        short = self._come({self.tea: 8}, {self.tea: 6})
        self.assertEqual(
            self._suggested(),
            [
                "1 of 2 order lines came short; 25% of their quantity is missing.",
                f"{short.purchase_id.name}, Tea: 6 of 8 came.",
            ],
        )

    def test_dear_products_are_named_without_a_figure_that_tells_the_median(self):
        self._measure("price")
        cheap = self._product("Salt")
        others = [self._supplier(name) for name in ("B", "C", "D")]
        for product, price in ((self.tea, 6.25), (self.jam, 4.75), (cheap, 11.5)):
            for supplier in others:
                self._offer(supplier, product, price=price)
        self._come({self.tea: 10, self.jam: 10, cheap: 10, self._product("Unique"): 10})
        suggested = self._suggested()
        self.assertEqual(
            suggested,
            ["Jam cost more than the usual price.", "Tea cost more than the usual price."],
        )

    def test_evidence_of_another_month_or_supplier_says_nothing(self):
        other = self._supplier("Brent Foods")
        self._delivered([4], other)
        self._delivered([6], month=self.next_month)
        self._delivered([0])
        model = self.env["s2b2b.rectification"]
        deliveries, answers = model._gather_evidence(self.a, self.company, *self.month)
        self.assertEqual([line.days_late for line in deliveries[self.a]], [0])
        self.assertEqual(set(deliveries), {self.a})
        self.assertFalse(answers)
