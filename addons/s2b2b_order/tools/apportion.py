"""Split a whole amount in proportion to weights, without losing or inventing a unit."""

from collections.abc import Hashable, Sequence
from decimal import Decimal
from fractions import Fraction

from .ordering import order_key


def apportion(
    total: int,
    weights: Sequence[int | Decimal | Fraction],
    keys: Sequence[Hashable] | None = None,
) -> list[int]:
    """Split ``total`` over ``weights`` by the largest remainder (Hamilton's method).

    :param total: whole units, for instance the cents of an invoice; may be negative
    :param weights: what each share is proportional to, none negative; all zero counts as all equal
    :param keys: one distinct key a weight. Units left over go to the largest remainders and, where
        remainders are equal, to the larger weight and then the smaller key; so the answer does not
        depend on the order of the input. Without keys the position is the key.
    :return: one whole share a weight, in the order of ``weights``; they add up to ``total`` exactly
        and each is less than one unit away from its exact share
    :raise ValueError: on a negative or infinite weight, a total that is not whole, a total with
        nobody to bear it, or keys that do not fit the weights
    """
    ranks = list(range(len(weights))) if keys is None else list(keys)
    exact = _check(total, weights, ranks)
    if not exact:
        return []
    sign, units = (-1, -total) if total < 0 else (1, total)
    whole = sum(exact)
    shares = [units * weight / whole for weight in exact]
    floors = [int(share) for share in shares]
    by_claim = sorted(
        range(len(shares)),
        key=lambda i: (floors[i] - shares[i], -exact[i], order_key(ranks[i])),
    )
    for index in by_claim[: units - sum(floors)]:
        floors[index] += 1
    return [sign * share for share in floors]


def _check(
    total: int, weights: Sequence[int | Decimal | Fraction], keys: Sequence[Hashable]
) -> list[Fraction]:
    """Return the weights as fractions, all 1 where all are zero."""
    if isinstance(total, bool) or not isinstance(total, int):
        raise ValueError(f"The total must be a whole number of units, not {total!r}.")
    if len(keys) != len(weights) or len(set(keys)) != len(keys):
        raise ValueError("Each weight needs one key of its own.")
    if total and not weights:
        raise ValueError(f"There is nobody to bear {total}.")
    try:
        exact = [Fraction(weight) for weight in weights]
    except (OverflowError, ValueError, TypeError) as error:
        raise ValueError(f"The weights must be finite numbers: {error}.") from error
    if any(weight < 0 for weight in exact):
        raise ValueError("No weight may be negative.")
    return exact if any(exact) else [Fraction(1)] * len(exact)
