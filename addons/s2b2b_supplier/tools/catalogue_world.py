"""A supplier's catalogue as plain values: what is there, and what is to become of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from .catalogue import Fault


@dataclass(frozen=True)
class Terms:
    """What an offer says: price per ``unit``, from which quantity, in how many days."""

    price: Decimal
    min_qty: Decimal
    delay: int
    currency: Hashable
    unit: Hashable
    supplier_code: str = ""


@dataclass(frozen=True)
class Product:
    """A product that may be offered; ``root``: units of the same root convert into its own."""

    key: Hashable
    unit: Hashable
    root: Hashable
    barcode: str = ""
    our_code: str = ""
    stocked: bool = True


@dataclass(frozen=True)
class Offer:
    """An offer of the supplier: one price break of a product."""

    key: int
    product: Hashable
    terms: Terms


@dataclass(frozen=True)
class Stock:
    """The supplier's present figure for a product."""

    quantity: Decimal
    capacity: Decimal
    basis: str
    as_of: datetime | None


@dataclass(frozen=True)
class Approval:
    """What waits for the buyer: new offers, price rises above a percentage, worse terms."""

    new: bool = False
    price: bool = False
    price_percent: Decimal = Decimal(0)
    terms: bool = False


@dataclass(frozen=True)
class World:
    """What the rows are compared with; all of it the supplier's own or public.

    ``units`` has for each name in lower case the (unit, root) pairs so called, ``currencies`` each
    active currency by its code. ``pending`` are the terms that wait already, by offer, and for new
    offers by (product, minimum, currency, unit).
    """

    offers: Sequence[Offer]
    products: Sequence[Product]
    currency: Hashable
    currencies: Mapping[str, Hashable]
    units: Mapping[str, Sequence[tuple[Hashable, Hashable]]]
    stocks: Mapping[Hashable, Stock] = field(default_factory=dict)
    pending: Mapping[Hashable, Terms] = field(default_factory=dict)
    digits: int = 2


@dataclass(frozen=True)
class Change:
    """New terms: of ``offer``, or of a new one where it is None; ``waits`` says for what."""

    row: int
    offer: int | None
    product: Hashable
    before: Terms | None
    after: Terms
    waits: str = ""


@dataclass(frozen=True)
class Report:
    """A figure of stock; None: not given. Without ``as_of`` it is of now."""

    row: int
    product: Hashable
    quantity: Decimal | None = None
    capacity: Decimal | None = None
    basis: str = ""
    as_of: datetime | None = None


@dataclass
class Plan:
    """What is to be done: terms that ``changes``, stock that is reported, requests taken back.

    ``unchanged`` counts the rows that change nothing.
    """

    changes: list[Change] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    withdrawn: list[Hashable] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
