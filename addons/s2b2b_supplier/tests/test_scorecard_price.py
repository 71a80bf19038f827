from odoo import Command, fields
from odoo.tests import tagged

from .common import SupplierCommon


@tagged("post_install", "-at_install")
class TestScorecardPrice(SupplierCommon):
    """What was paid against the median of comparable offers; all promises are in the past."""

    def setUp(self):
        super().setUp()
        self.a, self.b, self.c, self.d = (
            self._supplier(name) for name in ("Ash", "Birch", "Cedar", "Dogwood")
        )
        self.product = self._product()
        self.env["s2b2b.kpi"].search([]).write({"minimum_sample": 1, "shrink": False})

    def _buy(self, supplier, price, quantity=10, promised=-10, **line):
        order = self._order(
            supplier, {self.product: quantity}, promised=self._day(promised), confirm=False
        )
        order.order_line.write({"price_unit": price, **line})
        order.button_confirm()
        self.product.seller_ids.filtered(lambda s: s.partner_id == supplier).unlink()
        return order

    def _price(self, supplier):
        card = self.env["s2b2b.scorecard"]._evaluate(supplier, self._day(-30), self._day(-1))
        line = card.line_ids.filtered(lambda line: line.kpi_key == "price")
        return line

    def _others(self, *prices, **values):
        for supplier, price in zip((self.b, self.c, self.d), prices, strict=False):
            self._offer(supplier, self.product, price=price, **values)

    def test_with_fewer_than_three_others_nothing_is_compared(self):
        self._buy(self.a, 12)
        for prices in ((), (8,), (8, 9)):
            with self.subTest(others=len(prices)):
                self.product.seller_ids.unlink()
                self._others(*prices)
                line = self._price(self.a)
                self.assertFalse(line.is_rated)
                self.assertEqual(line.reason_code, "no_data")
                self.assertFalse(line.denominator)

    def test_supplier_reads_whole_percents_and_no_sum_at_the_median(self):
        self._buy(self.a, 11.23, quantity=7)
        self._others(10.21, 9.87, 12)
        user = self._portal_user(self.a, "price_portal", role="admin")
        line = self._price(self.a).with_user(user)
        row = line.read(["numerator", "denominator", "value", "counted_value", "score"])[0]
        row.pop("id")
        # The median is 10.72: 104.76 %.
        expected = {"numerator": 1.05, "denominator": 1, "value": 1.05, "counted_value": 1.05}
        self.assertEqual(row, {**expected, "score": 80})
        self.assertEqual(line._figures_text(), "105%")

    def test_paid_price_over_the_median_of_what_all_were_paid(self):
        for supplier, price in ((self.a, 12), (self.b, 10), (self.c, 8), (self.d, 10)):
            self._buy(supplier, price)
        line = self._price(self.a)
        self.assertEqual((line.value, line.sample), (1.2, 1))
        self.assertAlmostEqual(self._price(self.c).value, 0.8)

    def test_valid_offers_count_where_nothing_was_bought(self):
        self._buy(self.a, 12)
        self._others(8, 8, 8)
        self._offer(self.c, self.product, price=1, date_end=self._day(-40))
        self.assertAlmostEqual(self._price(self.a).value, 1.5)

    def test_offer_for_larger_orders_is_not_comparable(self):
        self._buy(self.a, 12)
        self._others(8, 8, 8, min_qty=500)
        self.assertFalse(self._price(self.a).denominator)

    def test_currency_and_unit_are_converted(self):
        self._buy(self.a, 12)
        currency = self.env["res.currency"].create(
            {
                "name": "XQZ",
                "symbol": "q",
                "rate_ids": [
                    Command.create(
                        {
                            "name": self._day(-400),
                            "rate": 2,
                            "company_id": self.company.id,
                        }
                    )
                ],
            }
        )
        self._others(
            192,
            192,
            192,
            currency_id=currency.id,
            product_uom_id=self.env.ref("uom.product_uom_dozen").id,
        )
        # 192 for a dozen is 16 apiece, and 8 in the company's currency.
        self.assertAlmostEqual(self._price(self.a).value, 1.5)

    def test_evidence_shows_staff_the_median_and_adds_up(self):
        for price in (12, 13.01):
            self._buy(self.a, price)
        self._others(8, 9, 10)
        line = self._price(self.a)
        action = line.with_user(self.supplier_user).action_open_evidence()
        model = self.env[action["res_model"]].with_context(**action["context"])
        rows = model.with_user(self.supplier_user).search(fields.Domain(action["domain"]))
        self.assertEqual(set(rows.mapped("median_price")), {9.5})
        ratio = sum(rows.mapped("paid")) / sum(rows.mapped("market"))
        self.assertAlmostEqual(line.value, round(ratio, 2))

    def test_discount_counts(self):
        self._buy(self.a, 12, discount=50)
        self._others(8, 8, 8)
        self.assertAlmostEqual(self._price(self.a).value, 0.75)
