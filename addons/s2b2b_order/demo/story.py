"""Offers of the demo's suppliers for the demo's goods, and orders in every state."""

from datetime import timedelta
from typing import NamedTuple
from zlib import crc32

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from odoo.addons.s2b2b_supplier.demo import history
from odoo.addons.s2b2b_supplier.demo import story as supplier_story

RANGE = 80
# Two cakestands: of the best-selling one no qualified supplier has enough alone.
SCARCE = {
    "22423": {"exotic_liquids": 40, "tokyo_traders": 30, "plutzer": 900, "pavlova": 75},
    "22776": {"exotic_liquids": 18, "specialty_biscuits": 12},
}


class Terms(NamedTuple):
    """What a supplier asks and has: its price as a share of ours, then minimum, days, stock."""

    share: float
    minimum: int
    days: int
    stock: int  # of each article at least
    age: int  # days since it reported its stock
    range: int  # of ten articles it has so many
    order_cost: float
    capacity: int  # units a day, 0: no limit


# The suspended one asks least of all and has most; the figures of Pavlova are too old to be used.
TERMS = {
    "exotic_liquids": Terms(0.60, 12, 2, 300, 0, 10, 8.0, 0),
    "tokyo_traders": Terms(0.60, 10, 2, 250, 1, 10, 8.0, 0),
    "cajun_delights": Terms(0.66, 24, 5, 400, 2, 6, 15.0, 900),
    "specialty_biscuits": Terms(0.68, 6, 3, 150, 0, 5, 5.0, 300),
    "pavlova": Terms(0.55, 12, 4, 200, 23, 4, 10.0, 0),
    "plutzer": Terms(0.50, 12, 2, 900, 1, 7, 8.0, 0),
}


def tell(env):
    """The whole story, once; running it again finds it told."""
    company = env.ref("s2b2b_member.demo_company")
    if company.allocation_mode == "off":
        story = Story(env, company)
        story.switch_on()
        supplier_story.Story(story.env).move_in()
        history.tell(story.env)
        story.list_offers()
        story.leave_waiting()
        story.leave_under_way()
        story.finish()
        story.go_wrong()
        company.order_notices_sent = True


class Story:
    def __init__(self, env, company):
        self.company = company
        self.env = env["base"].with_company(company).env
        self.today = fields.Date.context_today(env["res.company"])

    def supplier(self, name):
        return self.env.ref(f"s2b2b_supplier.supplier_{name}")

    def switch_on(self):
        """What the settings page does, for this company only."""
        self.company.partner_id.tz = "Europe/London"
        self.env.ref("s2b2b_order.kpi_acceptance").active = True
        policy = self.env["s2b2b.allocation.policy"].create(
            {
                "name": "Balanced, margin watched",
                "company_id": self.company.id,
                "late_cost_per_day": 0.05,
                "grade_weight": 0.01,
                "min_margin_percent": 15,
            }
        )
        self.company.write(
            {
                "s2b2b_start_date": self.today - relativedelta(years=1, day=1),
                "supplier_gate_policy": "block",
                "supplier_applications": True,
                "allocation_mode": "auto",
                "allocation_policy_id": policy.id,
                "order_deadlines_watched": True,
                "member_orders_confirmed": True,
                "order_control_user_id": self.env.ref("base.user_admin").id,
            }
        )

    def list_offers(self):
        """Each supplier offers some of the goods that sell most; they are drop-shipped."""
        products = self._find_best_sellers()
        route = self.env.ref("stock_dropshipping.route_drop_shipping")
        products.write({"route_ids": [Command.link(route.id)]})
        offers, stocks = [], []
        for name, terms in TERMS.items():
            supplier = self.supplier(name)
            supplier.supplier_order_cost = terms.order_cost
            supplier.supplier_daily_capacity = terms.capacity
            for product in products.filtered(lambda p, n=name: self._is_offered(n, p)):
                offers.append(self._prepare_offer_vals(supplier, terms, product))
                stocks.append(self._prepare_stock_vals(name, terms, product))
        self.env["product.supplierinfo"].create(offers)
        self.env["s2b2b.supplier.stock"].create(stocks)

    def _find_best_sellers(self):
        sold = self.env["sale.order.line"]._read_group(
            [("company_id", "=", self.company.id), ("product_id.type", "=", "consu")],
            ["product_id"],
            order="__count DESC, product_id",
            limit=RANGE,
        )
        return self.env["product.product"].browse(product.id for (product,) in sold)

    def _is_offered(self, name, product):
        if product.default_code in SCARCE:
            return name in SCARCE[product.default_code]
        return self._draw(name, product, 10) < TERMS[name].range

    def _draw(self, name, product, count):
        """A number below ``count``: always the same for this supplier and product."""
        return crc32(f"{name} {product.default_code}".encode()) % count

    def _prepare_offer_vals(self, supplier, terms, product):
        spread = (self._draw(supplier.name, product, 13) - 6) / 100
        return {
            "partner_id": supplier.id,
            "product_tmpl_id": product.product_tmpl_id.id,
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
            "price": round(product.list_price * (terms.share + spread), 2) or 0.01,
            "min_qty": terms.minimum,
            "delay": terms.days,
        }

    def _prepare_stock_vals(self, name, terms, product):
        plenty = terms.stock + self._draw(name, product, 40) * terms.stock // 20
        return {
            "partner_id": self.supplier(name).id,
            "product_id": product.id,
            "company_id": self.company.id,
            "available_qty": SCARCE.get(product.default_code, {}).get(name, plenty),
            "available_qty_date": fields.Datetime.now() - timedelta(days=terms.age, hours=3),
        }

    def sell(self, member, kind, goods, discount=0.0, days=None):
        """Confirms an order of ``goods`` ({article number: quantity}), wanted in so many days."""
        products = self.env["product.product"].search([("default_code", "in", list(goods))])
        vals = {
            "partner_id": self.env.ref(f"s2b2b_member.member_{member}").id,
            "order_type_id": self.env.ref(f"s2b2b_order.order_type_{kind}").id,
            "order_line": [
                Command.create({"product_id": p.id, "product_uom_qty": goods[p.default_code]})
                for p in products
            ],
        }
        if days is not None:
            vals["commitment_date"] = fields.Datetime.now() + timedelta(days=days)
        order = self.env["sale.order"].create(vals)
        if discount:
            order.order_line.discount = discount
        order.action_confirm()
        return order

    def leave_waiting(self):
        """One that waits for its suppliers, one that earns too little to be placed by itself."""
        self.sell("15061", "urgent", {"85099B": 100, "22386": 60, "85099F": 80}, days=3)
        self.sell("13798", "normal", {"20685": 40, "48187": 24}, discount=38.0)

    def leave_under_way(self):
        """One accepted, one in preparation, one shipped in part."""
        accepted = self.sell("16684", "normal", {"85123A": 120, "22699": 48, "84879": 96})
        accepted.supplier_order_ids._supplier_accept()
        bulk = self.sell("18102", "bulk", {"22197": 1000})
        bulk.supplier_order_ids._supplier_accept()
        bulk.supplier_order_ids._supplier_prepare()
        shipped = self.sell("17450", "urgent", {"20713": 100, "22189": 72, "47566": 60})
        shipped.supplier_order_ids._supplier_accept()
        first = shipped.supplier_order_ids[:1]
        line = first.order_line[:1]
        first._supplier_ship({line: line.product_qty // 2}, "DHL", "JD014600003678451290")

    def finish(self):
        """Shipped and delivered: one by one supplier in two parcels, one on its way."""
        done = self.sell("17949", "normal", {"20725": 60, "21731": 48})
        done.supplier_order_ids._supplier_accept()
        for number, purchase in enumerate(done.supplier_order_ids):
            purchase._supplier_ship(None, "UPS", f"1Z999AA1012345678{number}")
        done.supplier_order_ids._supplier_deliver()
        sent = self.sell("15769", "normal", {"22467": 24, "20719": 48})
        sent.supplier_order_ids._supplier_accept()
        for number, purchase in enumerate(sent.supplier_order_ids):
            purchase._supplier_ship(None, "DPD", f"1550123456789{number}")

    def go_wrong(self):
        """Asked for too soon, more than there is, refused, and not shipped in time."""
        self.sell("12931", "normal", {"21181": 36, "21936": 24}, days=1)
        self.sell("14680", "normal", {"22776": 48})
        refused = self.sell("17381", "normal", {"22558": 48})
        refused.supplier_order_ids._supplier_refuse("Water damage in the warehouse")
        late = self.sell("14258", "normal", {"82484": 30})
        late.supplier_order_ids._supplier_accept()
        late.supplier_order_ids.ship_deadline = fields.Datetime.now() - timedelta(days=1)
        self.env["s2b2b.order.alert"]._raise_unshipped(late.supplier_order_ids[:1])
