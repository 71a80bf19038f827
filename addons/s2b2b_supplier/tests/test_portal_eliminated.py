from odoo.tests import tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalEliminated(PortalCommon):
    """What an eliminated supplier still reaches: its papers and orders, not the market."""

    def setUp(self):
        super().setUp()
        self.offer = self._offer(self.a, self._product())
        self.env["s2b2b.supplier.elimination"]._propose(self.a, "Fraud").action_decide()
        self._login(self.user_a)

    def test_pages_stay_readable_and_say_why(self):
        for page in ("", "/certificates", "/catalogue", "/scores"):
            with self.subTest(page=page):
                self.assertEqual(self.url_open(f"/my/supplier{page}").status_code, 200)
        self.assertIn("Fraud", self.url_open("/my/supplier").text)

    def test_it_offers_nothing_any_more(self):
        contact = self.user_a.partner_id
        self.assertFalse(contact._supplier_may("catalogue"))
        self.assertTrue(contact._supplier_may("certificates"))
        self.assertNotIn("Marmalade", self.url_open("/my/supplier/catalogue").text)
        self._post(f"/my/supplier/catalogue/{self.offer.id}", {"price": "1"})
        self.assertEqual(self.offer.price, 10)
