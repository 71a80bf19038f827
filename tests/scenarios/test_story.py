"""The main job, end to end: a member's urgent order on real goods, from qualified supplier to
reconciled payment; over the portal's pages and JSON-2, on the demo data."""

from goods import SCARCE, Goods
from money import Money


def test_urgent_order_from_qualified_supplier_to_reconciled_payment(staff, address):
    goods = Goods(staff, address)
    _suppliers_are_qualified(goods)
    _member_orders(goods)
    _order_is_allocated(goods)
    _suppliers_answer_and_ship(goods)
    money = Money(staff("accountant"), goods)
    invoice, settlements = _month_is_settled(goods, money)
    _bank_pays(money, invoice, settlements)


def _suppliers_are_qualified(goods):
    qualification = goods.apply()
    goods.audit_and_approve(qualification)
    assert goods.status_of("Rheinland Kerzen GmbH") == "qualified"
    assert "Business Licence" in goods.why_not_approved("Lyngbysild")
    assert goods.status_of("Plutzer Lebensmittelgroßmärkte AG") == "suspended"


def _member_orders(goods):
    assert goods.tier() == "Gold"
    lines = goods.basket()
    assert len(lines) == 10
    bad = [{**lines[0], "quantity": "-3"}, {**lines[1], "quantity": "0"}]
    answer = goods.quote(bad)
    assert answer["errors"] == 2
    quote = goods.order(lines)
    assert quote["errors"] == 0
    order = goods.read_order(
        "state", "is_urgent", "amount_untaxed", "order_line", "fulfilment_state"
    )
    assert order["state"] == "sale"
    assert order["is_urgent"]
    assert order["fulfilment_state"] == "allocated"
    for price, list_price in goods.prices():
        assert price < list_price


def _order_is_allocated(goods):
    lines = goods.allocation()
    chosen = [line for line in lines if line["is_chosen"]]
    scarce = goods.order_line(SCARCE)
    assert len([line for line in chosen if line["sale_line_id"][0] == scarce]) == 2
    suspended = [line for line in lines if "Plutzer" in line["supplier_id"][1]]
    assert suspended
    assert all(ln["is_barred"] and "suspended" in ln["reason"] for ln in suspended)
    assert not any(line["is_chosen"] and line["is_barred"] for line in lines)
    assert all(line["reason"] for line in lines)
    purchases = goods.purchases("is_urgent")
    assert len(purchases) == len({p["partner_id"][0] for p in purchases}) >= 2
    assert all(p["is_urgent"] for p in purchases)


def _suppliers_answer_and_ship(goods):
    seen = {goods.member_page()}
    first, *others = goods.purchases("order_line")
    line = goods.purchase_lines(first)[0]
    goods.accept(first, {line["id"]: str(line["product_qty"] - 12)})
    for purchase in others:
        goods.accept(purchase)
    for purchase in goods.purchases():  # who took over what the first one did not take
        if purchase["supplier_state"] == "pending":
            goods.accept(purchase)
    assert goods.ordered_quantities() == goods.accepted_quantities()
    seen.add(goods.member_page())
    for number, purchase in enumerate(goods.purchases()):
        goods.ship(purchase, f"JD01460000367845{number}")
    assert goods.read_order("fulfilment_state")["fulfilment_state"] == "shipped"
    page = goods.member_page()
    assert "JD014600003678450" in page
    seen.add(page)
    for purchase in goods.purchases():
        goods.deliver(purchase)
    assert goods.read_order("fulfilment_state")["fulfilment_state"] == "delivered"
    seen.add(goods.member_page())
    assert len(seen) == 4


def _month_is_settled(goods, money):
    invoice = money.invoice()
    settlements = []
    for supplier in goods.suppliers:
        settlement = money.settle(supplier)
        assert settlement["amount_commission"] < 0 < settlement["amount_goods"]
        text = money.statement(settlement)
        assert settlement["name"] in text
        assert f"{settlement['amount_total']:,.2f}" in text
        assert money.confirm(settlement)["state"] == "confirmed"
        documents = money.bill(settlement)
        owed = sum(move["amount_residual_signed"] for move in documents)
        assert round(-owed, 2) == settlement["amount_total"]
        settlements.append(money.settlement(settlement["id"]))
    return invoice, settlements


def _bank_pays(money, invoice, settlements):
    payments = [(invoice["amount_total"], invoice["partner_id"][1], invoice["payment_reference"])]
    payments += [(-s["amount_total"], s["partner_id"][1], s["name"]) for s in settlements]
    content = money.bank_file(payments)
    before = money.bank_lines()
    assert money.import_bank("broken.xml", content[:700])["state"] == "refused"
    assert money.import_bank("photo.xml", b"\x89PNG\r\n\x1a\n" + b"0" * 99)["state"] == "refused"
    assert money.bank_lines() == before
    assert money.import_bank("today.xml", content)["state"] == "imported"
    matches = money.reconcile()
    assert [m["state"] for m in matches] == ["posted"] * len(payments)
    assert all(m["explanation"] for m in matches)
    assert money.move(invoice["id"])["payment_state"] == "paid"
    for settlement in settlements:
        assert money.settlement(settlement["id"])["state"] == "paid"
    after = money.bank_lines()
    assert money.import_bank("today.xml", content)["state"] == "known"
    assert money.bank_lines() == after == before + len(payments)
