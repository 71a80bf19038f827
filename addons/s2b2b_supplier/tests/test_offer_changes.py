from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_portal import PortalCommon

URL = "/my/supplier/catalogue"


@tagged("post_install", "-at_install")
class TestOfferChanges(PortalCommon):
    """What waits for a buyer is the company's choice; without a choice nothing waits."""

    def setUp(self):
        super().setUp()
        self.product = self._product("Marmalade")
        self.offer = self._offer(self.a, self.product, price=10, delay=3)
        self.company.offer_approval_price = True
        self._login(self.user_a)

    def _update(self, path="", **form):
        answer = self._post(f"{URL}/{self.offer.id}{path}", form)
        self.env.invalidate_all()
        return answer

    def _changes(self):
        return self.env["s2b2b.offer.change"].search([("partner_id", "=", self.a.id)])

    def test_state_is_not_written_by_hand_and_buyers_do_not_decide(self):
        self._update(price="12")
        change = self._changes()
        with self.assertRaises(AccessError):
            change.with_user(self.supplier_manager).write({"state": "approved"})
        for user in (self.buyer, self.user_a):
            with self.assertRaises(AccessError):
                change.with_user(user).action_approve()
        with self.assertRaises(AccessError):
            change.with_user(self.user_a).read(["price"])
        self.assertEqual(self.offer.price, 10)

    def test_nothing_waits_unless_the_company_asks_for_it(self):
        self.company.offer_approval_price = False
        self._update(price="12")
        self.assertFalse(self._changes())
        self.assertEqual(self.offer.price, 12)

    def test_price_rise_waits_and_counts_once_approved(self):
        self._update(price="12", available_qty="30")
        self.assertEqual(self.offer.price, 10)
        self.assertIn("waits for approval", self.url_open(URL).text)
        change = self._changes()
        self.assertRecordValues(
            change, [{"kind": "price", "old_price": 10, "price": 12, "state": "pending"}]
        )
        change.with_user(self.supplier_user).action_approve()
        self.assertEqual(self.offer.price, 12)
        self.assertEqual(change.decided_by_id, self.supplier_user)
        self.assertIn("count now", self.a.message_ids[0].body)

    def test_stock_does_not_wait(self):
        self._update(price="12", available_qty="30")
        stock = self.env["s2b2b.supplier.stock"].search([("partner_id", "=", self.a.id)])
        self.assertEqual(stock.available_qty, 30)

    def test_refusal_needs_a_reason_that_the_supplier_reads(self):
        self._update(price="12")
        action = self._changes().with_user(self.supplier_user).action_refuse()
        wizard = self.env["s2b2b.refusal"].with_user(self.supplier_user)
        wizard.with_context(**action["context"]).create({"reason": "Too much"}).action_apply()
        self.assertEqual(self.offer.price, 10)
        self.assertIn("Too much", self.url_open(URL).text)

    def test_what_is_decided_is_not_decided_again(self):
        self._update(price="12")
        change = self._changes().with_user(self.supplier_user)
        change._refuse("No")
        with self.assertRaises(UserError):
            change.action_approve()
        self.assertEqual(self.offer.price, 10)

    def test_second_wish_replaces_the_first_and_the_old_price_takes_it_back(self):
        self._update(price="12")
        self._update(price="13")
        self.assertEqual(self._changes().mapped("state"), ["pending", "withdrawn"])
        self._update(price="10")
        self.assertEqual(set(self._changes().mapped("state")), {"withdrawn"})

    def test_new_price_break_counts_or_waits(self):
        self._update("/break", min_qty="50", price="9")
        breaks = self.env["product.supplierinfo"].search([("partner_id", "=", self.a.id)])
        self.assertEqual(sorted(breaks.mapped("min_qty")), [0, 50])
        self.company.offer_approval_new = True
        self._update("/break", min_qty="80", price="8")
        self.assertRecordValues(self._changes(), [{"kind": "new", "offer_id": False}])
        self.assertIn("To Approve", self.url_open(URL).text)
        self._changes().with_user(self.supplier_user).action_approve()
        breaks = self.env["product.supplierinfo"].search([("partner_id", "=", self.a.id)])
        self.assertEqual(sorted(breaks.mapped("min_qty")), [0, 50, 80])

    def test_break_that_is_there_already_is_refused(self):
        answer = self._update("/break", min_qty="0", price="9")
        self.assertIn("is-invalid", answer.text)

    def test_ended_offer_is_no_longer_shown_nor_bought(self):
        self._update("/end")
        self.assertNotIn("Marmalade", self.url_open(URL).text)
        self.assertFalse(self.product._select_seller(partner_id=self.a))

    def test_code_currency_and_unit_are_changed(self):
        self.company.offer_approval_price = False
        unit = self.env.ref("uom.product_uom_unit")
        dozen = self.env["uom.uom"].create(
            {"name": "Tray of 12", "relative_factor": 12, "relative_uom_id": unit.id}
        )
        self.product.uom_ids = dozen
        euro = (
            self.env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
        )
        euro.active = True
        answer = self._update(supplier_code="A-9", currency="EUR", unit=dozen.name, price="100")
        self.assertNotIn("is-invalid", answer.text)
        self.assertRecordValues(
            self.offer,
            [
                {
                    "product_code": "A-9",
                    "currency_id": euro.id,
                    "product_uom_id": dozen.id,
                    "price": 100,
                }
            ],
        )
