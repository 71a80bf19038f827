"""A claim's life, and which documents follow from how it is resolved."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from .reason import Reason

OPEN = "open"
ANSWERED = "answered"
ESCALATED = "escalated"
RESOLVED = "resolved"
REFUSED = "refused"
DECIDED: frozenset[str] = frozenset({RESOLVED, REFUSED})

# verb: {the state it starts from: the state it leads to}
_VERBS: dict[str, dict[str, str]] = {
    "answer": {OPEN: ANSWERED, ANSWERED: ANSWERED, ESCALATED: ESCALATED},
    "escalate": {OPEN: ESCALATED, ANSWERED: ESCALATED},
    "resolve": {ANSWERED: RESOLVED, ESCALATED: RESOLVED},
    "refuse": {ANSWERED: REFUSED, ESCALATED: REFUSED},
}

ERRORS = {
    "no_receipt": "Goods go back from a receipt: there is none with {quantity:g} left to return.",
    "no_product": "A replacement needs a product and a quantity.",
    "no_amount": "A price cut needs its amount.",
    "no_credit": "A refund needs a quantity at a price, or an amount.",
    "negative": "Amounts and quantities cannot be negative.",
    "above_claim": "Only {quantity:g} is claimed.",
    "above_left": "Only {quantity:g} of the order line is left: the rest is settled or returned.",
    "above_amount": "Only {amount:.2f} is claimed.",
    "above_value": "Only {amount:.2f} of the order line's value is left to be credited.",
}
"""What is refused: English text by code."""


@dataclass(frozen=True)
class Terms:
    """What was agreed. ``returnable`` is what is left to return of the receipt (None: no receipt).

    ``amount`` (of a price cut, or of a refund without a price), ``freight`` and ``price`` (of one
    unit) are in the claim's currency, ``freight_bearer`` is ``supplier`` or ``platform``.
    What is settled is at most what was ``claimed`` (``claimed_amount`` for amounts) and what is
    ``left`` of the order line (see :func:`left_to_settle`); None: no limit.
    """

    resolution: str
    quantity: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    returnable: Decimal | None = None
    return_goods: bool = False
    freight: Decimal = Decimal(0)
    freight_bearer: str = "supplier"
    claimed: Decimal | None = None
    claimed_amount: Decimal | None = None
    left: Left | None = None


@dataclass(frozen=True)
class Left:
    """What of an order line no claim has settled yet: a quantity, and its untaxed value."""

    quantity: Decimal
    value: Decimal


@dataclass(frozen=True)
class Settled:
    """What another claim on the line got: ``quantity`` replaced or credited, else an ``amount``."""

    quantity: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Credit:
    """A line that the supplier owes: ``key`` is ``goods``, ``cut`` or ``freight``."""

    key: Hashable
    quantity: Decimal
    price: Decimal


@dataclass(frozen=True)
class Documents:
    """What is to be made: a return (which takes back what was received where ``return_refunds``),
    an order of ``replaced`` units without price, and a credit note of ``credits``."""

    returned: Decimal = Decimal(0)
    return_refunds: bool = False
    replaced: Decimal = Decimal(0)
    credits: tuple[Credit, ...] = ()


def next_state(verb: str, state: str) -> str | None:
    """The state after ``verb``, or None where the verb is refused.

    Once a claim is escalated the platform decides: a late answer is heard, but changes nothing.

    >>> next_state("answer", "open"), next_state("answer", "escalated")
    ('answered', 'escalated')
    >>> next_state("resolve", "open") is None
    True
    """
    return _VERBS[verb].get(state)


def left_to_settle(
    received: Decimal, price: Decimal, settled: Iterable[Settled], elsewhere: Decimal = Decimal(0)
) -> Left:
    """What may still be replaced or credited of ``received`` units at ``price``.

    ``elsewhere`` is what was returned or credited without a claim; nothing is below zero.

    >>> left_to_settle(Decimal(10), Decimal(3), [Settled(Decimal(4)), Settled(amount=Decimal(5))])
    Left(quantity=Decimal('6'), value=Decimal('13'))
    """
    others = tuple(settled)
    quantity = received - elsewhere - sum((other.quantity for other in others), Decimal(0))
    quantity = max(quantity, Decimal(0))
    value = quantity * price - sum((other.amount for other in others), Decimal(0))
    return Left(quantity, max(value, Decimal(0)))


def plan_documents(terms: Terms) -> Documents:
    """The documents that follow from ``terms``.

    ``replace``: a new order without price; the goods go back if so agreed, and stay received.
    ``return_refund``: they go back and are credited. ``refund``: credited, and kept.
    ``price_cut``: the amount is credited. ``reject``: nothing. Freight that the supplier bears is
    credited, whatever else is. Raise ``ValueError`` with a :class:`Reason` for terms that lack
    something.
    """
    if min(terms.quantity, terms.price, terms.amount, terms.freight) < 0:
        raise _error("negative")
    if terms.resolution == "reject":
        return Documents()
    if terms.resolution == "replace" and not terms.quantity:
        raise _error("no_product")
    goes_back = terms.resolution == "return_refund" or (
        terms.resolution == "replace" and terms.return_goods
    )
    if goes_back and not 0 < terms.quantity <= (terms.returnable or 0):
        raise _error("no_receipt", quantity=float(terms.quantity))
    _check_limits(terms)
    return Documents(
        returned=terms.quantity if goes_back else Decimal(0),
        return_refunds=terms.resolution == "return_refund",
        replaced=terms.quantity if terms.resolution == "replace" else Decimal(0),
        credits=(*_value_credits(terms), *_freight_credits(terms)),
    )


def _value_credits(terms: Terms) -> tuple[Credit, ...]:
    one = Decimal(1)
    match terms.resolution:
        case "price_cut":
            if not terms.amount:
                raise _error("no_amount")
            return (Credit("cut", one, terms.amount),)
        case "return_refund" | "refund":
            if terms.quantity and terms.price:
                return (Credit("goods", terms.quantity, terms.price),)
            if terms.resolution == "refund" and terms.amount:
                return (Credit("cut", one, terms.amount),)
            raise _error("no_credit")
    return ()


def _check_limits(terms: Terms) -> None:
    """Raise for more than was claimed, or than is left of the order line."""
    if terms.resolution != "price_cut":
        if terms.claimed is not None and terms.quantity > terms.claimed:
            raise _error("above_claim", quantity=float(terms.claimed))
        if terms.left and terms.quantity > terms.left.quantity:
            raise _error("above_left", quantity=float(terms.left.quantity))
    for credit in _value_credits(terms):
        _check_value(terms, credit)


def _check_value(terms: Terms, credit: Credit) -> None:
    value = credit.quantity * credit.price
    is_amount = credit.key == "cut" and terms.claimed_amount is not None
    if is_amount and value > (terms.claimed_amount or 0):
        raise _error("above_amount", amount=terms.claimed_amount or Decimal(0))
    if terms.left and value > terms.left.value:
        raise _error("above_value", amount=terms.left.value)


def _freight_credits(terms: Terms) -> tuple[Credit, ...]:
    if terms.freight and terms.freight_bearer == "supplier":
        return (Credit("freight", Decimal(1), terms.freight),)
    return ()


def _error(code: str, **params: float | Decimal) -> ValueError:
    return ValueError(Reason(code, ERRORS[code], **params))
