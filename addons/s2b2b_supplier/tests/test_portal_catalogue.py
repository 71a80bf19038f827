from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common_portal import PortalCommon

URL = "/my/supplier/catalogue"


@tagged("post_install", "-at_install")
class TestPortalCatalogue(PortalCommon):
    def setUp(self):
        super().setUp()
        self.product = self._product("Marmalade", default_code="MA-1")
        self.offer = self._offer(self.a, self.product, price=10, min_qty=2, delay=3)
        self._login(self.user_a)

    def _update(self, **figures):
        answer = self._post(f"{URL}/{self.offer.id}", {"page": "1", "search": "", **figures})
        self.env.invalidate_all()
        return answer

    def _stock(self):
        return self.env["s2b2b.supplier.stock"].search([("partner_id", "=", self.a.id)])

    def test_meaningless_figures_are_refused_and_stay_in_the_form(self):
        for name, text in (
            ("price", "0"),
            ("price", "-1"),
            ("price", "1.000,50"),
            ("price", "NaN"),
            ("price", "1e400"),
            ("min_qty", "-1"),
            ("delay", "2.5"),
            ("delay", "9999"),
            ("available_qty", "-5"),
            ("available_qty", "many"),
        ):
            with self.subTest(name=name, text=text):
                answer = self._update(**{name: text})
                self.assertEqual(answer.status_code, 200)
                self.assertIn("is-invalid", answer.text)
                self.assertIn(f'value="{text}"', answer.text)
                self.assertRecordValues(self.offer, [{"price": 10, "min_qty": 2, "delay": 3}])
                self.assertFalse(self._stock())

    def test_one_wrong_figure_saves_none_of_the_others(self):
        self._update(price="12", delay="x")
        self.assertEqual(self.offer.price, 10)

    def test_offer_of_nobody_is_refused(self):
        answer = self._post(f"{URL}/999999999", {"price": "5"})
        self.assertEqual(answer.status_code, 200)

    def test_terms_are_changed_with_a_note_of_who_did_it(self):
        answer = self._update(price="12,50", min_qty="4", delay="5")
        self.assertIn(f"saved={self.offer.id}", answer.url)
        self.assertRecordValues(self.offer, [{"price": 12.5, "min_qty": 4, "delay": 5}])
        note = self.a.message_ids[0].body
        for text in ("portal_user_a", "Marmalade", "10 → 12.5"):
            self.assertIn(text, note)

    def test_stock_is_reported_as_of_now(self):
        self._update(available_qty="80", daily_capacity="15")
        stock = self._stock()
        self.assertRecordValues(stock, [{"available_qty": 80, "daily_capacity": 15}])
        self.assertLess(fields.Datetime.now() - stock.available_qty_date, timedelta(minutes=5))

    def test_stale_stock_is_marked_and_fresh_again_after_a_report(self):
        self._update(available_qty="80")
        self._stock().available_qty_date = fields.Datetime.now() - timedelta(days=30)
        self.assertIn("30 days old", self.url_open(URL).text)
        self.assertTrue(self.env["s2b2b.supplier.portal"]._get_tasks(self.a))
        self._update(available_qty="80")
        self.assertIn("of today", self.url_open(URL).text)
        self.assertFalse(self.env["s2b2b.supplier.portal"]._get_tasks(self.a))

    def test_stock_of_a_template_with_variants_is_not_reported(self):
        values = [Command.create({"name": name}) for name in ("S", "L")]
        size = self.env["product.attribute"].create({"name": "Size", "value_ids": values})
        line = {"attribute_id": size.id, "value_ids": [Command.set(size.value_ids.ids)]}
        template = self.env["product.template"].create(
            {"name": "Apron", "attribute_line_ids": [Command.create(line)]}
        )
        self.offer.unlink()
        self.offer = self.env["product.supplierinfo"].create(
            {"partner_id": self.a.id, "product_tmpl_id": template.id, "price": 5}
        )
        self._update(available_qty="80")
        self.assertFalse(self._stock())
        self.assertNotIn("Report Stock", self.url_open(URL).text)

    def test_search_finds_by_name_and_code_and_keeps_to_its_own(self):
        self._offer(self.a, self._product("Tea"))
        self._offer(self.b, self._product("Marmalade of Brent"))
        for search, found in (("marma", True), ("MA-1", True), ("coffee", False), ("%", False)):
            with self.subTest(search=search):
                text = self.url_open(URL, params={"search": search}).text
                self.assertEqual("Marmalade" in text, found)
                self.assertNotIn("Brent", text)

    def test_long_catalogue_is_paged(self):
        for number in range(25):
            self._offer(self.a, self._product(f"Jam {number:02}"))
        first, second = (self.url_open(f"{URL}/page/{page}").text for page in (1, 2))
        self.assertEqual(first.count("o_s2b2b_offer "), 20)
        self.assertEqual(second.count("o_s2b2b_offer "), 6)
