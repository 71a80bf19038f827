from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ..tools.catalogue import read_lines
from ..tools.table import Row

FORM = (
    "supplier_code",
    "price",
    "min_qty",
    "delay",
    "currency",
    "unit",
    "available_qty",
    "basis",
    "daily_capacity",
)
REFUSED_SHOWN_DAYS = 30


class S2b2bSupplierPortalCatalogue(models.AbstractModel):
    """The catalogue page: a card a product, with its price breaks and its one stock."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _offers_domain(self, supplier, search=""):
        domain = (
            Domain("partner_id", "child_of", supplier.ids)
            & Domain("company_id", "in", [False, self.env.company.id])
            & Domain("product_tmpl_id.active", "=", True)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", "today"))
        )
        if not search:
            return domain
        fields_ = ("product_name", "product_code", "product_tmpl_id", "product_id.default_code")
        text = escape_psql(search)
        return domain & Domain.OR([Domain(name, "ilike", text) for name in fields_])

    @api.model
    def _find_offer(self, supplier, offer_id):
        offer = self.env["product.supplierinfo"].search(
            self._offers_domain(supplier) & Domain("id", "=", offer_id)
        )
        if not offer:
            raise UserError(self.env._("This offer is not yours, or it is gone."))
        return offer

    @api.model
    def _count_products(self, supplier, search=""):
        groups = ["product_tmpl_id", "product_id"]
        domain = self._offers_domain(supplier, search)
        return len(self.env["product.supplierinfo"]._read_group(domain, groups))

    @api.model
    def _get_products(self, supplier, search="", offset=0, limit=20):
        """The products of a page with their offers and stock, as plain values."""
        groups = self.env["product.supplierinfo"]._read_group(
            self._offers_domain(supplier, search),
            ["product_tmpl_id", "product_id"],
            ["id:recordset"],
            order="product_tmpl_id, product_id",
            offset=offset,
            limit=limit,
        )
        offers = self.env["product.supplierinfo"].union(*(found for *_key, found in groups))
        stocks = offers._find_supplier_stocks()
        pending = {c.offer_id.id: c for c in self.env["s2b2b.offer.change"]._find_pending(supplier)}
        return [
            self._prepare_product_card(found.sorted("min_qty"), stocks, pending)
            for *_key, found in groups
        ]

    @api.model
    def _prepare_product_card(self, offers, stocks, pending):
        first = offers[0]
        product = first.product_id or first.product_tmpl_id
        key = first._supplier_stock_key()
        return {
            "id": first.id,
            "name": first.product_name
            or product.with_context(display_default_code=False).display_name,
            "code": first.product_code or product.default_code or "",
            "barcode": product.barcode or "",
            "stock_uom": product.uom_id.name,
            "units": (product.uom_id | product.uom_ids | offers.product_uom_id).mapped("name"),
            "can_report": bool(key[1]),
            **self._prepare_stock(stocks.get(key)),
            "offers": [self._prepare_offer(offer, pending.get(offer.id)) for offer in offers],
        }

    @api.model
    def _prepare_stock(self, stock):
        return {
            "has_stock": bool(stock),
            "available_qty": f"{stock.available_qty:.12g}" if stock else "",
            "basis": stock.available_basis if stock else "free",
            "free_qty": f"{stock.free_qty:.12g}" if stock else "",
            "daily_capacity": f"{stock.daily_capacity:.12g}" if stock else "",
            "age_days": stock.age_days if stock else 0,
            "is_stale": bool(stock and stock.is_stale),
        }

    @api.model
    def _prepare_offer(self, offer, pending):
        waiting = ""
        if pending:
            price = pending.currency_id.format(pending.price)
            waiting = self.env._(
                "%(price)s from %(quantity)s, %(days)s days: waits for approval",
                price=price,
                quantity=f"{pending.min_qty:g}",
                days=pending.delay,
            )
        return {
            "id": offer.id,
            "supplier_code": offer.product_code or "",
            "unit": offer.product_uom_id.name,
            "price": offer.price,
            "currency": offer.currency_id.name,
            "price_text": offer.currency_id.format(offer.price),
            "min_qty": offer.min_qty,
            "delay": offer.delay,
            "waiting": waiting,
            "form": {
                **{name: f"{offer[name]:.12g}" for name in ("price", "min_qty", "delay")},
                "currency": offer.currency_id.name,
                "unit": offer.product_uom_id.name,
                "supplier_code": offer.product_code or "",
            },
        }

    @api.model
    def _get_requests(self, supplier):
        """New offers that wait, and what was refused lately with its reason."""
        since = fields.Datetime.now() - timedelta(days=REFUSED_SHOWN_DAYS)
        requests = self.env["s2b2b.offer.change"].search(
            Domain("partner_id", "=", supplier.id)
            & Domain("company_id", "=", self.env.company.id)
            & (
                (Domain("state", "=", "pending") & Domain("offer_id", "=", False))
                | (Domain("state", "=", "refused") & Domain("decided_on", ">", since))
            ),
            limit=20,
        )
        return [
            {
                "name": request.product_tmpl_id.name,
                "price": request.currency_id.format(request.price),
                "quantity": f"{request.min_qty:g}",
                "refused": request.state == "refused",
                "reason": request.reason or "",
            }
            for request in requests
        ]

    @api.model
    def _get_currencies(self):
        return self.env["res.currency"].search(Domain.TRUE).mapped("name")

    @api.model
    def _update_offer(self, supplier, offer_id, form, contact):
        """Takes over a form; {name: sentence} of what is wrong, and then nothing is written.

        ``contact`` is who did it, for the note on the supplier.
        """
        cells = {**self._read_form(form), "offer": str(offer_id)}
        self._find_offer(supplier, offer_id)
        return self._take_lines(supplier, *read_lines([Row(0, cells)]), contact)

    @api.model
    def _add_break(self, supplier, offer_id, form, contact):
        """Adds a price break of the product of an offer; as ``_update_offer`` for the rest."""
        self._find_offer(supplier, offer_id)
        cells = {**self._read_form(form), "offer": str(offer_id)}
        lines, faults = read_lines([Row(0, cells)])
        lines = [replace(line, offer=None, like=offer_id) for line in lines]
        return self._take_lines(supplier, lines, faults, contact)

    @api.model
    def _end_offer(self, supplier, offer_id, contact):
        """Ends an offer with yesterday; what was ordered on it stays."""
        offer = self._find_offer(supplier, offer_id)
        offer.date_end = fields.Date.context_today(self) - timedelta(days=1)
        supplier._message_log(
            body=self.env._(
                "%(contact)s ended the offer of %(product)s at %(price)s.",
                contact=contact.name,
                product=offer.product_tmpl_id.name,
                price=offer.currency_id.format(offer.price),
            )
        )

    @api.model
    def _read_form(self, form):
        return {name: form[name].strip() for name in FORM if isinstance(form.get(name), str)}

    @api.model
    def _take_lines(self, supplier, lines, faults, contact):
        plan = self._plan_lines(supplier, lines)
        faults = faults + plan.faults
        if not faults:
            for change in plan.changes:
                self._log_terms(supplier, change, contact)
            self._apply_plan(supplier, plan, contact)
        return {fault.column: self._fault_text(fault.code) for fault in faults}

    @api.model
    def _log_terms(self, supplier, change, contact):
        changes = "; ".join(self._term_texts(change))
        product = self.env["product.template"].browse(change.product[0])
        values = {"contact": contact.name, "product": product.name, "changes": changes}
        if change.waits:
            body = self.env._(
                "%(contact)s asks to change the offer of %(product)s. %(changes)s", **values
            )
        else:
            body = self.env._("%(contact)s changed the offer of %(product)s. %(changes)s", **values)
        supplier._message_log(body=body)

    @api.model
    def _term_texts(self, change):
        """What differs, as “Price: 10 → 12”; of a new offer its figures."""
        labels = self.env["product.supplierinfo"]._fields
        texts = []
        for name, term in (
            ("price", "price"),
            ("min_qty", "min_qty"),
            ("delay", "delay"),
            ("product_code", "supplier_code"),
        ):
            old, new = (terms and getattr(terms, term) for terms in (change.before, change.after))
            if old != new:
                shown = [
                    value if isinstance(value, str) else f"{float(value):g}"
                    for value in (old, new)
                    if value is not None
                ]
                label = labels[name]._description_string(self.env)
                texts.append(f"{label}: {' → '.join(shown)}")
        return texts
