import json
from datetime import datetime, timedelta

from odoo.tests import new_test_user, tagged

from odoo.addons.s2b2b_supplier.controllers.api import MOST_BODY

from .common_portal import PortalCommon

URL = "/s2b2b/api/v1"


@tagged("post_install", "-at_install")
class TestApi(PortalCommon):
    """Other systems get what the portal gives to the same user, once, and with clear errors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.supplier_api = True
        cls.jam = cls._product("Marmalade", barcode="5012345678900")
        cls.offer = cls._offer(cls.a, cls.jam, price=10, product_code="A1")
        cls.foreign = cls._offer(cls.b, cls._product("Secret"), price=7, product_code="B1")
        cls.key = cls._key(cls.user_a)

    @classmethod
    def _key(cls, user, days=1):
        keys = cls.env(user=user)["res.users.apikeys"].sudo()
        return keys._generate("rpc", "Test", datetime.now() + timedelta(days=days))

    def _get(self, path, key=None):
        headers = {"Authorization": f"Bearer {key or self.key}"}
        return self.url_open(f"{URL}/{path}", headers=headers)

    def _send(self, path, lines, once="k1", key=None, **values):
        headers = {
            "Authorization": f"Bearer {key or self.key}",
            "Content-Type": "application/json",
            **({"Idempotency-Key": once} if once else {}),
        }
        body = json.dumps({"lines": lines, **values})
        answer = self.url_open(f"{URL}/{path}", data=body, headers=headers)
        self.env.invalidate_all()
        return answer

    def _assert_error(self, answer, status, code):
        self.assertEqual(answer.status_code, status)
        self.assertEqual(answer.json()["error"]["code"], code)
        self.assertNotIn("Traceback", answer.text)

    def _stock(self):
        return self.env["s2b2b.supplier.stock"].search([("partner_id", "=", self.a.id)])

    def test_without_a_valid_key_nobody_gets_in(self):
        self._assert_error(self._get("offers", "0" * 40), 401, "unauthorized")
        self.assertEqual(self.url_open(f"{URL}/offers").status_code, 401)
        self._login(self.user_a)
        self.assertEqual(self.url_open(f"{URL}/offers").status_code, 401)
        self._assert_error(self._send("offers", [], key="x"), 401, "unauthorized")

    def test_expired_key_and_closed_login_are_refused(self):
        self._assert_error(self._get("offers", self._key(self.user_a, -1)), 401, "unauthorized")
        self.user_a.active = False
        self._assert_error(self._get("offers"), 401, "unauthorized")

    def test_switched_off_api_refuses_everybody(self):
        self.company.supplier_api = False
        self._assert_error(self._get("offers"), 403, "switched_off")
        self._assert_error(self._send("stock", [{"offer": 1}]), 403, "switched_off")

    def test_who_is_no_supplier_is_refused(self):
        member = self._supplier("Member Company", status="none")
        for user in (
            self._portal_user(member, "api_member", role="admin"),
            new_test_user(self.env, "api_internal", "base.group_user"),
            self.supplier_user,
        ):
            with self.subTest(user=user.login):
                key = self._key(user)
                self._assert_error(self._get("offers", key), 403, "no_supplier")
                answer = self._send("prices", [{"offer": self.offer.id, "price": 1}], key=key)
                self._assert_error(answer, 403, "no_supplier")
        self.assertEqual(self.offer.price, 10)

    def test_role_decides_as_in_the_portal(self):
        key = self._key(self._portal_user(self.a, "api_viewer", role="viewer"))
        self.assertEqual(self._get("offers", key).status_code, 200)
        answer = self._send("prices", [{"offer": self.offer.id, "price": 1}], key=key)
        self._assert_error(answer, 403, "role")
        self.assertEqual(self.offer.price, 10)

    def test_another_suppliers_offers_are_neither_read_nor_changed(self):
        self.assertNotIn("Secret", self._get("offers").text)
        lines = [{"offer": self.foreign.id, "price": 1}, {"supplier_code": "B1", "price": 1}]
        answer = self._send("prices", lines)
        self.assertEqual(answer.status_code, 422)
        codes = [error["code"] for error in answer.json()["errors"]]
        self.assertEqual(codes, ["unknown_offer", "unknown"])
        self.assertEqual(self.foreign.price, 7)

    def test_bodies_that_make_no_sense_are_refused(self):
        for lines, values, status in (
            ("x", {}, 400),
            ([], {}, 413),
            ([{}] * 1001, {}, 413),
            ([{"offer": 1}], {"dry_run": "yes"}, 400),
            ([{"offer": 1}], {"more": 1}, 400),
        ):
            with self.subTest(values=values):
                self.assertEqual(self._send("offers", lines, **values).status_code, status)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        self.assertEqual(self.url_open(f"{URL}/offers", "{", headers=headers).status_code, 400)
        self._assert_error(self._get("offers?limit=-1"), 400, "page")

    def test_body_that_is_too_large_is_refused_whatever_it_says(self):
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": "k1",
        }
        body = json.dumps({"lines": [{"offer": self.offer.id, "price": 12}]})
        answer = self.url_open(f"{URL}/prices", body + " " * MOST_BODY, headers=headers)
        self._assert_error(answer, 413, "request_entity_too_large")
        self.env.invalidate_all()
        self.assertEqual(self.offer.price, 10)

    def test_errors_name_row_field_and_reason_and_the_good_lines_count(self):
        lines = [
            {"supplier_code": "A1", "price": 12},
            {"supplier_code": "A1", "price": "much", "min_qty": 5},
            {"supplier_code": "A1", "colour": "red"},
            {"supplier_code": "A1", "price": {"$gt": 0}},
            7,
        ]
        answer = self._send("offers", lines)
        self.assertEqual(answer.status_code, 200)
        found = [(e["row"], e["field"], e["code"]) for e in answer.json()["errors"]]
        expected = [
            (2, "price", "number"),
            (3, "colour", "field"),
            (4, "price", "type"),
            (5, "", "no_object"),
        ]
        self.assertEqual(found, expected)
        self.assertTrue(all(e["message"] for e in answer.json()["errors"]))
        self.assertEqual(self.offer.price, 12)

    def test_calls_for_stock_change_no_price_and_the_other_way_round(self):
        answer = self._send("stock", [{"offer": self.offer.id, "price": 1}])
        self.assertEqual(answer.json()["errors"][0]["code"], "field")
        answer = self._send("prices", [{"offer": self.offer.id, "available_qty": 1}], "k2")
        self.assertEqual(answer.json()["errors"][0]["code"], "field")

    def test_call_without_a_key_of_its_own_is_refused(self):
        line = [{"offer": self.offer.id, "price": 12}]
        self._assert_error(self._send("prices", line, once=None), 400, "idempotency_key")
        self._assert_error(self._send("prices", line, once="k" * 129), 400, "idempotency_key")
        self.assertEqual(self.offer.price, 10)

    def test_same_call_is_done_once_and_answered_the_same(self):
        line = [{"offer": self.offer.id, "available_qty": 30}]
        first = self._send("stock", line)
        self._stock().available_qty = 5
        again = self._send("stock", line)
        self.assertEqual(again.json(), first.json())
        self.assertEqual(again.headers["Idempotent-Replay"], "true")
        self.assertEqual(self._stock().available_qty, 5)

    def test_key_that_stood_for_something_else_is_refused(self):
        self._send("stock", [{"offer": self.offer.id, "available_qty": 30}])
        other = self._send("stock", [{"offer": self.offer.id, "available_qty": 31}])
        self._assert_error(other, 409, "idempotency_key_reused")
        self.assertEqual(self._stock().available_qty, 30)
        foreign = self._send(
            "stock", [{"supplier_code": "B1", "available_qty": 3}], key=self._key(self.user_b)
        )
        self.assertEqual(foreign.status_code, 200)

    def test_too_many_calls_within_an_hour_are_refused(self):
        requests = self.env["s2b2b.api.request"]
        requests.create(
            [
                {
                    "user_id": self.user_a.id,
                    "scope": "x",
                    "key": str(number),
                    "fingerprint": "",
                    "called_on": datetime.now(),
                }
                for number in range(598)
            ]
        )
        lines = [{"offer": self.offer.id, "available_qty": 30}]
        self.assertEqual(self._send("stock", lines).status_code, 200)
        self.assertEqual(self._send("stock", lines, None, dry_run=True).status_code, 200)
        self._assert_error(self._send("stock", lines, "k2"), 429, "too_many")
        self._assert_error(self._send("stock", lines, None, dry_run=True), 429, "too_many")
        self.assertEqual(self._send("stock", lines).headers["Idempotent-Replay"], "true")
        self.assertEqual(self._get("stock").status_code, 200)
        requests.search([]).called_on = datetime.now() - timedelta(days=31)
        requests._gc_old()
        self.assertFalse(requests.search([]))

    def test_dry_runs_are_kept_for_a_day_only_to_be_counted(self):
        line = [{"offer": self.offer.id, "price": 12}]
        self._send("prices", line, None, dry_run=True)
        self._send("prices", line)
        requests = self.env["s2b2b.api.request"].search([])
        self.assertEqual(len(requests), 2)
        requests.called_on = datetime.now() - timedelta(days=2)
        requests._gc_old()
        self.assertEqual(requests.exists().mapped("key"), ["k1"])

    def test_dry_run_changes_nothing(self):
        answer = self._send("offers", [{"offer": self.offer.id, "price": 12}], None, dry_run=True)
        self.assertEqual(answer.json()["changed"], 1)
        self.assertEqual(self.offer.price, 10)

    def test_what_waits_for_a_buyer_waits_here_too(self):
        self.company.offer_approval_price = True
        answer = self._send("prices", [{"offer": self.offer.id, "price": 12}])
        self.assertEqual(answer.json()["waiting"], 1)
        self.assertEqual(self.offer.price, 10)
        self.assertTrue(self._get("offers").json()["offers"][0]["waiting"])

    def test_offers_and_stock_are_read_by_the_page(self):
        self._send("stock", [{"barcode": "5012345678900", "available_qty": 8, "daily_capacity": 2}])
        offers = self._get("offers?limit=1").json()
        self.assertEqual((offers["total"], offers["offers"][0]["available_qty"]), (1, 8))
        stock = self._get("stock").json()["stock"][0]
        self.assertEqual((stock["free_qty"], stock["too_old"]), (8, False))
        self.assertEqual(self._get("offers?offset=1").json()["offers"], [])
        self.assertEqual(self._get("supplier").json()["name"], self.a.name)

    def test_key_is_made_with_the_password_and_shown_once(self):
        self._login(self.user_a)
        page = "/my/supplier/api"
        wrong = self._post(page, {"name": "ERP", "password": "wrong"})
        self.assertIn("password is wrong", wrong.text)
        self._post(page, {"name": "ERP", "password": self.user_a.login})
        keys = self.env["res.users.apikeys"].search([("user_id", "=", self.user_a.id)])
        self.assertIn("ERP", keys.mapped("name"))
        self.assertNotIn("user-select-all", self.url_open(page).text)
        self._login(self.user_b)
        self._post(f"{page}/{keys[0].id}/delete")
        self.assertTrue(keys[0].exists())
        viewer = self._portal_user(self.a, "api_viewer", role="viewer")
        self._login(viewer)
        form = {"name": "ERP", "password": viewer.login}
        self.assertEqual(self._post(page, form).status_code, 403)
