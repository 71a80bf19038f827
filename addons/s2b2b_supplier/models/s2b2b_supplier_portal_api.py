from odoo import api, models
from odoo.fields import Domain

from ..tools.catalogue import COLUMNS, Fault, read_lines
from ..tools.table import Row, plain

IDENTITY = frozenset({"offer", "supplier_code", "barcode", "our_code"})
STOCK = frozenset({"available_qty", "basis", "as_of", "daily_capacity"})
PRICES = frozenset({"min_qty", "price", "currency", "unit"})
SCOPES = {
    "offers": frozenset(COLUMNS) - {"name"},
    "stock": IDENTITY | STOCK,
    "prices": IDENTITY | PRICES,
}


class S2b2bSupplierPortalApi(models.AbstractModel):
    """What other systems of a supplier read and change: the calls of the portal, as JSON."""

    _inherit = "s2b2b.supplier.portal"

    @api.model
    def _api_offers(self, supplier, offset, limit):
        """A page of the catalogue with the keys of the file, and how many offers there are."""
        domain = self._offers_domain(supplier)
        offers = self.env["product.supplierinfo"].search(
            domain, order="id", offset=offset, limit=limit
        )
        stocks = offers._find_supplier_stocks()
        pending = self.env["s2b2b.offer.change"]._find_pending(supplier).offer_id
        rows = [
            {
                **self._prepare_export_row(offer, stocks.get(offer._supplier_stock_key())),
                "waiting": offer in pending,
            }
            for offer in offers
        ]
        return {"total": offers.search_count(domain), "offset": offset, "offers": rows}

    @api.model
    def _api_stock(self, supplier, offset, limit):
        """A page of the supplier's stock: what it said, and what of it is free."""
        domain = Domain("partner_id", "=", supplier.id) & Domain(
            "company_id", "=", self.env.company.id
        )
        model = self.env["s2b2b.supplier.stock"]
        stocks = model.search(domain, order="id", offset=offset, limit=limit)
        rows = [
            {
                "barcode": stock.product_id.barcode or "",
                "our_code": stock.product_id.default_code or "",
                "name": stock.product_id.display_name,
                "available_qty": stock.available_qty,
                "basis": stock.available_basis,
                "as_of": stock.available_qty_date.isoformat(" ", "seconds"),
                "daily_capacity": stock.daily_capacity,
                "free_qty": stock.free_qty,
                "too_old": stock.is_stale,
            }
            for stock in stocks
        ]
        return {"total": model.search_count(domain), "offset": offset, "stock": rows}

    @api.model
    def _api_take(self, supplier, contact, scope, lines, dry_run=False):
        """Takes lines over as the file does; (what was done, whether anything could be).

        A line is an object with keys of ``SCOPES[scope]``; each that cannot be taken has its
        errors with ``row`` (from 1), ``field``, ``code``, ``value`` and ``message``.
        """
        rows, faults = self._api_rows(scope, lines)
        read, unread = read_lines(rows)
        plan = self._plan_lines(supplier, read)
        faults = sorted([*faults, *unread, *plan.faults], key=lambda fault: fault.row)
        if not dry_run:
            self._apply_plan(supplier, plan, contact)
        now = [change for change in plan.changes if not change.waits]
        wrong = len({fault.row for fault in faults})
        return {
            "dry_run": bool(dry_run),
            "lines": len(lines),
            "new": sum(change.offer is None for change in now),
            "changed": sum(change.offer is not None for change in now),
            "stock": len(plan.reports),
            "waiting": len(plan.changes) - len(now),
            "unchanged": plan.unchanged,
            "errors": [self._api_fault(fault) for fault in faults],
        }, wrong < len(lines)

    @api.model
    def _api_rows(self, scope, lines):
        rows, faults = [], []
        for number, line in enumerate(lines, start=1):
            wrong = self._api_line_faults(number, line, SCOPES[scope])
            faults += wrong
            if not wrong:
                rows.append(Row(number, {name: plain(cell) for name, cell in line.items()}))
        return rows, faults

    @api.model
    def _api_line_faults(self, number, line, allowed):
        if not isinstance(line, dict):
            return [Fault(number, "", "no_object")]
        return [
            Fault(number, str(name)[:40], "field" if name not in allowed else "type")
            for name, cell in line.items()
            if name not in allowed
            or isinstance(cell, bool)
            or not isinstance(cell, (str, int, float, type(None)))
        ]

    @api.model
    def _api_fault(self, fault):
        return {
            "row": fault.row,
            "field": fault.column,
            "code": fault.code,
            "value": fault.value,
            "message": self._fault_text(fault.code),
        }
