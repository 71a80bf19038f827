from base64 import b64encode
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.s2b2b_supplier.tests.common_workbook import damaged_workbooks

from .portal_common import PortalOrderCommon


@tagged("post_install", "-at_install")
class TestQuickOrder(PortalOrderCommon):
    def _lines(self, *lines):
        return [{"product_id": product.id, "quantity": text} for product, text in lines]

    def _quote(self, *lines, login="m-buyer", **params):
        answer, error = self._post(
            login, "/my/order/new/quote", lines=self._lines(*lines), **params
        )
        self.assertIsNone(error)
        return answer

    def _place(self, *lines, key="k-1", login="m-buyer", **params):
        return self._post(
            login, "/my/order/new/place", key=key, lines=self._lines(*lines), **params
        )

    def _orders(self):
        return self.env["sale.order"].search([("partner_id", "=", self.member.id)])

    def test_quantity_that_cannot_be_ordered_is_marked_and_stays_as_typed(self):
        for text, reason in (
            ("0", "must be more than 0"),
            ("-3", "must be more than 0"),
            ("ten", "not a number"),
            ("", "Enter a quantity"),
            ("99999999999", "At most"),
            ("1.23456", "decimals"),
        ):
            with self.subTest(text=text):
                answer = self._quote((self.lamp, text), (self.vase, "2"))
                self.assertIn(reason, self._say(answer["html"]))
                self.assertEqual(answer["lines"][0]["quantity"], text)
                self.assertEqual(answer["errors"], 1)
                result, error = self._place((self.lamp, text), (self.vase, "2"))
                self.assertIsNone(error)
                self.assertNotIn("url", result)
                self.assertIn(reason, self._say(result["html"]))
        self.assertFalse(self._orders())

    def test_product_of_a_higher_tier_is_neither_found_nor_ordered(self):
        self.lamp.min_grade_id = self.env["res.partner.grade"]._get_ladder_grades()[-1]
        self.assertNotEqual(self.member.grade_id, self.lamp.min_grade_id)
        found, error = self._post("m-buyer", "/my/order/new/search", term=self.lamp.name)
        self.assertIsNone(error)
        self.assertIn("Nothing is found", self._say(found["html"]))
        answer = self._quote((self.lamp, "1"), (self.vase, "2"))
        self.assertIn("cannot be ordered", self._say(answer["html"]))
        self.assertEqual(answer["errors"], 1)

    def test_errors_are_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.buyer_user.lang = "de_DE"
        answer = self._quote((self.lamp, "1.000,5"))
        self.assertEqual(answer["errors"], 0)
        self.assertIn("18.009,00", answer["summary"].replace("\xa0", " "))

    def test_date_that_is_over_or_is_none_is_marked(self):
        for text, reason in (("2020-01-31", "over"), ("31.1.", "not a date")):
            with self.subTest(text=text):
                result, _error = self._place((self.lamp, "1"), wanted_date=text)
                self.assertIn(reason, result["header_errors"]["wanted_date"])
        self.assertFalse(self._orders())

    def test_bulk_order_of_a_few_is_marked(self):
        bulk = self.env.ref("s2b2b_order.order_type_bulk")
        result, _error = self._place((self.lamp, "2"), order_type_id=str(bulk.id))
        self.assertIn("1000", result["header_errors"]["order_type_id"])
        self.assertFalse(self._orders())

    def test_empty_order_and_request_without_a_key_are_refused(self):
        with mute_logger("odoo.http"):
            _result, error = self._place()
            self.assertIn("empty", error["message"])
            _result, error = self._place((self.lamp, "1"), key="")
            self.assertIn("key", error["message"])

    def test_request_that_no_page_would_send_is_refused(self):
        for lines in ([{"quantity": "1"}], ["x"], 5, [[]]):
            with self.subTest(lines=lines), mute_logger("odoo.http"):
                _result, error = self._post("m-buyer", "/my/order/new/quote", lines=lines)
                self.assertEqual(error["name"], "odoo.exceptions.UserError")

    def test_list_says_for_each_line_what_is_wrong_and_adds_the_others(self):
        answer = self._quote(text="L-1; 3\nNO-1; 2\n; 4\n5012345678900\t2\nv-1 x")
        self.assertEqual(
            [(row["line"], row["article"], row["quantity"]) for row in answer["problems"]],
            [(2, "NO-1", "2"), (3, "", "4")],
        )
        self.assertIn("We do not have this article", answer["problems_html"])
        self.assertEqual(
            answer["lines"],
            [
                {"product_id": self.lamp.id, "quantity": "5"},
                {"product_id": self.vase.id, "quantity": "x"},
            ],
        )
        self.assertEqual(answer["errors"], 1)

    def test_file_that_is_no_list_is_refused_and_a_csv_is_read(self):
        damaged = damaged_workbooks([["L-1", 3]])
        for content in (b"\x00\x01\x02", b"PK\x03\x04 broken", *damaged.values()):
            with self.subTest(content=content[:40]), mute_logger("odoo.http"):
                file = {"name": "list.xlsx", "content": b64encode(content).decode()}
                _result, error = self._post("m-buyer", "/my/order/new/quote", file=file)
                self.assertIn("cannot be read", error["message"])
        content = b64encode("货号;数量\nV-1;4\n".encode("gb18030")).decode()
        answer = self._quote(file={"name": "list.csv", "content": content})
        self.assertEqual(answer["lines"], [{"product_id": self.vase.id, "quantity": "4"}])

    def test_search_shows_tier_price_and_what_suppliers_have_with_its_age(self):
        stock = self.env["s2b2b.supplier.stock"].search([("product_id", "=", self.lamp.id)])
        stock.sudo().available_qty_date = fields.Datetime.now() - timedelta(hours=2)
        answer, _error = self._post("m-buyer", "/my/order/new/search", term="lam")
        text = self._say(answer["html"])
        self.assertIn("18.00", text)  # 20 less the 10 % of Gold
        self.assertIn("106 available, 2 hours ago", text)
        self.assertNotIn("Vase", text)
        answer, _error = self._post("m-buyer", "/my/order/new/search", term="V-1")
        self.assertIn("Stock on request", self._say(answer["html"]))
        for secret in ("Cheap", "Dear", "8.37", "9.41", "4.29"):
            self.assertNotIn(secret, text)

    def test_goods_of_a_supplier_that_may_not_supply_are_not_offered(self):
        self.company.supplier_gate_policy = "block"
        self.dear._supplier_suspend("Licence expired")
        answer, _error = self._post("m-buyer", "/my/order/new/search", term="V-1")
        self.assertIn("Nothing is found", self._say(answer["html"]))
        answer = self._quote((self.vase, "1"))
        self.assertIn("cannot be ordered", self._say(answer["html"]))

    def test_urgent_order_is_confirmed_and_asked_from_suppliers(self):
        day = self._day(10)
        result, error = self._place(
            (self.lamp, "10"),
            order_type_id=str(self.urgent_type.id),
            wanted_date=str(day),
            reference="PO 7",
        )
        self.assertIsNone(error)
        order = self._orders()
        self.assertEqual(result["url"], f"/my/order/{order.id}")
        self.assertEqual(order.state, "sale")
        self.assertTrue(order.is_urgent)
        self.assertEqual(order.client_order_ref, "PO 7")
        self.assertEqual(order.s2b2b_contact_id, self.buyer_user.partner_id)
        self.assertEqual(order._get_asked_date(), day)
        self.assertEqual(order.order_line.price_unit * (1 - order.order_line.discount / 100), 18)
        self.assertEqual(set(order.supplier_order_ids.mapped("supplier_state")), {"pending"})

    def test_same_request_again_makes_no_second_order(self):
        first, _error = self._place((self.lamp, "1"))
        again, _error = self._place((self.lamp, "1"))
        self.assertEqual(again["url"], first["url"])
        self.assertFalse(again["is_other"])
        changed, _error = self._place((self.lamp, "2"))
        self.assertEqual(changed["url"], first["url"])
        self.assertTrue(changed["is_other"])
        self.assertEqual(len(self._orders()), 1)
        self.assertEqual(self._orders().order_line.product_uom_qty, 1)
        self.assertEqual(len(self.env["s2b2b.request.key"].search([("key", "=", "k-1")])), 1)

    def test_key_of_one_user_is_not_that_of_another(self):
        self._place((self.lamp, "1"))
        self._place((self.lamp, "1"), login="m-approver")
        self.assertEqual(len(self._orders()), 2)

    def test_request_that_was_refused_can_be_sent_again_mended(self):
        self._place((self.lamp, "0"))
        result, _error = self._place((self.lamp, "1"))
        self.assertIn("url", result)
        self.assertEqual(len(self._orders()), 1)

    def test_order_waits_where_the_company_confirms_by_hand(self):
        self.company.member_orders_confirmed = False
        self._place((self.lamp, "1"))
        order = self._orders()
        self.assertEqual((order.state, order.hold_reason), ("draft", "review"))
        self.assertTrue(order.activity_ids)
        page = self._say(self._get("m-buyer", f"/my/order/{order.id}").text)
        self.assertIn("We look at the order and confirm it shortly", page)

    def test_order_above_the_credit_waits_and_says_so(self):
        self.company.member_credit_policy = "block"
        self.member.write(
            {"credit_policy": "limit", "credit_limit": 5, "use_partner_credit_limit": 1}
        )
        self._place((self.lamp, "1"))
        order = self._orders()
        self.assertNotEqual(order.state, "sale")
        self.assertEqual(order.hold_reason, "credit")
        page = self._say(self._get("m-buyer", f"/my/order/{order.id}").text)
        self.assertIn("Your credit falls short", page)

    def test_order_above_the_limit_of_the_buyer_waits_for_the_approver(self):
        self.buyer_user.partner_id.member_order_limit = 100
        self._place((self.lamp, "10"))
        order = self._orders()
        self.assertEqual((order.state, order.hold_reason), ("draft", "member_approval"))
        page = self._get("m-buyer", f"/my/order/{order.id}").text
        self.assertNotIn("/approve", page)
        self.assertIn("/approve", self._get("m-approver", f"/my/order/{order.id}").text)
        _result, error = self._post("m-approver", f"/my/order/{order.id}/approve", values={})
        self.assertIsNone(error)
        self.assertEqual(order.state, "sale")

    def test_price_that_was_shown_holds_for_a_while_and_then_is_asked_about(self):
        token = self._quote((self.vase, "2"))["token"]
        self.vase.list_price = 20.0
        self.company.quote_minutes = 0
        result, _error = self._place((self.vase, "2"), token=token)
        self.assertEqual(result["question"]["kind"], "price")
        self.assertFalse(self._orders())
        self.company.quote_minutes = 30
        self._place((self.vase, "2"), token=token)
        self.assertEqual(self._orders().amount_untaxed, 18)

    def test_price_that_the_page_makes_up_does_not_count(self):
        token = self._quote((self.vase, "2"))["token"]
        for number, forged in enumerate((f"{token}x", "", "W10=")):
            with self.subTest(token=forged):
                self._place((self.vase, "2"), key=f"forged-{number}", token=forged)
        self.assertEqual(set(self._orders().mapped("amount_untaxed")), {18.0})

    def test_reference_used_before_is_asked_about(self):
        self._place((self.lamp, "1"), reference="PO_1")
        result, _error = self._place((self.lamp, "1"), key="k-2", reference="po_1")
        self.assertEqual(result["question"]["kind"], "reference")
        self.assertEqual(len(self._orders()), 1)
        self._place((self.lamp, "1"), key="k-2", reference="po_1", confirmed=["reference"])
        self.assertEqual(len(self._orders()), 2)

    def test_address_of_somebody_else_is_not_taken(self):
        self._place((self.lamp, "1"), address_id=str(self.other_member.id))
        self.assertEqual(self._orders().partner_shipping_id, self.member)
