from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ..tools.catalogue_plan import plan
from ..tools.catalogue_world import Offer, Product, Stock, Terms, World

BATCH = 1000


class S2b2bSupplierPortalOffers(models.AbstractModel):
    """The one way in which a supplier changes its offers and stock: page, file and API.

    Lines are gathered for, planned by ``tools.catalogue_plan`` and applied in batches.
    """

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _plan_lines(self, supplier, lines, repeated=False):
        """The plan for ``tools.catalogue`` lines of a supplier; nothing is written."""
        world = self._gather_world(supplier, lines)
        approval = self.env.company._get_offer_approval()
        return plan(lines, world, approval, now=fields.Datetime.now(), repeated=repeated)

    @api.model
    def _apply_plan(self, supplier, plan_, contact):
        """Writes a plan: offers and stock at once, what waits as requests of ``contact``."""
        requests = self.env["s2b2b.offer.change"]
        requests._withdraw(supplier, plan_.withdrawn)
        for changes in split_every(BATCH, (c for c in plan_.changes if c.waits)):
            requests._request(supplier, changes, contact)
        for changes in split_every(BATCH, (c for c in plan_.changes if not c.waits)):
            self._apply_changes(supplier, changes)
        stocks = self.env["s2b2b.supplier.stock"]
        for reports in split_every(BATCH, plan_.reports):
            stocks._report_all(supplier, self.env.company, reports)

    @api.model
    def _apply_changes(self, supplier, changes):
        """One create for the new offers, one write each for the others, flushed together."""
        offers = self.env["product.supplierinfo"]
        offers.create([self._prepare_offer_vals(supplier, c) for c in changes if c.offer is None])
        known = [c for c in changes if c.offer is not None]
        offers.browse([c.offer for c in known]).fetch(["company_id"])
        for change in known:
            offers.browse(change.offer).write(self._prepare_terms_vals(change))
        offers.flush_model()

    @api.model
    def _prepare_offer_vals(self, supplier, change):
        template_id, variant_id = change.product
        return {
            "partner_id": supplier.id,
            "company_id": self.env.company.id,
            "product_tmpl_id": template_id,
            "product_id": variant_id or False,
            **self._prepare_terms_vals(change),
        }

    @api.model
    def _prepare_terms_vals(self, change):
        """The values that differ from before; all of them for a new offer."""
        after = change.after
        vals = {
            "price": float(after.price),
            "min_qty": float(after.min_qty),
            "delay": after.delay,
            "currency_id": after.currency,
            "product_uom_id": after.unit,
            "product_code": after.supplier_code or False,
        }
        if change.before is None:
            return vals
        names = dict(zip(vals, vars(after), strict=True))
        return {
            n: v
            for n, v in vals.items()
            if getattr(change.before, names[n]) != getattr(after, names[n])
        }

    @api.model
    def _gather_world(self, supplier, lines):
        """What the lines are compared with, in a number of queries that is the same for any."""
        offers = self._find_line_offers(supplier, lines)
        barcodes = {line.barcode for line in lines} - {""}
        products = self._prepare_products(supplier, offers, barcodes)
        variant_ids = [key[1] for key in products if key[1]]
        units = self._get_units()
        return World(
            offers=[self._prepare_known_offer(offer) for offer in offers],
            products=list(products.values()),
            currency=self.env.company.currency_id.id,
            currencies={c.name: c.id for c in self.env["res.currency"].search(Domain.TRUE)},
            units=units,
            stocks=self._prepare_stocks(supplier, variant_ids),
            pending=self.env["s2b2b.offer.change"]._get_pending(supplier),
            digits=self.env["decimal.precision"].precision_get("Product Unit"),
        )

    @api.model
    def _find_line_offers(self, supplier, lines):
        """All offers of the supplier for the products that the lines are about."""
        model, domain = self.env["product.supplierinfo"], self._offers_domain(supplier)
        named = Domain("id", "in", [line.offer or line.like or 0 for line in lines])
        for name, path in (
            ("supplier_code", "product_code"),
            ("barcode", "product_tmpl_id.product_variant_ids.barcode"),
            ("our_code", "product_tmpl_id.product_variant_ids.default_code"),
        ):
            if texts := sorted({getattr(line, name) for line in lines} - {""}):
                named |= Domain(path, "in", texts)
        templates = model.search(domain & named).product_tmpl_id
        return model.search(domain & Domain("product_tmpl_id", "in", templates.ids), order="id")

    @api.model
    def _prepare_products(self, supplier, offers, barcodes):
        """{(template id, variant id or 0): product} of the offers and of the barcodes.

        Products outside of the categories for which the supplier is qualified are not found, so
        that the answer does not tell that we have them.
        """
        model = self.env["product.product"]
        domain = Domain("purchase_ok", "=", True) & Domain(
            "company_id", "in", [False, self.env.company.id]
        )
        if allowed := supplier.supplier_category_ids:
            domain &= Domain("categ_id", "child_of", allowed.ids)
        found = model.search(domain & Domain("barcode", "in", sorted(barcodes)))
        keys = {offer._product_key() for offer in offers}
        keys |= {(product.product_tmpl_id.id, product.id) for product in found}
        templates = self.env["product.template"].browse(sorted({key[0] for key in keys}))
        variants = model.browse(sorted({key[1] for key in keys if key[1]}))
        by_template, by_variant = ({r.id: r for r in found} for found in (templates, variants))
        return {
            key: self._prepare_product(key, by_variant.get(key[1]) or by_template[key[0]])
            for key in sorted(keys)
        }

    @api.model
    def _prepare_product(self, key, product):
        return Product(
            key=key,
            unit=product.uom_id.id,
            root=product.uom_id._root(),
            barcode=product.barcode or "",
            our_code=product.default_code or "",
            stocked=bool(key[1]) and product.type == "consu",
        )

    @api.model
    def _prepare_known_offer(self, offer):
        return Offer(
            key=offer.id,
            product=offer._product_key(),
            terms=Terms(
                price=self._exact_price(offer.price),
                min_qty=self._exact_quantity(offer.min_qty),
                delay=offer.delay,
                currency=offer.currency_id.id,
                unit=offer.product_uom_id.id,
                supplier_code=offer.product_code or "",
            ),
        )

    @api.model
    def _prepare_stocks(self, supplier, variant_ids):
        stocks = self.env["s2b2b.supplier.stock"].search(
            [
                ("partner_id", "=", supplier.id),
                ("company_id", "=", self.env.company.id),
                ("product_id", "in", variant_ids),
            ]
        )
        return {
            (stock.product_id.product_tmpl_id.id, stock.product_id.id): Stock(
                self._exact_quantity(stock.available_qty),
                self._exact_quantity(stock.daily_capacity),
                stock.available_basis,
                stock.available_qty_date or None,
            )
            for stock in stocks
        }

    @api.model
    def _get_units(self):
        """{name in lower case: [(unit id, root)]}, in the user's language and in English."""
        units = {}
        for unit in self.env["uom.uom"].search(Domain.TRUE):
            for name in {unit.name, unit.with_context(lang=None).name}:
                units.setdefault(name.lower(), []).append((unit.id, unit._root()))
        return units

    @api.model
    def _exact_price(self, price):
        return Decimal(str(price))

    @api.model
    def _exact_quantity(self, quantity):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return round(Decimal(str(quantity)), digits)
