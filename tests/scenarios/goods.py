"""Goods, told by those who do it: suppliers qualify, a member orders, suppliers answer and ship."""

from datetime import date

from clients import Portal, Refused, Staff

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TAX_NUMBER = "DE136695976"
SCARCE = "22423"  # no supplier of the demo has enough of it alone
OTHERS = 9
ORDERED = ("product_id", "product_uom_qty")


class Goods:
    """The people of the story, and the order that it is about."""

    def __init__(self, staff, address: str) -> None:
        self.admin: Staff = staff("admin")
        self.buyer: Staff = staff("buyer")
        self.visitor: Portal = Portal(address)
        self.member: Portal = Portal(address, "member1", "member1")
        self.suppliers: dict[int, Portal] = {}
        for login in ("supplier1", "supplier2"):
            user = self.admin.one("res.users", [["login", "=", login]], "commercial_partner_id")
            self.suppliers[user["commercial_partner_id"][0]] = Portal(address, login, login)
        self.company = self.admin.one("res.users", [["login", "=", "admin"]], "company_id")[
            "company_id"
        ][0]
        self.order_id = 0

    # Suppliers

    def apply(self) -> int:
        """A visitor applies with its business licence; gives the qualification."""
        kinds = self.buyer.read("s2b2b.certificate.type", [], "name", order="sequence")
        licence = kinds[0]["id"]
        germany = self.buyer.one("res.country", [["code", "=", "DE"]], "name")["id"]
        page = self.visitor.submit(
            "/supplier/apply",
            to="/supplier/apply/send",
            files={f"paper_{licence}_files": ("licence.pdf", PDF, "application/pdf")},
            company_name="Rheinland Kerzen GmbH",
            country_id=germany,
            vat=TAX_NUMBER,
            street="Kirchstr. 1",
            zip="50667",
            city="Koeln",
            contact_name="Petra Klein",
            email="petra@kerzen.example",
            phone="+49 221 555010",
            introduction="Candles and holders from our own works.",
            **{
                f"paper_{licence}_number": TAX_NUMBER,
                f"paper_{licence}_expiry_date": f"{date.today().year + 1}-12-31",
            },
        )
        wrong = page.xpath("//*[contains(@class, 'text-danger') or @role='alert']")
        assert [e.text_content().strip() for e in wrong] == []
        return self._qualification(self.buyer, ["partner_id.vat", "=", TAX_NUMBER])

    def audit_and_approve(self, qualification: int) -> None:
        papers = self.buyer.read(
            "s2b2b.certificate", [["partner_id.vat", "=", TAX_NUMBER]], "state"
        )
        self.buyer.call("s2b2b.certificate", "action_verify", ids=[p["id"] for p in papers])
        for step in ("action_start_review", "action_start_audit"):
            self.buyer.call("s2b2b.qualification", step, ids=[qualification])
        criteria = self.buyer.read(
            "s2b2b.qualification.line", [["qualification_id", "=", qualification]], "name"
        )
        ids = [line["id"] for line in criteria]
        self.buyer.call("s2b2b.qualification.line", "write", ids=ids, vals={"verdict": "pass"})
        self.admin.call(
            "s2b2b.qualification", "action_approve", ids=[qualification], reason="All is there."
        )

    def status_of(self, name: str) -> str:
        return self.buyer.one("res.partner", [["name", "=", name]], "supplier_status")[
            "supplier_status"
        ]

    def why_not_approved(self, name: str) -> str:
        qualification = self._qualification(self.admin, ["partner_id.name", "=", name])
        try:
            self.admin.call("s2b2b.qualification", "action_approve", ids=[qualification])
        except Refused as refusal:
            return str(refusal)
        return ""

    def _qualification(self, staff: Staff, condition: list) -> int:
        """As the list shows it to ``staff``, who works in the platform's company."""
        found = [condition, ["company_id", "=", self.company]]
        return staff.one("s2b2b.qualification", found, "state")["id"]

    # The member's order

    def tier(self) -> str:
        partner = self.admin.one("res.users", [["login", "=", "member1"]], "commercial_partner_id")
        member = partner["commercial_partner_id"][0]
        return self.admin.one("res.partner", [["id", "=", member]], "grade_id")["grade_id"][1]

    def basket(self) -> list[dict]:
        """Ten lines of what both suppliers offer; of the scarce article more than one has."""
        offers = self.buyer.read(
            "product.supplierinfo",
            [
                ["partner_id", "in", list(self.suppliers)],
                ["product_tmpl_id.default_code", "!=", SCARCE],
                ["company_id", "=", self.company],
            ],
            "product_tmpl_id",
            order="id",
        )
        templates = list(dict.fromkeys(o["product_tmpl_id"][0] for o in offers))[:OTHERS]
        products = self.admin.read(
            "product.product",
            ["|", ["product_tmpl_id", "in", templates], ["default_code", "=", SCARCE]],
            "default_code",
        )
        return [
            {"product_id": p["id"], "quantity": "60" if p["default_code"] == SCARCE else "24"}
            for p in products
        ]

    def quote(self, lines: list[dict]) -> dict:
        """What the quick-order page shows of ``lines``: prices, availability, errors."""
        return self.member.call("/my/order/new/quote", **self._urgent(lines))

    def order(self, lines: list[dict]) -> dict:
        """The member places an urgent order at the prices quoted; twice, as on a bad line."""
        self.member.page("/my/order/new")
        quote = self.quote(lines)
        placing = {"key": "the story", "token": quote["token"], **self._urgent(lines)}
        placed = self.member.call("/my/order/new/place", **placing)
        again = self.member.call("/my/order/new/place", **placing)
        assert again["url"] == placed["url"]
        self.order_id = int(placed["url"].rsplit("/", 1)[1])
        return quote

    def _urgent(self, lines: list[dict]) -> dict:
        urgent = self.admin.one("s2b2b.order.type", [["is_urgent", "=", True]], "name")["id"]
        return {"lines": lines, "order_type_id": urgent, "reference": "PO-4711"}

    def read_order(self, *names: str) -> dict:
        return self.admin.one("sale.order", [["id", "=", self.order_id]], *names)

    def member_page(self) -> str:
        """What the member's open page fetches when it is told that something has changed."""
        return self.member.call(f"/my/order/{self.order_id}/fragment")["html"]

    def lines(self, *names: str) -> list[dict]:
        return self.admin.read("sale.order.line", [["order_id", "=", self.order_id]], *names)

    def prices(self) -> list[tuple[float, float]]:
        """(what the member pays, list price) of each line."""
        lines = self.lines("product_id", "price_reduce_taxexcl")
        ids = [line["product_id"][0] for line in lines]
        products = self.admin.read("product.product", [["id", "in", ids]], "lst_price")
        listed = {p["id"]: p["lst_price"] for p in products}
        return [(ln["price_reduce_taxexcl"], listed[ln["product_id"][0]]) for ln in lines]

    def order_line(self, code: str) -> int:
        found = [["order_id", "=", self.order_id], ["product_id.default_code", "=", code]]
        return self.admin.one("sale.order.line", found, "name")["id"]

    # Allocation

    def allocation(self) -> list[dict]:
        return self.admin.read(
            "s2b2b.allocation.line",
            [["order_id", "=", self.order_id]],
            *("sale_line_id", "supplier_id", "quantity", "is_chosen", "is_barred", "reason"),
        )

    def purchases(self, *names: str) -> list[dict]:
        found = [["member_order_id", "=", self.order_id], ["state", "!=", "cancel"]]
        return self.admin.read(
            "purchase.order", found, "name", "partner_id", "supplier_state", *names, order="id"
        )

    # The suppliers' answers

    def purchase_lines(self, *purchases: dict) -> list[dict]:
        found = [["order_id", "in", [p["id"] for p in purchases]]]
        names = ("product_id", "product_qty", "order_id")
        return self.admin.read("purchase.order.line", found, *names, order="id")

    def ordered_quantities(self) -> dict[int, float]:
        return {ln["product_id"][0]: ln["product_uom_qty"] for ln in self.lines(*ORDERED)}

    def accepted_quantities(self) -> dict[int, float]:
        """{product: quantity} over the orders that suppliers have accepted."""
        taken = [p for p in self.purchases() if p["supplier_state"] in ("accepted", "partial")]
        total: dict[int, float] = {}
        for line in self.purchase_lines(*taken):
            product = line["product_id"][0]
            total[product] = total.get(product, 0.0) + line["product_qty"]
        return total

    def accept(self, purchase: dict, short: dict[int, str] | None = None) -> None:
        """The supplier accepts in its portal; ``short`` is {purchase line: accepted quantity}."""
        values = {f"qty_{line}": text for line, text in (short or {}).items()}
        if client := self.suppliers.get(purchase["partner_id"][0]):
            client.call(f"/my/supplier/orders/{purchase['id']}/accept", values=values)
        else:
            self._enter(purchase, "accept")

    def ship(self, purchase: dict, tracking: str) -> None:
        values = {"carrier": "DHL", "tracking": tracking}
        if client := self.suppliers.get(purchase["partner_id"][0]):
            client.call(f"/my/supplier/orders/{purchase['id']}/ship", values=values)
        else:
            self._enter(purchase, "ship", **values)

    def deliver(self, purchase: dict) -> None:
        """Staff enter that the goods have arrived."""
        self._enter(purchase, "deliver")

    def _enter(self, purchase: dict, kind: str, **vals) -> None:
        vals = {"purchase_id": purchase["id"], "kind": kind, **vals}
        (entry,) = self.admin.call("s2b2b.supplier.entry", "create", vals_list=[vals])
        self.admin.call("s2b2b.supplier.entry", "action_enter", ids=[entry])
