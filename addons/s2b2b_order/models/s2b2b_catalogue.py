from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

FETCHED = 40
MOST_BATCHES = 5
SHOWN_BREAKS = 3


@dataclass(frozen=True)
class Availability:
    """What the suppliers who may be asked have of a product.

    ``free`` is None where nobody has said; ``as_of`` is the moment of the oldest figure in it;
    ``stale_as_of`` that of the newest figure that is too old to count; ``earliest`` the first day
    on which anything can arrive.
    """

    free: float | None = None
    as_of: datetime | None = None
    stale_as_of: datetime | None = None
    earliest: date | None = None


class Catalogue(models.AbstractModel):
    """What members can order: goods on sale that at least one fit supplier offers."""

    _name = "s2b2b.catalogue"
    _description = "Catalogue for Members"

    @api.model
    def _search_page(self, term, offset=0, limit=20):
        """Return (products, next offset or None) of those that ``term`` names.

        :param term: words that name or article number contain, or a bar code
        """
        found = self.env["product.product"]
        domain = self._sold_domain() & self._term_domain(term)
        for _batch in range(MOST_BATCHES):
            page = found.search(domain, offset=offset, limit=FETCHED, order="default_code, id")
            offered = page.filtered(self._get_offers(page).get)
            taken = offered[: limit - len(found)]
            found |= taken
            if len(found) == limit:
                read = page.ids.index(taken.ids[-1]) + 1 if taken else 0
                rest = len(page) == FETCHED or page[read:]
                return found, offset + read if rest else None
            offset += len(page)
            if len(page) < FETCHED:
                return found, None
        return found, offset

    @api.model
    def _find_offered(self, product_ids):
        """Return those of the products that a member can order."""
        domain = self._sold_domain() & Domain("id", "in", product_ids)
        products = self.env["product.product"].search(domain)
        return products.filtered(self._get_offers(products).get)

    @api.model
    def _find_articles(self, articles):
        """Return {article as given: products that have it as number or bar code}."""
        texts = {text for article in articles for text in (article, article.upper())}
        codes = Domain("default_code", "in", texts) | Domain("barcode", "in", texts)
        products = self.env["product.product"].search(self._sold_domain() & codes)
        offered = products.filtered(self._get_offers(products).get)
        known = defaultdict(offered.browse)
        for product in offered:
            for text in {product.default_code, product.barcode} - {False}:
                known[text.upper()] |= product
        return {article: known[article.upper()] for article in articles}

    @api.model
    def _sold_domain(self):
        """What is on sale; with ``buying_member_id`` in the context, what that member may buy."""
        member = self.env["res.partner"].browse(self.env.context.get("buying_member_id"))
        products = self.env["product.product"]
        today = fields.Date.context_today(self)
        offer = (
            Domain("company_id", "in", [False, self.env.company.id])
            & Domain("partner_id.active", "=", True)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )
        return (
            Domain("sale_ok", "=", True)
            & Domain("type", "=", "consu")
            & Domain("company_id", "in", [False, self.env.company.id])
            & Domain("product_tmpl_id.seller_ids", "any", offer)
            & (products._get_access_domain(member) if member else Domain.TRUE)
        )

    @api.model
    def _term_domain(self, term):
        words = (term or "").split()
        return Domain.AND(
            Domain("name", "ilike", word)
            | Domain("default_code", "ilike", word)
            | Domain("barcode", "=", word)
            for word in words
        )

    @api.model
    def _get_offers(self, products):
        """Return {product: offers of suppliers that may be asked for it now}; others are left out.

        The same suppliers as for an allocation, but for what depends on the order: its address and
        its dates.
        """
        gatherer = self.env["s2b2b.allocation.input"]
        sellers = gatherer._find_sellers(products)
        open_now = sellers.filtered(
            lambda s: not gatherer._bar_closed(s.partner_id.commercial_partner_id)
        )
        offers = {}
        for some in products.grouped("categ_id").values():
            fit = self._get_fit(open_now, some).grouped("product_tmpl_id")
            for product in some:
                own = fit.get(product.product_tmpl_id, sellers.browse()).filtered(
                    lambda s, p=product: not s.product_id or s.product_id == p
                )
                if own:
                    offers[product] = own
        return offers

    def _get_fit(self, sellers, products):
        """Return those of ``sellers`` that a closed gate lets pass for products of a category."""
        own = sellers.filtered(lambda s: s.product_tmpl_id in products.product_tmpl_id)
        if self.env.company.supplier_gate_policy != "block":
            return own
        suppliers = own.partner_id.commercial_partner_id
        reasons = suppliers._supplier_unfit_reasons(self.env.company, products=products)
        return own.filtered(lambda s: not reasons[s.partner_id.commercial_partner_id.id])

    @api.model
    def _get_availability(self, products):
        """Return {product: ``Availability``}."""
        offers = self._get_offers(products)
        sellers = self.env["product.supplierinfo"].union(*offers.values())
        suppliers = sellers.partner_id.commercial_partner_id
        stock = self.env["s2b2b.supplier.stock"]._get_free(suppliers, products, self.env.company)
        return {
            product: self._sum_up(product, offers.get(product, sellers.browse()), stock)
            for product in products
        }

    def _sum_up(self, product, sellers, stock):
        gatherer, today = self.env["s2b2b.allocation.input"], fields.Date.context_today(self)
        rows = [
            stock[key]
            for supplier in sellers.partner_id.commercial_partner_id
            if (key := (supplier.id, product.id)) in stock
        ]
        counted = [(free, moment) for free, moment in rows if free is not None]
        stale = [moment for free, moment in rows if free is None]
        lead_days = [gatherer._get_lead_days(seller) for seller in sellers]
        return Availability(
            free=sum(free for free, _moment in counted) if counted else None,
            as_of=min((moment for _free, moment in counted), default=None),
            stale_as_of=max(stale, default=None),
            earliest=today + timedelta(days=min(lead_days)) if lead_days else None,
        )

    @api.model
    def _get_prices(self, products, pricelist):
        """Return {product: (price, list price, [(from quantity, price)])} in the list's currency.

        The breaks are those from which a unit costs less than from the one before.
        """
        currency = pricelist.currency_id or self.env.company.currency_id
        single = self._compute_prices(products, pricelist, 1.0)
        breaks = defaultdict(list)
        best = dict(single)
        for quantity in self._get_break_quantities(products, pricelist):
            for product_id, price in self._compute_prices(products, pricelist, quantity).items():
                if currency.compare_amounts(price, best[product_id]) < 0:
                    breaks[product_id].append((quantity, price))
                    best[product_id] = price
        plain = products._price_compute("list_price", currency=currency)
        return {
            product: (single[product.id], plain[product.id], breaks[product.id][:SHOWN_BREAKS])
            for product in products
        }

    def _compute_prices(self, products, pricelist, quantity):
        return pricelist._get_products_price(products, quantity)

    def _get_break_quantities(self, products, pricelist):
        """Return the quantities above 1 at which ``pricelist`` changes the price of any of them."""
        items = self.env["product.pricelist.item"].search(
            Domain("pricelist_id", "=", pricelist.id)
            & Domain("min_quantity", ">", 1)
            & (
                Domain("applied_on", "in", ["3_global", "2_product_category"])
                | Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
                | Domain("product_id", "in", products.ids)
            )
        )
        return sorted(set(items.mapped("min_quantity")))

    @api.model
    def _describe_availability(self, availability, quantity=0.0):
        """Return the ``text``, ``level`` and ``earliest`` day of an availability for a page.

        :param quantity: what is wanted; ``level`` is ``enough``, ``some``, ``none`` or ``unknown``
        """
        write = self.env["s2b2b.portal.text"]
        free = availability.free
        if free is None:
            level = "unknown"
            text = self.env._("Stock on request")
            if availability.stale_as_of:
                age = write._ago(availability.stale_as_of)
                text = self.env._("Stock on request, last figure %(age)s", age=age)
        else:
            level = "none" if free <= 0 else "some" if free < quantity else "enough"
            age = write._ago(availability.as_of)
            text = self.env._("%(free)s available, %(age)s", free=write._quantity(free), age=age)
        return {"text": text, "level": level, "earliest": write._day(availability.earliest)}
