"""Members of a wholesaler with their sales of nine months, and the tiers these earned."""

from datetime import timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from ..tools.retail import Line, group_documents, read_lines

EXCERPT = Path(__file__).with_name("online_retail_excerpt.csv")
VAT = 20
# tier: (price list's percentage off, credit limit, payment term, points, early access in days)
TIERS = {
    "s2b2b_member.grade_normal": (0, 1000, "account.account_payment_term_15days", 1, 0),
    "partnership.res_partner_grade_data_silver": (
        3,
        5000,
        "account.account_payment_term_30days",
        1.2,
        0,
    ),
    "partnership.res_partner_grade_data_gold": (
        6,
        20000,
        "account.account_payment_term_30days",
        1.5,
        3,
    ),
    "s2b2b_member.grade_diamond": (
        10,
        60000,
        "account.account_payment_term_45days",
        2,
        7,
    ),
}
MONTHS_LOOKED_BACK = (6, 3, 0)


def tell(env):
    """The whole story, once; running it again finds it told."""
    company = env.ref("s2b2b_member.demo_company")
    if not company.chart_template:
        story = Story(env, company)
        story.open_books()
        story.open_warehouse()
        story.set_tiers()
        story.sell()
        story.switch_on()
        story.evaluate()
        story.receive_applications()


class Story:
    def __init__(self, env, company):
        self.company = company
        self.env = env["base"].with_company(company).env
        self.today = fields.Date.context_today(env["res.company"])

    def open_books(self):
        """The generic chart, with the taxes of the United Kingdom in the place of its own."""
        country = self.company.country_id
        # try_loading() is for a registry that is loaded; demo data comes while it is not.
        self.env["account.chart.template"]._load("generic_coa", self.company, install_demo=False)
        # The generic chart is American: it has put country and currency over the company's own.
        self.company.account_fiscal_country_id = country
        self.company.currency_id = country.currency_id
        own = [("company_id", "=", self.company.id)]
        taxes = self.env["account.tax"].search(own)
        self.env["account.tax.group"].search(own).write({"country_id": country.id})
        taxes.write({"country_id": country.id})
        standard = taxes.filtered("amount")
        standard.write({"name": f"{VAT}%", "amount": VAT, "invoice_label": f"VAT {VAT}%"})
        standard.tax_group_id.name = f"VAT {VAT}%"
        positions = self.env["account.fiscal.position"].search(own)
        positions.filtered("country_id").country_id = country

    def open_warehouse(self):
        """Where goods are stocked as well, orders ask for a warehouse."""
        if "stock.warehouse" in self.env:
            self.env["stock.warehouse"].create(
                {"name": self.company.name, "code": "ASH", "company_id": self.company.id}
            )

    def set_tiers(self):
        grades = self.env["res.partner.grade"]
        grades.browse(self.env.ref(xmlid).id for xmlid in TIERS).currency_id = self.env.ref(
            "base.GBP"
        )
        for xmlid, (percent, limit, term, points, days) in TIERS.items():
            grade = self.env.ref(xmlid)
            if percent:
                grade._apply_flat_discount(percent)
            grade.write(
                {
                    "credit_limit": limit,
                    "credit_policy": "limit",
                    "payment_term_id": self.env.ref(term).id,
                    "user_id": self.env.ref("base.user_admin").id,
                    "points_multiplier": points,
                    "early_access_days": days,
                }
            )

    def sell(self):
        """Loads the excerpt as the loader loads whole files, ending last week."""
        with EXCERPT.open(encoding="utf-8", newline="") as text:
            rows = read_lines(text, EXCERPT.name)
            documents = list(group_documents(row for row in rows if isinstance(row, Line)))
        last = max(document.moment for document in documents).date()
        weeks = ((self.today - last).days - 1) // 7
        self.env["s2b2b.history.loader"]._load_documents(
            documents, timedelta(weeks=weeks), paid_until=self.today
        )

    def switch_on(self):
        """What the settings page does, for this company only."""
        self.company.write(
            {
                "s2b2b_start_date": self.today - relativedelta(years=1, day=1),
                "member_evaluation": True,
                "member_profiles": True,
                "member_credit_policy": "approve",
                "overdue_block_days": 14,
                "member_joining": True,
                "member_points": True,
                "points_tier_value": 0.1,
            }
        )
        self.give_points()
        # A company that is invented has no data to be fetched from Odoo's servers.
        if "iap_enrich_auto_done" in self.company._fields:
            self.company.iap_enrich_auto_done = True

    def give_points(self):
        """What the loaded invoices have earned, as if points had been counted all the time."""
        paid = self.env["account.move"].search(
            [("move_type", "=", "out_invoice"), ("payment_state", "=", "paid")],
            order="invoice_date",
        )
        paid._follow_points()
        members = self.env["res.partner"].search([("is_member", "=", True)])
        entries = self.env["s2b2b.points.entry"]
        entries._points_grant(members, 50, "Trade fair in spring", "fair")
        gift = self.env["product.product"].create(
            {"name": "Canvas Tote Bag", "type": "consu", "list_price": 9.0, "sale_ok": False}
        )
        self.env["loyalty.program"]._get_points_program(self.company).reward_ids = [
            Command.create(
                {
                    "reward_type": "product",
                    "reward_product_id": gift.id,
                    "required_points": 400,
                    "description": "A tote bag for 400 points",
                }
            )
        ]

    def receive_applications(self):
        """Two companies that ask for membership; the public's pages are those of this company."""
        public = self.env.ref("base.public_user")
        public.write({"company_ids": [(4, self.company.id)], "company_id": self.company.id})
        country = self.env.ref("base.uk").id
        self.env["s2b2b.member.application"].create(
            [
                {
                    "company_name": "Kendal Gift Barn",
                    "vat": "GB980780684",
                    "country_id": country,
                    "city": "Kendal",
                    "contact_name": "Ann Braithwaite",
                    "email": "ann@kendalgiftbarn.example.com",
                    "trade": "Gift shop",
                    "introduction": "Two shops in the Lakes, mostly for tourists.",
                },
                {
                    "company_name": "Tavistock Party Supplies",
                    "vat": "GB123456782",
                    "country_id": country,
                    "city": "Tavistock",
                    "contact_name": "Owen Pryce",
                    "email": "owen@tavistockparty.example.com",
                    "trade": "Party goods, online",
                },
            ]
        )

    def evaluate(self):
        """Tiers as the nightly job gives them, each quarter of a year."""
        members = self.env["res.partner"].search([("is_member", "=", True)])
        for months in MONTHS_LOOKED_BACK:
            day = self.today - relativedelta(months=months)
            self.env["res.partner.grade"]._evaluate_members(members, day)
        self.env["s2b2b.member.profile"]._profile(self.today)
