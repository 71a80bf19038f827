import io
from itertools import pairwise

from dateutil.relativedelta import relativedelta
from lxml import html
from pypdf import PdfReader

from odoo.tests import tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestScorecardTrend(PortalCommon):
    """Scores over time: in the portal's charts, in the back office, and on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tea = cls._product("Tea")
        # The oldest first; None: nothing was rated in that month.
        cls.scores = [40.0, None, 75.5, 90.0]
        cls.cards = cls._cards(cls.a, cls.scores)
        cls._cards(cls.b, [5.0, 6.0])
        cls.a._write_guarded({"supplier_is_rated": True})

    @classmethod
    def _cards(cls, supplier, scores):
        """A card for each of the last months."""
        cards = []
        for back, score in zip(range(len(scores), 0, -1), scores, strict=True):
            first, last = cls._month(back)
            values = {"is_rated": score is not None, "score": score or 0}
            cards.append(
                {
                    "partner_id": supplier.id,
                    "company_id": cls.company.id,
                    "date_from": first,
                    "date_to": last,
                    **values,
                }
            )
        return cls.env["s2b2b.scorecard"].create(cards)

    def _chart(self, url, shape):
        """The elements of that shape in the first chart of a page."""
        self._login(self.user_a)
        page = html.fromstring(self.url_open(url).content)
        chart = page.xpath("//svg[contains(@class, 'o_s2b2b_')]")[0]
        return chart.xpath(f".//{shape}")

    def _spots(self, url):
        (line,) = self._chart(url, "polyline")
        return [
            tuple(float(number) for number in spot.split(","))
            for spot in line.get("points").split()
        ]

    def test_charts_of_the_portal_draw_the_rated_cards_oldest_first(self):
        for url in ("/my/supplier", "/my/supplier/scores"):
            with self.subTest(url=url):
                spots = self._spots(url)
                self.assertEqual(len(spots), 3)
                for (before, low), (after, high) in pairwise(spots):
                    self.assertLess(before, after)
                    self.assertGreater(low, high, "better scores stand higher")
        titles = [dot.findtext("title") for dot in self._chart("/my/supplier/scores", "circle")]
        self.assertEqual([title.rpartition(": ")[2] for title in titles], ["40.0", "75.5", "90.0"])

    def test_statistics_draw_a_bar_for_each_month_and_kind(self):
        self._receive(self._order(self.a, {self.tea: 10}))
        for months in (3, 12):
            bars = self._chart(f"/my/supplier/statistics?months={months}", "rect")
            for kind in ("ordered", "received", "returned"):
                own = [bar for bar in bars if bar.get("class") == kind]
                self.assertEqual(len(own), months, kind)
            # What is zero has no height: QWeb leaves the attribute out.
            filled = [bar.get("class") for bar in bars if bar.get("height")]
            self.assertEqual(filled, ["ordered", "received"])

    def test_trend_opens_the_chart_of_that_supplier_alone(self):
        card = self.cards[-1].with_user(self.supplier_user)
        action = card.action_open_trend()
        self.assertEqual(action["res_model"], card._name)
        self.assertEqual(action["views"][0], (False, "graph"))
        self.assertEqual(card.search(action["domain"]), self.cards.sorted("date_to", reverse=True))
        view = self.env["s2b2b.scorecard"].get_view(view_type="search")["arch"]
        (default,) = action["context"]
        self.assertIn(f'name="{default.removeprefix("search_default_")}"', view)

    def test_pivot_shows_the_score_by_supplier_and_month(self):
        rows, cells = (
            self.env["s2b2b.scorecard"]
            .with_user(self.supplier_user)
            .formatted_read_grouping_sets(
                [("partner_id", "in", (self.a | self.b).ids), ("is_rated", "=", True)],
                [["partner_id"], ["partner_id", "date_to:month"]],
                ["score:avg"],
            )
        )
        self.assertEqual(
            {row["partner_id"][0]: row["score:avg"] for row in rows},
            {self.a.id: 68.5, self.b.id: 5.5},
        )
        found = {
            (cell["partner_id"][0], cell["date_to:month"][0]): cell["score:avg"] for cell in cells
        }
        months = [str(self._month(back)[0]) for back in (4, 3, 2, 1)]
        expected = dict(zip([(self.a.id, month) for month in months], self.scores, strict=True))
        del expected[self.a.id, months[1]]
        expected |= {(self.b.id, months[2]): 5.0, (self.b.id, months[3]): 6.0}
        self.assertEqual(found, expected)

    def _evaluated(self):
        """An order of the month that has come late, and the card that counts it."""
        self.env["s2b2b.kpi"].search([]).write({"minimum_sample": 1, "shrink": False})
        first, last = self._month()
        order = self._order(self.a, {self.tea: 5}, promised=first + relativedelta(day=10))
        self._receive(order, day=first + relativedelta(day=13))
        return order, self.env["s2b2b.scorecard"]._evaluate(self.a, first, last)

    def _text(self, content):
        reader = PdfReader(io.BytesIO(content))
        return " ".join("\n".join(page.extract_text() for page in reader.pages).split())

    def test_pdf_says_whose_score_it_is_and_names_its_orders(self):
        order, card = self._evaluated()
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["s2b2b_supplier"], ["zh_CN"])
        for lang, title, result in (
            ("en_US", "Scorecard", "3 days late"),
            ("zh_CN", "评分卡", "迟到 3 天"),
        ):
            text = self._text(card._get_pdf(lang))
            own = (self.a.name, f"{card.score:.1f}", order.name, "Tea", "40.0", title, result)
            for part in own:
                with self.subTest(lang=lang, part=part):
                    self.assertIn(part, text)
            self.assertNotIn(self.b.name, text)
