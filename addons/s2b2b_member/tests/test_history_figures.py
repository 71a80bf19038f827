import csv
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from ..demo.story import EXCERPT
from ..tools.retail import Line, group_documents, read_lines
from .common import MemberCommon

DAYS = [date(2011, 3, 31), date(2011, 8, 31), date(2012, 4, 30), date(2012, 6, 15)]
NOT_GOODS = {"POST", "DOT", "C2", "M", "D", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK", "ADJUST"}
# tier: untaxed purchases, invoices and full months it asks for, the lowest first
TIERS = {"Normal": (0, 0, 0), "Silver": (1000, 0, 0), "Gold": (5000, 2, 0), "Diamond": (8000, 4, 3)}
LADDER = list(TIERS)


class Ledger:
    """The same figures straight from the file, by other means than the product's."""

    def __init__(self, path):
        self.sales = defaultdict(list)  # customer: (day, invoice, amount)
        with path.open(newline="", encoding="utf-8") as text:
            for row in csv.DictReader(text):
                quantity, price = int(row["Quantity"]), Decimal(row["UnitPrice"])
                customer = row["CustomerID"].removesuffix(".0")
                credit = row["InvoiceNo"].startswith("C")
                usable = customer and price > 0 and (quantity < 0) == credit
                if usable and row["StockCode"].upper() not in NOT_GOODS:
                    day = date.fromisoformat(row["InvoiceDate"][:10])
                    self.sales[customer].append((day, row["InvoiceNo"], quantity * price))

    def figures(self, customer, today):
        """(untaxed purchases less credit notes, invoices) of 12 months, and months since the
        first invoice."""
        start = today - relativedelta(years=1)
        past = [sale for sale in self.sales[customer] if sale[0] <= today]
        year = [sale for sale in past if sale[0] > start]
        first = min((day for day, number, _ in past if number[0] != "C"), default=today)
        age = relativedelta(today, first)
        return (
            sum((amount for _, _, amount in year), Decimal()),
            len({number for _, number, _ in year if number[0] != "C"}),
            12 * age.years + age.months,
        )


def earned(figures):
    """The best tier of which all is met."""
    met = [t for t, asked in TIERS.items() if all(map(lambda a, b: a >= b, figures, asked))]
    return met[-1]


def run_through(ledger, customer):
    """The tiers on DAYS: up at once, down by one at the review a year on, 30 days after notice."""
    tier = review = None
    told, tiers = False, []
    for today in DAYS:
        best = earned(ledger.figures(customer, today))
        if tier is None or LADDER.index(best) > LADDER.index(tier):
            tier, review, told = best, today + relativedelta(years=1), False
        elif LADDER.index(best) < LADDER.index(tier):
            if told and today >= review:
                tier = LADDER[LADDER.index(tier) - 1]
                review, told = today + relativedelta(years=1), False
            elif not told and review - today <= timedelta(30):
                told, review = True, max(review, today + timedelta(30))
        tiers.append(tier)
    return tiers


@tagged("post_install", "-at_install")
class TestHistoryFigures(MemberCommon):
    """Real sales of nine months: the figures and tiers of every member are those of the file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = Ledger(EXCERPT)
        with EXCERPT.open(newline="", encoding="utf-8") as text:
            lines = [row for row in read_lines(text, EXCERPT.name) if isinstance(row, Line)]
        cls.env["s2b2b.history.loader"]._load_documents(
            list(group_documents(lines)), timedelta(), paid_until=DAYS[-1], orders=False
        )
        cls.members = cls.env["res.partner"].search([("member_ref", "in", list(cls.ledger.sales))])
        for grade in cls.normal + cls.silver + cls.gold + cls.diamond:
            amount, orders, months = TIERS[grade.name]
            grade.write({"min_amount": amount, "min_orders": orders, "min_months": months})

    def test_figures_and_tiers_of_all_members_are_those_of_the_file(self):
        self.assertEqual(len(self.members), len(self.ledger.sales))
        expected = {ref: run_through(self.ledger, ref) for ref in self.ledger.sales}
        for place, today in enumerate(DAYS):
            self._evaluate(self.members, today)
            for member in self.members:
                with self.subTest(member=member.member_ref, day=today):
                    amount, orders, _ = self.ledger.figures(member.member_ref, today)
                    self.assertEqual(Decimal(str(member.member_amount)), amount)
                    self.assertEqual(member.member_order_count, orders)
                    self.assertEqual(member.grade_id.name, expected[member.member_ref][place])

    def test_sales_of_the_file_lead_up_and_down_the_ladder(self):
        paths = [run_through(self.ledger, customer) for customer in self.ledger.sales]
        ranks = [[LADDER.index(tier) for tier in path] for path in paths]
        self.assertTrue(any(path[1] > path[0] for path in ranks))
        self.assertTrue(any(path[3] < path[2] for path in ranks))
