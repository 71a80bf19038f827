import io

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests import new_test_user, tagged

from .test_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalMembership(PortalCommon):
    """The price list to take along, the points, and how long what is missing holds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"member_points": True, "points_value": 0.1})
        cls.entries = cls.env["s2b2b.points.entry"]
        cls.entries._points_grant(cls.member, 300, "Trade fair", "fair")
        cls.product_a.write({"list_price": 200, "default_code": "GLASS-1", "name": "=Wine glass"})

    def _get(self, path="/my/membership", login="riverside"):
        self.authenticate(login, login) if login else self.authenticate(None, None)
        return self.url_open(path)

    def _use(self, points, key="k1"):
        self.authenticate("riverside", "riverside")
        data = {"csrf_token": Request.csrf_token(self), "points": points, "key": key}
        return self.url_open("/my/membership/points/tier", data=data)

    def _balance(self):
        return self.member.points_balance

    def test_strangers_and_customers_get_neither_prices_nor_points(self):
        for path in ("/my/membership/pricelist.xlsx", "/my/membership/points"):
            with self.subTest(path=path):
                self.assertIn("/web/login", self._get(path, login=None).url)
                self.member.is_member = False
                self.assertEqual(self._get(path).status_code, 404)
                self.member.is_member = True

    def test_points_are_for_those_who_see_to_the_money(self):
        self.env.company.points_tier_value = 1
        for role in ("viewer", "buyer", "approver", False):
            self.portal.partner_id.member_role = role
            with self.subTest(role=role):
                self.assertNotIn("s2b2b_points", self._get().text)
                self.assertEqual(self._get("/my/membership/points").status_code, 404)
                self.assertEqual(self._use(10).status_code, 404)
        self.assertEqual(self._balance(), 300)
        self.portal.partner_id.member_role = "finance"
        self.assertIn("used=1", self._use(10).url)

    def test_page_of_another_member_shows_nothing_of_this_one(self):
        other = self._member("Other Member")
        user = new_test_user(self.env, "othermember", groups="base.group_portal")
        user.partner_id.parent_id = other
        text = self._get("/my/membership/points", login="othermember").text
        self.assertNotIn("Trade fair", text)

    def test_points_are_shown_with_their_worth_and_expiry(self):
        text = self._get().text
        for part in ("300", "30.00", "Trade fair", "until"):
            self.assertIn(part, text)
        self.assertNotIn("points_to_tier", text, "not offered")
        self.assertIn("+300", self._get("/my/membership/points").text)

    def test_company_without_points_shows_none(self):
        self.env.company.member_points = False
        self.assertNotIn("s2b2b_points", self._get().text)
        self.assertEqual(self._get("/my/membership/points").status_code, 404)

    def test_points_are_used_for_the_tier_once(self):
        self.env.company.points_tier_value = 2
        self.assertIn("600.00", self._get().text)
        for _time in range(2):
            self.assertIn("used=1", self._use(100).url)
        self.assertEqual(self._balance(), 200)
        self.assertEqual(self.entries.search([("kind", "=", "tier")]).tier_amount, 200)

    def test_more_points_than_there_are_are_refused_with_the_reason(self):
        self.env.company.points_tier_value = 2
        for points in ("301", "-5", "0", "x", "9" * 40):
            with self.subTest(points=points):
                self.assertIn("alert-danger", self._use(points, key=points).text)
        self.assertEqual(self._balance(), 300)

    def test_what_is_missing_holds_until_the_oldest_invoice_leaves_the_year(self):
        today = self.env["res.partner"]._fields["grade_since"].today()
        invoice = self._invoice(self.member, 100, today)
        figures = self.env["s2b2b.member.figures"]
        self.env["account.move"].search(
            [("commercial_partner_id", "=", self.member.id), ("id", "!=", invoice.id)]
        ).button_draft()
        last = figures._get_last_days(self.member, today)[self.member.id]
        row = figures._gather(self.member, last)[0]
        self.assertEqual(row.amount, 10000)
        self.assertEqual(
            figures._gather(self.member, last.replace(day=1, year=last.year + 1))[0].amount, 0
        )
        self.assertIn(" more by ", self._get().text.replace("\n", " "))

    def test_price_list_has_the_prices_of_the_member(self):
        self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.tier_lists["Gold"].id,
                "applied_on": "1_product",
                "product_tmpl_id": self.product_a.product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": 150,
                "min_quantity": 10,
            }
        )
        answer = self._get("/my/membership/pricelist.xlsx")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
        row = rows["GLASS-1"]
        self.assertEqual(row[1], "=Wine glass")
        self.assertEqual(row[3:7], (200, 180, 10, 150))
        cell = next(c for r in sheet.iter_rows() for c in r if c.value == "=Wine glass")
        self.assertEqual(cell.data_type, "s", "text, no formula")

    def test_price_list_is_a_pdf_as_well(self):
        answer = self._get("/my/membership/pricelist.pdf")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))

    def test_prices_are_gathered_in_a_number_of_queries_that_does_not_grow(self):
        lists = self.env["s2b2b.member.pricelist"].sudo()
        counts = []
        for _time in range(2):
            self.env["product.product"].create(
                [{"name": f"Goods {n}", "list_price": n + 1} for n in range(60)]
            )
            lists._prepare_pricelist(self.member.sudo())
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lists._prepare_pricelist(self.member.sudo())
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1] - counts[0], 5)
