"""Commission rules, and the statements of the last months in every state."""

from dateutil.relativedelta import relativedelta

from odoo import fields

MONTHS = 3
IBAN = "GB29NWBK60161331926819"
# name, rate, then what differs: the conditions and amounts of the rule
RULES = (
    ("Standard rate", 8.0, {}),
    ("Grade A", 6.0, {"grade": "a"}),
    ("Tokyo Traders, as agreed", 7.0, {"supplier": "tokyo_traders", "minimum_amount": 1.0}),
    ("Urgent orders", 9.5, {"order_type": "urgent", "maximum_amount": 150.0}),
    ("Summer offer", 5.0, {"days_ago": 120}),
)
# The supplier has agreed in writing that we make the bill.
SELF_BILLED = ("exotic_liquids", "cajun_delights", "specialty_biscuits")
FOLLOWED = ("15061", "13798")


def tell(env):
    """The whole story, once; running it again finds it told."""
    company = env.ref("s2b2b_member.demo_company")
    if company.settlement_policy == "off":
        story = Story(env, company)
        story.switch_on()
        story.set_rules()
        story.freeze_past()
        for months in range(MONTHS, 0, -1):
            story.settle(months)
        story.leave_open()
        story.show_members()
        story.clear_outgoing_mail()


class Story:
    def __init__(self, env, company):
        self.company = company
        self.env = env["base"].with_company(company).env
        self.today = fields.Date.context_today(env["res.company"])

    def supplier(self, name):
        return self.env.ref(f"s2b2b_supplier.supplier_{name}")

    def switch_on(self):
        """What the settings page does, for this company only; the bank account has its number."""
        journals = self.env["account.journal"].create(
            [
                self._prepare_journal_vals(
                    "Self-billed bills",
                    "SELF",
                    "purchase",
                    is_self_billing=True,
                    default_account_id=self._find_default_account("purchase"),
                ),
                self._prepare_journal_vals(
                    "Commission",
                    "COMM",
                    "sale",
                    default_account_id=self._find_default_account("sale"),
                ),
                self._prepare_journal_vals("Netting", "NET", "general"),
            ]
        )
        self.company.write(
            {
                "settlement_policy": "monthly",
                "settlement_confirm_days": 10,
                "self_billing_journal_id": journals[0].id,
                "commission_journal_id": journals[1].id,
                "netting_journal_id": journals[2].id,
            }
        )
        bank = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "bank")], limit=1
        )
        bank.bank_acc_number = IBAN
        for name in SELF_BILLED:
            self.supplier(name).billing_mode = "self_billed"

    def _find_default_account(self, kind):
        own = [("company_id", "=", self.company.id), ("type", "=", kind)]
        return self.env["account.journal"].search(own, limit=1).default_account_id.id

    def _prepare_journal_vals(self, name, code, kind, **vals):
        return {"name": name, "code": code, "type": kind, "company_id": self.company.id, **vals}

    def set_rules(self):
        tax = self.env["account.tax"].search(
            [
                ("company_id", "=", self.company.id),
                ("type_tax_use", "=", "sale"),
                ("amount", ">", 0),
            ],
            limit=1,
        )
        grades = self.env["s2b2b.supplier.grade"].search([])
        grades.filtered(lambda grade: grade.name == "A").commission_discount = 10
        self.env["s2b2b.commission.rule"].create(
            [
                {
                    "name": name,
                    "percent": percent,
                    "sequence": number * 10,
                    "company_id": self.company.id,
                    "tax_id": tax.id,
                    **self._prepare_conditions(dict(terms), grades),
                }
                for number, (name, percent, terms) in enumerate(RULES, 1)
            ]
        )

    def _prepare_conditions(self, terms, grades):
        vals = {}
        if supplier := terms.pop("supplier", None):
            vals["partner_id"] = self.supplier(supplier).id
        if grade := terms.pop("grade", None):
            vals["grade_id"] = grades.filtered(lambda g: g.name.lower() == grade)[:1].id
        if order_type := terms.pop("order_type", None):
            vals["order_type_id"] = self.env.ref(f"s2b2b_order.order_type_{order_type}").id
        if days := terms.pop("days_ago", None):
            vals["date_to"] = self.today - relativedelta(days=days)
        return {**vals, **terms}

    def freeze_past(self):
        """Orders from before there were rules fall under them as well."""
        orders = self.env["purchase.order"].search(
            [("company_id", "=", self.company.id), ("state", "=", "purchase")]
        )
        self.env["s2b2b.commission.line"]._freeze(orders.order_line)

    def settle(self, months):
        """The statements of a month: all but the last one are confirmed, and billed."""
        first = self.today + relativedelta(months=-months, day=1)
        last = first + relativedelta(months=1, days=-1)
        settlements = self.env["s2b2b.settlement"]._generate("supplier", first, last)
        if months > 1:
            settlements._send()
            settlements._confirm(self.env["res.partner"])
            settlements._create_documents()

    def leave_open(self):
        """Of last month: one waits for its supplier, one is disputed, the others are not sent."""
        last = self.today + relativedelta(day=1, days=-1)
        sent = {
            name: self.env["s2b2b.settlement"].search(
                [("partner_id", "=", self.supplier(name).id), ("date_to", "=", last)], limit=1
            )
            for name in ("exotic_liquids", "tokyo_traders")
        }
        for settlement in sent.values():
            settlement._send()
        disputed = sent["tokyo_traders"]
        goods = disputed.line_ids.filtered(lambda line: line.kind == "goods")[:1]
        if goods:
            contact = self.env.ref("s2b2b_supplier.contact_tokyo_traders")
            disputed._dispute(goods, "We delivered two more than you have counted", contact)

    def show_members(self):
        last = self.today + relativedelta(day=1, days=-1)
        members = self.env["res.partner"].concat(
            *(self.env.ref(f"s2b2b_member.member_{name}") for name in FOLLOWED)
        )
        statements = self.env["s2b2b.settlement"]._generate(
            "member", last.replace(day=1), last, members
        )
        statements._send()

    def clear_outgoing_mail(self):
        """The addresses are invented: nothing of this story is to leave the machine."""
        mails = self.env["mail.mail"].search([("state", "=", "outgoing")])
        mails.filtered(lambda mail: mail.model == "s2b2b.settlement").unlink()
