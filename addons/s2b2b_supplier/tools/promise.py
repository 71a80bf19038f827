"""How much was promised, once the order was confirmed."""

from __future__ import annotations


def promised_quantity(promised: float, ordered: float, *, is_settled: bool) -> float:
    """Return the quantity of a line that counts as promised after its order was changed.

    ``promised`` is what counted so far, ``ordered`` what is ordered now. What the buyer takes off
    before the line ``is_settled`` (its day is over, or some of it has come) is a change of mind;
    afterwards it would hide what did not come. What is added was not part of the promise, unless
    nothing was left of it.

    >>> promised_quantity(10, 6, is_settled=False), promised_quantity(10, 6, is_settled=True)
    (6, 10)
    """
    if is_settled:
        return promised
    return min(promised, max(ordered, 0)) if promised > 0 else max(ordered, 0)
