"""Confirming the story's order: ten lines allocated over four suppliers, against plain core.

Core gets the same order without an order type: it takes the first supplier of each product.
"""

from odoo.fields import Command

ADDONS = ("s2b2b_order",)
LINES = 10
TIMES = 7


def run(env, report):
    env.company.write({"allocation_mode": "auto", "supplier_gate_policy": "block"})
    member = env["res.partner"].create({"name": "Member", "is_company": True, "is_member": True})
    products = _goods(env)
    urgent = env.ref("s2b2b_order.order_type_urgent")
    none = urgent.browse()
    floor = report.time(_confirm(env, _orders(env, member, products, none)), TIMES)
    ours = report.time(_confirm(env, _orders(env, member, products, urgent)), TIMES)
    report.ratio(f"confirm {LINES} lines, allocated", ours, floor, "plain core confirm")
    allocation = env["s2b2b.allocation"].search([], limit=1)
    suppliers = allocation.purchase_ids.partner_id
    report.figure("placed with suppliers", f"{len(suppliers)}, {allocation.status}")


def _goods(env):
    """Products that four suppliers offer; of the first ones no supplier has enough alone."""
    route = env.ref("stock_dropshipping.route_drop_shipping")
    products = env["product.product"].create(
        [
            {"name": f"Article {n}", "list_price": 20, "route_ids": [Command.set(route.ids)]}
            for n in range(TIMES + LINES - 1)
        ]
    )
    suppliers = env["res.partner"].create(
        [{"name": f"Supplier {n}", "is_company": True} for n in range(4)]
    )
    suppliers._supplier_qualify("For the bench")
    offers, stocks = [], []
    for row, product in enumerate(products):
        for column, supplier in enumerate(suppliers):
            price = 8 + (row + column) % 4 / 2
            offers.append(_offer(supplier, product, price))
            stocks.append(_stock(env, supplier, product, 10_000 if row >= TIMES else 10))
    env["product.supplierinfo"].create(offers)
    env["s2b2b.supplier.stock"].create(stocks)
    return products


def _offer(supplier, product, price):
    return {
        "partner_id": supplier.id,
        "product_tmpl_id": product.product_tmpl_id.id,
        "price": price,
        "delay": 2,
    }


def _stock(env, supplier, product, quantity):
    return {
        "partner_id": supplier.id,
        "product_id": product.id,
        "company_id": env.company.id,
        "available_qty": quantity,
    }


def _orders(env, member, products, order_type):
    """Each order has one scarce product of its own, which is split, and all the plentiful ones."""
    scarce, plentiful = products[:TIMES], products[TIMES:]
    return env["sale.order"].create(
        [
            {
                "partner_id": member.id,
                "order_type_id": order_type.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 12})
                    for product in (first | plentiful)
                ],
            }
            for first in scarce
        ]
    )


def _confirm(env, orders):
    """A call that confirms the next of ``orders`` and writes it."""
    waiting = iter(orders)
    env.flush_all()

    def call():
        next(waiting).action_confirm()
        env.flush_all()

    return call
