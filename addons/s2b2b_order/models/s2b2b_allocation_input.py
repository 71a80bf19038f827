from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.allocation_case import Bid, Need, Vendor


@dataclass(frozen=True)
class AllocationInput:
    """Everything the allocation of some orders of one company needs to know.

    ``needs``, ``vendors`` and ``barred`` are by order id; ``barred`` says by bid why it cannot be
    used. ``free`` is what (supplier id, product id) still has: it shrinks as one order after the
    other is allocated.
    """

    needs: dict
    vendors: dict
    barred: dict
    bids: list
    free: dict
    lots: dict


class AllocationGatherer(models.AbstractModel):
    """Gathers the facts for the allocation of a batch of orders, one query a source."""

    _name = "s2b2b.allocation.input"
    _description = "Facts for an Allocation"

    @api.model
    def _prepare_allocation_input(self, orders):
        """Return the ``AllocationInput`` of ``orders``, which are of one company."""
        company = orders.company_id
        self = self.with_company(company)
        lines = orders.order_line.filtered(lambda line: line._is_allocated())
        missing = lines._get_missing_quantities()
        lines = lines.filtered(missing.get)
        products = lines.product_id
        sellers = self._find_sellers(products)
        suppliers = sellers.partner_id.commercial_partner_id
        stock = self._get_stock(suppliers, products)
        bids = self._prepare_bids(products, sellers)
        return AllocationInput(
            needs=self._prepare_needs(lines, missing),
            vendors={order.id: self._prepare_vendors(order, suppliers) for order in orders},
            barred={order.id: self._get_barred(order, bids, stock) for order in orders},
            bids=bids,
            free={key: quantity for key, (quantity, _reason) in stock.items()},
            lots={product.id: product.allocation_step for product in products},
        )

    def _find_sellers(self, products):
        """Return the supplier prices of ``products`` that hold today, unfit suppliers included."""
        today = fields.Date.context_today(self)
        return self.env["product.supplierinfo"].search(
            Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
            & Domain("product_id", "in", [False, *products.ids])
            & Domain("company_id", "in", [False, self.env.company.id])
            & Domain("partner_id.active", "=", True)
            & (Domain("date_start", "=", False) | Domain("date_start", "<=", today))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )

    def _prepare_needs(self, lines, missing):
        excluded = lines._get_excluded_suppliers()
        needs = defaultdict(list)
        for line in lines:
            needs[line.order_id.id].append(
                Need(
                    key=line.id,
                    product=line.product_id.id,
                    quantity=missing[line],
                    wanted=line.order_id._get_wanted_date(),
                    excluded=frozenset(excluded[line].ids),
                )
            )
        return needs

    def _prepare_bids(self, products, sellers):
        """Return a bid for each seller and each of the products it sells."""
        by_template = sellers.grouped("product_tmpl_id")
        return [
            self._prepare_bid(seller, product)
            for product in products
            for seller in by_template.get(product.product_tmpl_id, ())
            if not seller.product_id or seller.product_id == product
        ]

    def _prepare_bid(self, seller, product):
        unit = seller.product_uom_id
        return Bid(
            key=(seller.id, product.id),
            supplier=seller.partner_id.commercial_partner_id.id,
            product=product.id,
            price=seller._get_landed_price(product, self.env.company),
            minimum=unit._compute_quantity(seller.min_qty, product.uom_id, round=False),
            lead_days=self._get_lead_days(seller),
        )

    def _get_lead_days(self, seller):
        """Return the days until goods arrive; days on which the supplier is closed do not count."""
        supplier = seller.partner_id.commercial_partner_id
        today = fields.Date.context_today(self)
        arrival = today + timedelta(days=seller.delay)
        first, last = supplier.supplier_closed_from, supplier.supplier_closed_to
        if first and today <= last and first <= arrival:
            arrival += last - max(first, today) + timedelta(days=1)
        return (arrival - today).days

    def _get_stock(self, suppliers, products):
        """Return {(supplier id, product id): (free quantity, reason)} of what suppliers reported.

        A pair that is not there has no limit; a figure too old to be promised counts as nothing,
        and the reason says so.
        """
        stocks = self.env["s2b2b.supplier.stock"]
        free = stocks._get_free(suppliers, products, self.env.company)
        return {
            key: (0, self._get_stale_reason(moment)) if quantity is None else (quantity, False)
            for key, (quantity, moment) in free.items()
        }

    def _get_stale_reason(self, moment):
        days = (fields.Datetime.now() - moment).days
        return self.env._("Its stock figure is %(days)s days old.", days=days)

    def _prepare_vendors(self, order, suppliers):
        """Return the suppliers with what an order costs there and what they can still make."""
        placed = order.supplier_order_ids.filtered(lambda purchase: purchase._is_live())
        spent = placed.partner_id.commercial_partner_id
        wanted = order._get_wanted_date()
        days = max(1, (wanted - fields.Date.context_today(self)).days) if wanted else 0
        return [
            Vendor(
                key=supplier.id,
                order_cost=0 if supplier in spent else supplier.supplier_order_cost,
                capacity=supplier.supplier_daily_capacity * days or None,
                bonus=supplier.supplier_grade_id.allocation_bonus,
            )
            for supplier in suppliers
        ]

    def _get_barred(self, order, bids, stock):
        """Return {bid: why it cannot be used for ``order``}."""
        reasons = {bid: self._get_bar(order, bid, stock) for bid in bids}
        return {bid.key: reason for bid, reason in reasons.items() if reason}

    def _get_bar(self, order, bid, stock):
        """Return why ``bid`` cannot be used for ``order``: the first reason there is, or False."""
        supplier = self.env["res.partner"].browse(bid.supplier)
        product = self.env["product.product"].browse(bid.product)
        return (
            self._bar_unfit(supplier, product)
            or self._bar_closed(supplier)
            or self._bar_area(supplier, order)
            or self._bar_validity(supplier, bid)
            or stock.get((supplier.id, product.id), (None, False))[1]
        )

    def _is_gated(self):
        return self.env.company.supplier_gate_policy == "block"

    def _bar_unfit(self, supplier, product):
        """Return why the supplier may not get an order for the product; only a closed gate bars."""
        company = self.env.company
        return (
            self._is_gated()
            and supplier._supplier_unfit_reasons(company, products=product)[supplier.id]
        )

    def _bar_closed(self, supplier):
        if not supplier._supplier_is_closed(fields.Date.context_today(self)):
            return False
        until = format_date(self.env, supplier.supplier_closed_to)
        return self.env._("%(name)s is closed until %(date)s.", name=supplier.name, date=until)

    def _bar_area(self, supplier, order):
        if supplier.delivery_area_ids._covers(order.partner_shipping_id):
            return False
        return self.env._("%(name)s does not deliver there.", name=supplier.name)

    def _bar_validity(self, supplier, bid):
        until = supplier.supplier_valid_until
        arrival = fields.Date.context_today(self) + timedelta(days=bid.lead_days)
        if not (self._is_gated() and until and until < arrival):
            return False
        return self.env._(
            "The qualification of %(name)s ends on %(date)s, before the goods arrive.",
            name=supplier.name,
            date=format_date(self.env, until),
        )
