"""What a supplier's rows change in the catalogue: compared with what is there, with reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from .catalogue import Fault, Line
from .catalogue_world import (
    Approval,
    Change,
    Offer,
    Plan,
    Product,
    Report,
    Stock,
    Terms,
    World,
)

SAME_MOMENT = timedelta(seconds=60)
"""Spreadsheets drop the seconds of a moment."""
_CLOCKS = timedelta(minutes=5)


class _Refused(Exception):
    """A row that cannot be taken; the fault is its argument."""


def waits_for(before: Terms | None, after: Terms, approval: Approval) -> str:
    """What of a change the buyer wants to see first: ``new | price | terms`` or nothing.

    A price in another currency or per another unit cannot be compared and counts as a rise.
    """
    if before is None:
        return "new" if approval.new else ""
    other = (before.currency, before.unit) != (after.currency, after.unit)
    ceiling = before.price * (1 + approval.price_percent / 100)
    if approval.price and (other or after.price > max(ceiling, before.price)):
        return "price"
    worse = after.min_qty > before.min_qty or after.delay > before.delay
    return "terms" if approval.terms and worse else ""


def plan(
    lines: Iterable[Line],
    world: World,
    approval: Approval,
    *,
    now: datetime,
    repeated: bool = False,
) -> Plan:
    """What the rows change; each row that cannot be taken has a fault and changes nothing.

    The same rows on what they have made change nothing, but for stock without a moment, which is
    of ``now`` each time; ``repeated``: these very rows were taken already, their stock is known.
    """
    planner = _Planner(world, approval, now, repeated)
    for line in lines:
        try:
            planner.take(line)
        except _Refused as refusal:
            planner.plan.faults.append(refusal.args[0])
    return planner.plan


class _Planner:
    def __init__(self, world: World, approval: Approval, now: datetime, repeated: bool) -> None:
        self.world, self.approval, self.now, self.repeated = world, approval, now, repeated
        self.plan = Plan()
        self.products = {product.key: product for product in world.products}
        self.offers = {offer.key: offer for offer in world.offers}
        self.of_product: dict[Hashable, list[Offer]] = defaultdict(list)
        self.ways: dict[str, dict[str, set[Hashable]]] = {
            name: defaultdict(set) for name in ("supplier_code", "barcode", "our_code")
        }
        for offer in world.offers:
            self.of_product[offer.product].append(offer)
            self.ways["supplier_code"][offer.terms.supplier_code].add(offer.product)
            self.ways["our_code"][self.products[offer.product].our_code].add(offer.product)
        for product in world.products:
            self.ways["barcode"][product.barcode].add(product.key)
        self.seen: set[Hashable] = set()
        self.reported: dict[Hashable, Report] = {}

    def take(self, line: Line) -> None:
        offer = self._named_offer(line, line.offer)
        sample = offer or self._named_offer(line, line.like)
        product = self.products[sample.product if sample else self._product(line)]
        change = self._change(line, product, offer)
        report = self._report(line, product)
        changes = change is not None and self._add_change(change)
        if report:
            self.plan.reports.append(report)
        if not changes and not report:
            self.plan.unchanged += 1

    def _named_offer(self, line: Line, key: int | None) -> Offer | None:
        if key is None:
            return None
        if key not in self.offers:
            self._refuse(line, "offer", "unknown_offer", str(key))
        return self.offers[key]

    def _product(self, line: Line) -> Hashable:
        found: set[Hashable] = set()
        given = [(name, getattr(line, name)) for name in self.ways if getattr(line, name)]
        for name, text in given:
            found |= self.ways[name].get(text, set())
        if len(found) == 1:
            return next(iter(found))
        return self._refuse(line, given[0][0], "ambiguous" if found else "unknown", given[0][1])

    def _change(self, line: Line, product: Product, offer: Offer | None) -> Change | None:
        offer = offer or self._break(line, product)
        if offer is None and not line.figures.keys() & {"price", "min_qty", "delay"}:
            if not self.of_product[product.key]:
                self._refuse(line, "price", "required")
            return None
        before = offer.terms if offer else None
        after = self._terms(line, product, before)
        self._once(line, offer, product, after)
        waits = waits_for(before, after, self.approval)
        return Change(line.row, offer.key if offer else None, product.key, before, after, waits)

    def _break(self, line: Line, product: Product) -> Offer | None:
        """The price break that a row without an offer number is about; None: a new one."""
        offers = self.of_product[product.key]
        currency, unit = self._currency(line), self._unit(line, product)
        fitting = [
            offer
            for offer in offers
            if currency in (None, offer.terms.currency) and unit in (None, offer.terms.unit)
        ]
        quantity = line.figures.get("min_qty")
        if line.like is not None:
            return None
        if quantity is not None:
            quantity = self._rounded(quantity)
            return next((o for o in fitting if o.terms.min_qty == quantity), None)
        if len(fitting) > 1 and line.figures.keys() & {"price", "delay"}:
            self._refuse(line, "min_qty", "which")
        return fitting[0] if len(fitting) == 1 else None

    def _terms(self, line: Line, product: Product, before: Terms | None) -> Terms:
        siblings = self.of_product[product.key]
        if before is None and "price" not in line.figures:
            self._refuse(line, "price", "required")
        base = before or (siblings[0].terms if siblings else None)
        if base is None:
            base = Terms(Decimal(0), Decimal(0), 1, self.world.currency, product.unit)
        if before is None:
            base = replace(base, min_qty=Decimal(0))
        given = line.figures
        return Terms(
            price=given.get("price", base.price),
            min_qty=self._rounded(given.get("min_qty", base.min_qty)),
            delay=int(given.get("delay", base.delay)),
            currency=self._currency(line) or base.currency,
            unit=self._unit(line, product) or base.unit,
            supplier_code=line.supplier_code or base.supplier_code,
        )

    def _once(self, line: Line, offer: Offer | None, product: Product, after: Terms) -> None:
        """Neither two rows for one offer nor two offers that differ in the price only."""
        place = self._place(product.key, after)
        marks = {place, ("offer", offer.key)} if offer else {place}
        moved = offer is None or self._place(product.key, offer.terms) != place
        taken = moved and any(
            other is not offer and self._place(product.key, other.terms) == place
            for other in self.of_product[product.key]
        )
        if taken or marks & self.seen:
            self._refuse(line, "min_qty", "duplicate", str(after.min_qty.normalize()))
        self.seen |= marks

    @staticmethod
    def _place(product: Hashable, terms: Terms) -> tuple[Hashable, ...]:
        return (product, terms.min_qty, terms.currency, terms.unit)

    def _add_change(self, change: Change) -> bool:
        key = (
            change.offer if change.offer is not None else self._place(change.product, change.after)
        )
        waiting = self.world.pending.get(key)
        if change.before == change.after:
            if waiting:
                self.plan.withdrawn.append(key)
            return bool(waiting)
        if change.waits and waiting == change.after:
            return False
        if waiting:
            self.plan.withdrawn.append(key)
        self.plan.changes.append(change)
        return True

    def _currency(self, line: Line) -> Hashable | None:
        if not line.currency:
            return None
        found = self.world.currencies.get(line.currency)
        return found or self._refuse(line, "currency", "currency", line.currency)

    def _unit(self, line: Line, product: Product) -> Hashable | None:
        if not line.unit:
            return None
        for unit, root in self.world.units.get(line.unit.lower(), ()):
            if root == product.root:
                return unit
        return self._refuse(line, "unit", "unit", line.unit)

    def _report(self, line: Line, product: Product) -> Report | None:
        quantity = line.figures.get("available_qty")
        capacity = line.figures.get("daily_capacity")
        if quantity is None and capacity is None:
            return None
        if not product.stocked:
            self._refuse(line, "available_qty", "variants")
        report = Report(
            line.row,
            product.key,
            None if quantity is None else self._rounded(quantity),
            None if capacity is None else self._rounded(capacity),
            line.basis,
            line.as_of,
        )
        return self._checked(line, report)

    def _checked(self, line: Line, report: Report) -> Report | None:
        if report.as_of and report.as_of > self.now + _CLOCKS:
            self._refuse(line, "as_of", "future", str(report.as_of))
        earlier = self.reported.get(report.product)
        if earlier and replace(earlier, row=line.row) != report:
            self._refuse(line, "available_qty", "stock_differs")
        self.reported[report.product] = report
        present = self.world.stocks.get(report.product)
        if not present and report.quantity is None:
            self._refuse(line, "available_qty", "required")
        if earlier or (self.repeated and report.as_of is None):
            return None
        return self._dated(line, report, present) if present else report

    def _dated(self, line: Line, report: Report, present: Stock) -> Report | None:
        """A figure that comes with its moment never overwrites a newer one."""
        same = (
            report.quantity in (None, present.quantity)
            and report.capacity in (None, present.capacity)
            and report.basis in ("", present.basis)
        )
        if report.as_of is None or present.as_of is None:
            return None if same and report.quantity is None else report
        if report.as_of > present.as_of + SAME_MOMENT:
            return report
        if same:
            return None
        if report.as_of < present.as_of - SAME_MOMENT:
            self._refuse(line, "as_of", "outdated", str(report.as_of))
        return replace(report, as_of=None)

    def _rounded(self, quantity: Decimal) -> Decimal:
        return round(quantity, self.world.digits)

    def _refuse(self, line: Line, column: str, code: str, value: str = "") -> None:
        raise _Refused(Fault(line.row, column, code, value))
