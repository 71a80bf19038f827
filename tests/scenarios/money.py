"""Money, told by those who do it: invoice, statement of the supplier, bill, bank."""

import base64
import io
from datetime import date
from decimal import Decimal

from bank_file import Payment, camt053
from clients import Staff
from goods import Goods
from pypdf import PdfReader


class Money:
    """What the accountant does with the order of ``goods``, and its suppliers with statements."""

    def __init__(self, accountant: Staff, goods: Goods) -> None:
        self.accountant = accountant
        self.goods = goods

    # Invoice, settlement, bill

    def invoice(self) -> dict:
        """What was delivered is invoiced by sales; the accountant posts it."""
        sales = self.goods.admin
        vals = {
            "advance_payment_method": "delivered",
            "sale_order_ids": [[6, 0, [self.goods.order_id]]],
        }
        (wizard,) = sales.call("sale.advance.payment.inv", "create", vals_list=[vals])
        sales.call("sale.advance.payment.inv", "create_invoices", ids=[wizard])
        (invoice,) = self.goods.read_order("invoice_ids")["invoice_ids"]
        self.accountant.call("account.move", "action_post", ids=[invoice])
        return self.move(invoice)

    def move(self, move_id: int) -> dict:
        return self.accountant.one(
            "account.move",
            [["id", "=", move_id]],
            *("name", "amount_total", "amount_residual_signed", "payment_state", "partner_id"),
            "payment_reference",
        )

    def settle(self, supplier: int) -> dict:
        """The statement of this month for one supplier, sent to it; generated twice, once made."""
        today = date.today()
        vals = {
            "side": "supplier",
            "date_from": str(today.replace(day=1)),
            "date_to": str(today),
            "partner_ids": [[6, 0, [supplier]]],
        }
        for _again in range(2):
            (wizard,) = self.accountant.call(
                "s2b2b.settlement.generate", "create", vals_list=[vals]
            )
            self.accountant.call("s2b2b.settlement.generate", "action_generate", ids=[wizard])
        settlement = self.accountant.one(
            "s2b2b.settlement",
            [["partner_id", "=", supplier], ["date_to", "=", str(today)]],
            "state",
        )["id"]
        self.accountant.call("s2b2b.settlement", "action_send", ids=[settlement])
        return self.settlement(settlement)

    def settlement(self, settlement_id: int) -> dict:
        return self.accountant.one(
            "s2b2b.settlement",
            [["id", "=", settlement_id]],
            *("name", "state", "amount_total", "amount_goods", "amount_commission", "move_ids"),
            *("partner_id", "line_ids"),
        )

    def statement(self, settlement: dict) -> str:
        """The text of the statement that the supplier downloads."""
        client = self.goods.suppliers[settlement["partner_id"][0]]
        pdf = client.file(f"/my/supplier/settlements/{settlement['id']}/statement.pdf")
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)

    def confirm(self, settlement: dict) -> dict:
        client = self.goods.suppliers[settlement["partner_id"][0]]
        page = f"/my/supplier/settlements/{settlement['id']}"
        client.submit(page, to=f"{page}/confirm")
        return self.settlement(settlement["id"])

    def bill(self, settlement: dict) -> list[dict]:
        """The documents of a confirmed statement; of a supplier that bills by itself, its number
        and date are entered before its bill is posted."""
        ids = [settlement["id"]]
        self.accountant.call("s2b2b.settlement", "action_create_bill", ids=ids)
        moves = self.settlement(settlement["id"])["move_ids"]
        drafts = self.accountant.read(
            "account.move", [["id", "in", moves], ["state", "=", "draft"]], "name"
        )
        for draft in drafts:
            vals = {"ref": f"OWN-{settlement['name']}", "invoice_date": str(date.today())}
            self.accountant.call("account.move", "write", ids=[draft["id"]], vals=vals)
            self.accountant.call("account.move", "action_post", ids=[draft["id"]])
        return [self.move(m) for m in self.settlement(settlement["id"])["move_ids"]]

    # Bank

    def bank_file(self, payments: list[tuple[float, str, str]]) -> bytes:
        """The bank's statement of today: (amount, party, text) each."""
        journal = self.accountant.one(
            "account.journal",
            [["type", "=", "bank"], ["bank_acc_number", "!=", False]],
            "bank_acc_number",
        )
        entries = [
            Payment(Decimal(f"{amount:.2f}"), party, text, f"B-{number}")
            for number, (amount, party, text) in enumerate(payments, start=1)
        ]
        return camt053(journal["bank_acc_number"], "GBP", entries, date.today())

    def import_bank(self, name: str, content: bytes) -> dict:
        """Gives the result of the upload: ``state`` and ``message``."""
        (file,) = self.accountant.call(
            "ir.attachment",
            "create",
            vals_list=[{"name": name, "datas": base64.b64encode(content).decode()}],
        )
        vals = {"attachment_ids": [[6, 0, [file]]]}
        (wizard,) = self.accountant.call("s2b2b.bank.import", "create", vals_list=[vals])
        self.accountant.call("s2b2b.bank.import", "action_import", ids=[wizard])
        return self.accountant.one(
            "s2b2b.bank.import.line", [["import_id", "=", wizard]], "state", "message"
        )

    def bank_lines(self) -> int:
        return self.accountant.call("account.bank.statement.line", "search_count", domain=[])

    def reconcile(self) -> list[dict]:
        (run,) = self.accountant.call("s2b2b.reconcile.run", "create", vals_list=[{}])
        self.accountant.call("s2b2b.reconcile.run", "action_run", ids=[run])
        return self.accountant.read(
            "s2b2b.reconcile.match", [["run_id", "=", run]], "state", "rule", "explanation"
        )
