from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalScores(PortalCommon):
    """A supplier's scores with the documents behind them, and its word against them."""

    def setUp(self):
        super().setUp()
        self.env["s2b2b.kpi"].search([]).write({"minimum_sample": 1, "shrink": False})
        self.product = self._product("Marmalade <b>")
        self.late = self._order(self.a, {self.product: 5}, promised=self._day(-10))
        self._receive(self.late, day=self._day(-7))
        self.other = self._order(self.b, {self.product: 5}, promised=self._day(-10))
        period = self._day(-30), self._day(-1)
        self.card, self.card_b = self.env["s2b2b.scorecard"]._evaluate(self.a | self.b, *period)
        if self.card.partner_id != self.a:
            self.card, self.card_b = self.card_b, self.card
        self.url = f"/my/supplier/scores/{self.card.id}"

    def _contests(self):
        self.env.invalidate_all()
        return self.env["s2b2b.scorecard.contest"].search([("partner_id", "=", self.a.id)])

    def test_other_suppliers_find_no_page_of_it(self):
        self._login(self.user_b)
        for url in (self.url, f"{self.url}/on_time", f"{self.url}/scorecard.pdf"):
            with self.subTest(url=url):
                self.assertEqual(self.url_open(url).status_code, 404)
        answer = self._post(f"{self.url}/on_time/contest", {"text": "Mine"})
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self._contests())

    def test_role_without_orders_contests_nothing(self):
        self._login(self._portal_user(self.a, "portal_viewer", role="viewer"))
        self.assertEqual(self.url_open(f"{self.url}/on_time").status_code, 200)
        answer = self._post(f"{self.url}/on_time/contest", {"text": "Wrong"})
        self.assertEqual(answer.status_code, 403)
        self.assertFalse(self._contests())

    def test_contest_by_get_or_without_token_is_refused(self):
        self._login(self.user_a)
        self.assertEqual(self.url_open(f"{self.url}/on_time/contest").status_code, 405)
        with mute_logger("odoo.http"):
            answer = self.url_open(f"{self.url}/on_time/contest", {"text": "Wrong"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._contests())

    def test_documents_behind_a_measure_are_its_own_and_escaped(self):
        self._login(self.user_a)
        page = self.url_open(f"{self.url}/on_time").text
        self.assertIn(self.late.name, page)
        self.assertNotIn(self.other.name, page)
        self.assertIn("Marmalade &lt;b&gt;", page)
        self.assertIn("3 days late", page.replace("<t>", ""))

    def test_page_of_prices_and_its_pdf_show_no_median(self):
        for name, price in (("C", 7.77), ("D", 8.13), ("E", 7.77)):
            self._offer(self._supplier(name), self.product, price=price)
        self.env["s2b2b.scorecard"]._evaluate(self.a, self._day(-30), self._day(-1))
        self.env.flush_all()
        self._login(self.user_a)
        page = self.url_open(f"{self.url}/price").text
        # Paid are 10.00 each, by B as well; the median is 8.13.
        self.assertIn("23 % above the median", page)
        self.assertIn("10.00", page)
        card = self.card._prepare_pdf()
        figures = [line["figures"] for line in card["lines"] if line["name"] == "Price"]
        self.assertEqual(figures, ["123%"])
        for number in ("8.13", "40.65", "7.77"):
            self.assertNotIn(number, page)
            self.assertNotIn(number, str(card))

    def test_pdf_of_another_supplier_is_refused_by_rpc(self):
        report = self.env.ref("s2b2b_supplier.action_report_scorecard").with_user(self.user_b)
        muted = mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
        with muted, self.assertRaises(AccessError):
            report._render_qweb_pdf(report.report_name, self.card.ids)

    def test_unknown_measures_and_pages_beyond_the_end(self):
        self._login(self.user_a)
        self.assertEqual(self.url_open(f"{self.url}/nothing").status_code, 404)
        self.assertEqual(self.url_open(f"{self.url}/on_time/page/99").status_code, 200)

    def test_contested_line_names_only_own_orders(self):
        self._login(self.user_a)
        lines = [str(self.late.order_line.id), str(self.other.order_line.id), "x"]
        data = {"text": "The lorry waited <i>here</i>", "line": lines}
        self._post(f"{self.url}/on_time/contest", data)
        contest = self._contests()
        self.assertEqual(contest.line_ids, self.late.order_line)
        self.assertEqual(contest.contact_id, self.user_a.partner_id)
        page = self.url_open(f"{self.url}/on_time").text
        self.assertIn("The lorry waited &lt;i&gt;here&lt;/i&gt;", page)
        self.assertNotIn('name="text"', page)

    def test_second_contest_and_empty_text_are_refused_with_a_sentence(self):
        self._login(self.user_a)
        self.assertIn("Please write what is wrong.", self._post(f"{self.url}/on_time/contest").text)
        self._post(f"{self.url}/on_time/contest", {"text": "Wrong"})
        again = self._post(f"{self.url}/on_time/contest", {"text": "Wrong"})
        self.assertIn("contested already", again.text)
        self.assertEqual(len(self._contests()), 1)

    def test_decision_and_revision_are_shown(self):
        self._login(self.user_a)
        data = {"text": "Wrong", "line": [str(self.late.order_line.id)]}
        self._post(f"{self.url}/on_time/contest", data)
        contest = self._contests().with_user(self.supplier_manager)
        contest.answer = "You are right, the dock was closed"
        contest.action_exclude()
        self.env.flush_all()
        self.assertIn("the dock was closed", self.url_open(f"{self.url}/on_time").text)
        page = self.url_open(self.url).text
        self.assertIn("What has changed since", page)
        self.assertIn("Excluded from scoring", page)

    def test_pdf_is_a_pdf(self):
        self._login(self.user_a)
        answer = self.url_open(f"{self.url}/scorecard.pdf")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF-"))
        report = self.env["ir.actions.report"].with_user(self.supplier_user)
        content, kind = report._render_qweb_pdf(
            "s2b2b_supplier.action_report_scorecard", self.card.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF-"))

    def test_pages_cost_no_more_queries_with_more_receipts(self):
        pages = self.env["s2b2b.supplier.portal"]

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            pages._get_overview(self.a)
            pages._get_scores(self.a)
            pages._get_card(self.a, self.card.id)
            pages._get_measure(self.a, self.card.id, "on_time")
            self.a.read(["supplier_score", "supplier_grade_id", "supplier_status"])
            return self.cr.sql_log_count - before

        def count_after(receipts):
            for _number in range(receipts):
                order = self._order(self.a, {self.product: 1}, promised=self._day(-9))
                self._receive(order, day=self._day(-9))
            self.env["s2b2b.scorecard"]._evaluate(self.a, self._day(-30), self._day(-1))
            count()  # what is cached for all requests is read once
            return count()

        few = count_after(2)
        self.assertLessEqual(count_after(9), few)
