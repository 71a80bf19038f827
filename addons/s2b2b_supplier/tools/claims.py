"""A claim's life, and which documents follow from how it is resolved."""

from __future__ import annotations

from collections.abc import Hashable
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
}
"""What is refused: English text by code."""


@dataclass(frozen=True)
class Terms:
    """What was agreed. ``returnable`` is what is left to return of the receipt (None: no receipt).

    ``amount`` (of a price cut, or of a refund without a price), ``freight`` and ``price`` (of one
    unit) are in the claim's currency, ``freight_bearer`` is ``supplier`` or ``platform``.
    """

    resolution: str
    quantity: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    returnable: Decimal | None = None
    return_goods: bool = False
    freight: Decimal = Decimal(0)
    freight_bearer: str = "supplier"


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


def _freight_credits(terms: Terms) -> tuple[Credit, ...]:
    if terms.freight and terms.freight_bearer == "supplier":
        return (Credit("freight", Decimal(1), terms.freight),)
    return ()


def _error(code: str, **params: float) -> ValueError:
    return ValueError(Reason(code, ERRORS[code], **params))
