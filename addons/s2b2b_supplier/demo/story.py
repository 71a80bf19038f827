"""Tells the demo's story through the module's own verbs: who applied, was audited, fell out."""

from dateutil.relativedelta import relativedelta

from odoo import fields

LICENCE, PRODUCTION, INDUSTRY, CREDIT = (
    f"s2b2b_supplier.certificate_type_{name}"
    for name in (
        "business_licence",
        "production_licence",
        "industry_certification",
        "credit_report",
    )
)
# supplier: [(certificate type, number or None: the tax number, months until expiry, state)]
PAPERS = {
    "exotic_liquids": [
        (LICENCE, None, 14, "verified"),
        (INDUSTRY, "BRC-7706-24118", 1, "verified"),
    ],
    "tokyo_traders": [
        (LICENCE, None, 20, "verified"),
        (PRODUCTION, "TK-FD-0051823", 9, "verified"),
    ],
    "cajun_delights": [
        (LICENCE, None, 8, "verified"),
        (INDUSTRY, "ISO22000-US-90412", 16, "verified"),
    ],
    "specialty_biscuits": [
        (LICENCE, None, 11, "verified"),
        (CREDIT, "CR-2026-40077", 2, "submitted"),
    ],
    "pavlova": [(LICENCE, None, 10, "verified")],
    "pb_knackebrod": [(LICENCE, None, 6, "verified"), (INDUSTRY, "IFS-SE-33871", -1, "rejected")],
    "heli_susswaren": [(LICENCE, None, 12, "verified")],
    "plutzer": [(LICENCE, None, 3, "verified")],
    "formaggi_fortini": [
        (LICENCE, None, 22, "submitted"),
        (PRODUCTION, "IT-08-1174-CE", 13, "submitted"),
    ],
    "zaanse": [(LICENCE, None, 15, "submitted")],
    "lyngbysild": [(PRODUCTION, "DK-4112-EF", 18, "verified")],
}
QUALIFIED = ("cajun_delights", "specialty_biscuits", "pavlova", "pb_knackebrod", "plutzer")
INTRODUCTIONS = {
    "formaggi_fortini": "Gorgonzola, mascarpone and mozzarella from our own dairy near Ravenna.",
    "zaanse": "Liquorice and cocoa from the Zaan, packed for the trade.",
    "lyngbysild": "Herring and smoked salmon; we deliver chilled, twice a week.",
    "grandma_kelly": "Boysenberry spread, dried pears and cranberry sauce.",
}
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 0/Kids[]>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def tell(env):
    """The whole story once, and what each company has of it once for each; see ``history.py``."""
    story = Story(env)
    if not env.company.s2b2b_start_date:
        story.switch_on()
    if story.supplier("exotic_liquids").supplier_status == "none":
        story.hand_in_papers()
        story.decide()
        story.leave_open()
        story.let_time_pass()
        story.clear_outgoing_mail()
    story.move_in()
    story.report_stock()


def propose(env):
    """The system proposes to part with the supplier that is late; its plan is kept fresh."""
    late = env.ref("s2b2b_supplier.supplier_cajun_delights")
    eliminations = env["s2b2b.supplier.elimination"]
    reason = "Late in most of the last months, by up to nine days"
    eliminations._propose(late, reason)
    eliminations.search([("partner_id", "=", late.id), ("state", "=", "proposed")]).action_refresh()


class Story:
    def __init__(self, env):
        self.env = env
        self.buyer = env.ref("s2b2b_supplier.user_buyer")
        self.admin = env.ref("base.user_admin")
        self.today = fields.Date.context_today(env["res.company"])

    def supplier(self, name):
        return self.env.ref(f"s2b2b_supplier.supplier_{name}")

    def switch_on(self):
        """What the settings page does: the gate blocks, audits have a checklist, jobs may run."""
        self.env.company.write(
            {
                "s2b2b_start_date": self.today - relativedelta(months=6, day=1),
                "supplier_gate_policy": "block",
                "supplier_template_id": self.env.ref("s2b2b_supplier.template_standard").id,
                "scorecard_recent_periods": 5,
                "renewal_lead_days": 60,
            }
        )

    def hand_in_papers(self):
        for name, papers in PAPERS.items():
            for kind, number, months, state in papers:
                self._paper(self.supplier(name), self.env.ref(kind), number, months, state)

    def _paper(self, supplier, kind, number, months, state):
        certificate = self.env["s2b2b.certificate"].create(
            {
                "partner_id": supplier.id,
                "type_id": kind.id,
                "number": number or supplier.vat,
                "issue_date": self.today - relativedelta(years=2),
                "expiry_date": self.today + relativedelta(months=months),
                "attachment_ids": [fields.Command.create({"name": f"{kind.name}.pdf", "raw": PDF})],
            }
        )
        certificate.action_submit()
        if state == "verified":
            certificate.with_user(self.buyer).action_verify()
        elif state == "rejected":
            certificate.with_user(self.buyer).action_reject("The copy ends after the first page.")

    def decide(self):
        """Two suppliers went all the way; others were taken over as they had been known before."""
        for name in ("exotic_liquids", "tokyo_traders"):
            record = self._audited(name)
            record.line_ids.with_user(self.buyer).write({"verdict": "pass"})
            record.with_user(self.admin).action_approve("Audit passed without findings.")
        terms = {"supplier_valid_until": self.today + relativedelta(months=7)}
        for name in QUALIFIED:
            self.supplier(name)._supplier_qualify("Supplier for years, taken over", **terms)
        self.supplier("heli_susswaren")._supplier_condition(
            "New supplier, small orders first", **terms, supplier_max_amount=1000
        )
        self.supplier("las_cabras")._supplier_eliminate("Cold chain broken three times")
        rejected = self._audited("grandma_kelly")
        rejected.line_ids[:1].with_user(self.buyer).write(
            {"verdict": "fail", "finding": "Not in the register of food businesses."}
        )
        rejected.with_user(self.admin).action_reject("Not registered as a food business.")

    def leave_open(self):
        """One application in each state that waits for somebody."""
        self._qualification("formaggi_fortini").action_submit()
        returned = self._qualification("zaanse")
        returned.action_submit()
        returned.with_user(self.buyer).action_start_review()
        returned.with_user(self.buyer).action_request_changes(
            "The licence is from the year before last; please send the present one."
        )
        ending = self.supplier("specialty_biscuits")
        ending._supplier_set_validity(self.today + relativedelta(days=40))
        self.env["s2b2b.qualification"]._open_renewals(ending)
        # Audited and fine, but it never sent its business licence: it cannot be approved.
        self._audited("lyngbysild").line_ids.with_user(self.buyer).write({"verdict": "pass"})

    def _qualification(self, name):
        supplier = self.supplier(name)
        return self.env["s2b2b.qualification"].create(
            {
                "partner_id": supplier.id,
                "contact_id": self.env.ref(f"s2b2b_supplier.contact_{name}").id,
                "introduction": INTRODUCTIONS.get(name),
                "category_ids": [fields.Command.set(supplier.supplier_category_ids.ids)],
                "credit_source": "Trade reference",
                "credit_date": self.today - relativedelta(months=1),
            }
        )

    def _audited(self, name):
        record = self._qualification(name)
        record.action_submit()
        record.with_user(self.buyer).action_start_review()
        record.with_user(self.buyer).action_start_audit()
        return record

    def let_time_pass(self):
        """The nightly job of the day after Plutzer's licence expires: it suspends by itself."""
        plutzer = self.supplier("plutzer")
        licence = plutzer.supplier_certificate_ids
        licence._write_guarded({"expiry_date": self.today - relativedelta(days=3)})
        licence._expire()
        plutzer._review_supplier_status(self.today)

    def move_in(self):
        """The present company is the platform: people work there, and apply there."""
        names = ("user_buyer", "user_supplier1", "user_supplier2")
        for user in [
            self.env.ref("base.public_user"),
            *(self.env.ref(f"s2b2b_supplier.{name}") for name in names),
        ]:
            user.company_ids |= self.env.company
            user.company_id = self.env.company
        self.env["s2b2b.qualification"].search([]).company_id = self.env.company

    def report_stock(self):
        """Fresh figures of all offers, but for one supplier that has not reported for weeks."""
        stocks = self.env["s2b2b.supplier.stock"]
        if stocks.search_count([("company_id", "=", self.env.company.id)], limit=1):
            return
        stale = fields.Datetime.now() - relativedelta(days=23)
        suppliers = self.env["res.partner"].search([("supplier_status", "=", "qualified")])
        offers = self.env["product.supplierinfo"].search([("partner_id", "in", suppliers.ids)])
        for offer in offers:
            vals = {"available_qty": 20 + offer.id * 37 % 180, "daily_capacity": 40}
            if offer.partner_id == self.supplier("pavlova"):
                vals["available_qty_date"] = stale
            stocks._report(*offer._supplier_stock_key(), vals)

    def clear_outgoing_mail(self):
        """The addresses are invented: nothing of this story is to leave the machine."""
        mails = self.env["mail.mail"].search([("state", "=", "outgoing")])
        mails.filtered(lambda mail: mail.model in MODELS).unlink()


MODELS = ("s2b2b.qualification", "s2b2b.certificate")
