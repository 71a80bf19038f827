"""The bank of the demo company: one file imported and reconciled, the next one left to import.

The second file hangs in the chatter of the bank journal.
"""

from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.fields import Command

from .bank_file import Movement, camt053
from .iban import make_iban
from .story import IBAN

JOURNAL = "s2b2b_settlement.demo_bank_journal"
FEES = Decimal("-12.50")


def tell(env):
    """The whole story, once; running it again finds it told."""
    if not env.ref(JOURNAL, raise_if_not_found=False):
        story = BankStory(env, env.ref("s2b2b_member.demo_company"))
        story.switch_on()
        story.import_file()
        story.reconcile()
        story.leave_file()


class BankStory:
    def __init__(self, env, company):
        self.company = company
        self.env = env["base"].with_company(company).env
        self.day = fields.Date.context_today(company) - timedelta(days=1)
        self.balance = Decimal("1000.00")
        self.told = set()
        self.journal = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )

    def switch_on(self):
        """What the settings page does, for this company only."""
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": JOURNAL, "record": self.journal, "noupdate": True}]
        )
        account = self.env["account.account"].search(
            [("company_ids", "in", self.company.ids), ("account_type", "=", "expense")],
            order="code desc",
            limit=1,
        )
        self.company.write(
            {
                "reconcile_active": True,
                "reconcile_tolerance": 0.05,
                "reconcile_difference_account_id": account.id,
                "bank_charge_account_id": account.id,
            }
        )

    def import_file(self):
        movements = [
            *self._received(),
            *self._sent(),
            Movement(FEES, self.day, text="Account fees"),
        ]
        self.journal._import_bank_file("ashdown-001.xml", self._write("ASHDOWN-001", movements))

    def leave_file(self):
        """A file of today for whoever tries the import."""
        self.day += timedelta(days=1)
        content = self._write("ASHDOWN-002", [*self._received(), *self._sent()])
        self.journal.message_post(
            body=self.env._("A bank file to try: Invoicing > S2B2B > Bank > Import Bank Files."),
            attachments=[("ashdown-002.xml", content)],
        )

    def _write(self, name, movements):
        content = camt053(
            IBAN,
            movements,
            currency=self.company.currency_id.name,
            opening=self.balance,
            name=name,
        )
        self.balance += sum(movement.amount for movement in movements)
        return content

    def reconcile(self):
        run = self.env["s2b2b.reconcile.run"].create(
            {"company_id": self.company.id, "journal_ids": [Command.set(self.journal.ids)]}
        )
        run.action_run()

    def _received(self):
        """Members pay: by number, from their account without a word, two at once, too little."""
        by_member = self._open("out_invoice", "not_paid").grouped("commercial_partner_id")
        several = [invoices for invoices in by_member.values() if len(invoices) > 1]
        single = [invoices for invoices in by_member.values() if len(invoices) == 1]
        for invoices in several[:1]:
            yield self._pays(invoices[:2], "Both invoices, thank you")
        for invoices in several[1:2]:
            yield self._pays(invoices[:1], f"Invoice {invoices[0].name}")
        for invoices in single[:1]:
            yield self._pays(invoices, "Payment")
        for invoices in single[1:2]:
            yield self._pays(invoices, f"{invoices.name} less breakage", less=Decimal("4.20"))

    def _sent(self):
        """We pay two bills, with the reference on them."""
        for bill in self._open("in_invoice", "not_paid", "partial")[:2]:
            yield self._pays(bill, bill.ref or bill.name)

    def _open(self, kind, *states):
        """Return the open documents, but for those that have been told of."""
        return self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("move_type", "=", kind),
                ("state", "=", "posted"),
                ("payment_state", "in", states),
                ("commercial_partner_id", "not in", list(self.told)),
                ("currency_id", "=", self.company.currency_id.id),
            ],
            order="invoice_date desc, id",
            limit=60,
        )

    def _pays(self, moves, text, less=Decimal(0)):
        sign = 1 if moves[0].is_inbound() else -1
        total = sum(Decimal(f"{move.amount_residual:.2f}") for move in moves) - less
        partner = moves[0].commercial_partner_id
        self.told.add(partner.id)
        return Movement(
            sign * total, self.day, name=partner.name, account=self._account(partner), text=text
        )

    def _account(self, partner):
        """Return the account number of ``partner``, which it gets where it has none."""
        if not partner.bank_ids:
            number = make_iban("GB", f"ASHD{partner.id:014d}")
            self.env["res.partner.bank"].create({"acc_number": number, "partner_id": partner.id})
        return partner.bank_ids[0].sanitized_acc_number
