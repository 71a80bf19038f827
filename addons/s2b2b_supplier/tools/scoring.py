"""How well a supplier did: measures against criteria, and one score out of them.

A criterion is a straight line: 100 points at its target, 0 at its floor, never outside. The total
is the weighted mean of the lines that could be rated, or the lowest of them (the shortest stave of
the barrel). What could not be rated counts neither as 0 nor as 100.

Numbers may be int, float, Decimal or Fraction; a float means the decimal it prints as, so 0.95 is
95/100. Everything is reckoned in whole numbers and rounded half up to a ten-billionth of a point:
no sum depends on its order, and a supplier exactly on the edge of a grade stays on it.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import lcm
from typing import Any, Literal, NamedTuple, TypeVar

from .exact import Exact, Number, exact, ratio
from .reason import Reason
from .scale import POINT, Scale, divide

REASONS = {
    "scored": "{value:g}; target {target:g}, floor {floor:g}.",
    "shrunk": "{value:g} (sample of {sample}) counts as {adjusted:g}, drawn towards {prior:g}; "
    "target {target:g}, floor {floor:g}.",
    "no_data": "Not rated: there are no data.",
    "small_sample": "Not rated: a sample of {sample} where at least {minimum} is needed.",
}
"""The reasons of a line: English text by code."""

ERRORS = {
    "unknown_total": "The total is 'weighted' or 'lowest', not {total!r}.",
    "repeated": "There are two of {key!r}.",
    "weight": "{key!r}: the weight must be above 0, not {weight}.",
    "direction": "{key!r}: the target {target} is on the wrong side of the floor {floor}.",
    "negative_sample": "{key!r}: a sample cannot be {sample}.",
}
"""What is refused: English text by code; the ``ValueError`` holds it as a :class:`Reason`."""

_Keyed = TypeVar("_Keyed", "Measure", "Criterion")


class Measure(NamedTuple):
    """What was observed: ``numerator / denominator``, in the unit of the criterion's target.

    ``sample`` is the number of observations behind it (order lines, claims), which need not be the
    denominator: one line of 10,000 pieces is one observation. None means not known; a sample that
    is not known counts as 0, enough only where no minimum is asked.
    """

    key: Hashable
    numerator: Number | None
    denominator: Number | None
    sample: int | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is expected: 100 points at ``target``, 0 at ``floor``, linear between.

    ``weight`` is any number above 0; weights need not add up to anything. If target and floor are
    equal, whoever reaches the target has 100, all others 0. A sample below ``minimum_sample`` is
    not rated. ``prior`` is the usual value, towards which small samples are shrunk (see
    :func:`score`); None leaves them as they are.
    """

    key: Hashable
    weight: Number
    target: Number
    floor: Number
    minimum_sample: int = 0
    higher_is_better: bool = True
    prior: Number | None = None


class ScoreLine(NamedTuple):
    """One criterion's part in the score: from 0 to 100, or None when it is not ``rated``.

    ``weight`` is the criterion's own, ``share`` its part of the weight that was rated (0 to 1, and
    0 if not rated), ``value`` what was measured from a ``sample``, and ``counted`` what it counts
    as: the same, unless it was drawn to the prior. The ``reason`` of that ``code``, and its
    ``params``, are put together when they are asked for: most never are. ``terms`` are what they
    tell of the criterion.
    """

    key: Hashable
    score: float | None
    weight: Number
    rated: bool
    code: str
    terms: dict[str, float]
    value: float | None = None
    counted: float | None = None
    sample: int = 0
    share: float = 0.0

    @property
    def params(self) -> dict[str, Any]:
        if self.value is None:
            return {}
        told = {"value": self.value, "sample": self.sample, **self.terms}
        return told | {"adjusted": self.counted} if self.code == "shrunk" else told

    @property
    def reason(self) -> Reason:
        return Reason(self.code, REASONS[self.code], **self.params)


@dataclass(frozen=True, slots=True)
class Score:
    """The total from 0 to 100, None if nothing is rated, and a line for each criterion."""

    value: float | None
    lines: tuple[ScoreLine, ...]


class Scheme:
    """Criteria checked and made ready, to score many suppliers by.

    Raise ``ValueError`` for a key that comes twice, a number that is not finite, a weight not above
    0, a minimum sample below 0, and a target on the wrong side of its floor.
    """

    __slots__ = ("criteria",)

    def __init__(self, criteria: Iterable[Criterion]) -> None:
        weighed = [(_weight(criterion), criterion) for criterion in _by_key(criteria).values()]
        unit = lcm(*(weight.denominator for weight, _criterion in weighed))
        self.criteria = tuple(
            _ready(criterion, int(weight * unit))
            for weight, criterion in sorted(weighed, key=_heaviest_first)
        )


def score(
    measures: Iterable[Measure],
    criteria: Iterable[Criterion] | Scheme,
    *,
    total: Literal["weighted", "lowest"] = "weighted",
) -> Score:
    """Score one supplier's ``measures`` by ``criteria``, from 0 to 100.

    ``total`` is ``weighted`` (the mean by weight; what is not rated has its weight shared out in
    proportion) or ``lowest`` (the worst rated line). Lines come heaviest first, then by key. A
    criterion without a measure or with a denominator not above 0 is not rated; a measure without a
    criterion counts for nothing. To score many suppliers, pass one :class:`Scheme`.

    A value ``x`` from a sample of ``n`` counts as ``(n·x + m·prior) / (n + m)``, where ``m`` is the
    smallest sample that is rated (``minimum_sample``, at least 1): the prior weighs as much as the
    least that we listen to. With the sample as denominator this is the m-estimate of a rate,
    ``(k + m·p0) / (n + m)`` (Cestnik 1990).

    Raise ``ValueError`` for another total, a key that comes twice, a number that is not finite, a
    sample below 0, and whatever :class:`Scheme` refuses.

    >>> on_time = Criterion("on_time", weight=3, target=0.95, floor=0.75)
    >>> score([Measure("on_time", 17, 20, 20)], [on_time]).value
    50.0
    """
    if total not in ("weighted", "lowest"):
        raise _error("unknown_total", total=total)
    scheme = criteria if isinstance(criteria, Scheme) else Scheme(criteria)
    found = _by_key(measures)
    rated = [(ready, _rate(ready, found.get(ready.key))) for ready in scheme.criteria]
    counted = [(rate[0], ready.weight) for ready, rate in rated if rate[0] is not None]
    carried = sum(weight for _units, weight in counted)
    lines = tuple(_line(ready, rate, carried) for ready, rate in rated)
    if not counted:
        return Score(None, lines)
    if total == "lowest":
        return Score(min(counted)[0] / POINT, lines)
    return Score(divide(sum(units * weight for units, weight in counted), carried) / POINT, lines)


class _Ready(NamedTuple):
    """A criterion in whole numbers, and what its reasons tell of it.

    Small samples are drawn to the prior, ``prior_top / prior_bottom``, which counts as ``strength``
    observations; ``prior_top`` is None where they are not.
    """

    key: Hashable
    given_weight: Number
    weight: int
    scale: Scale
    minimum: Exact
    strength: Exact
    prior_top: Exact | None
    prior_bottom: int
    terms: dict[str, float]


_Rate = tuple[int | None, str, float | None, float | None, int]
"""Units of a point, or None; the reason's code; what was measured, counts, and its sample."""

_NO_DATA: _Rate = (None, "no_data", None, None, 0)


def _rate(ready: _Ready, measure: Measure | None) -> _Rate:
    """Rate ``measure`` if there are data, and enough of them."""
    if measure is None:
        return _NO_DATA
    key, numerator, denominator, sample = measure
    if numerator is None or denominator is None:
        return _NO_DATA
    (above, unit), (below, each) = ratio(numerator), ratio(denominator)
    top, bottom, size = above * each, below * unit, _sample(key, sample)
    if bottom <= 0:
        return _NO_DATA
    value = top / bottom
    if size < ready.minimum:
        return None, "small_sample", value, value, sample or 0
    if ready.prior_top is None:
        return ready.scale.units(top, bottom), "scored", value, value, sample or 0
    # As score() says: size observations of top / bottom, and strength of the prior.
    top = size * top * ready.prior_bottom + ready.strength * ready.prior_top * bottom
    bottom *= (size + ready.strength) * ready.prior_bottom
    return ready.scale.units(top, bottom), "shrunk", value, float(top / bottom), sample or 0


def _line(ready: _Ready, rate: _Rate, carried: int) -> ScoreLine:
    units, code, *found = rate
    rated = units is not None
    points, share = (units / POINT, ready.weight / carried) if rated else (None, 0.0)
    return ScoreLine(ready.key, points, ready.given_weight, rated, code, ready.terms, *found, share)


def _ready(criterion: Criterion, weight: int) -> _Ready:
    target, floor = exact(criterion.target), exact(criterion.floor)
    scale = Scale.between(floor, target, upwards=criterion.higher_is_better)
    if scale is None:
        raise _error("direction", criterion.key, target=criterion.target, floor=criterion.floor)
    minimum = _sample(criterion.key, criterion.minimum_sample)
    terms = {"target": float(target), "floor": float(floor), "minimum": criterion.minimum_sample}
    top, bottom = None, 1
    if criterion.prior is not None:
        top, bottom = ratio(criterion.prior)
        terms["prior"] = top / bottom
    return _Ready(
        criterion.key, criterion.weight, weight, scale, minimum, max(minimum, 1), top, bottom, terms
    )


def _weight(criterion: Criterion) -> Exact:
    weight = exact(criterion.weight)
    if weight <= 0:
        raise _error("weight", criterion.key, weight=criterion.weight)
    return weight


def _sample(key: Hashable, sample: int | None) -> Exact:
    size = sample if type(sample) is int else exact(sample or 0)
    if size < 0:
        raise _error("negative_sample", key, sample=sample)
    return size


def _heaviest_first(weighed: tuple[Exact, Criterion]) -> tuple[Any, ...]:
    """Sort by weight, then by key, of whatever type the keys are."""
    weight, criterion = weighed
    return -weight, str(criterion.key), type(criterion.key).__name__


def _by_key(items: Iterable[_Keyed]) -> dict[Hashable, _Keyed]:
    by_key: dict[Hashable, _Keyed] = {}
    for item in items:
        if item.key in by_key:
            raise _error("repeated", item.key)
        by_key[item.key] = item
    return by_key


def _error(code: str, key: Hashable = None, **params: Any) -> ValueError:
    return ValueError(Reason(code, ERRORS[code], key=key, **params))
