"""How fast a supplier answers and closes claims, as one figure in working hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Handled:
    """A claim: working hours to the first answer and to closing; None: not yet.

    ``waited`` are the hours without an answer so far, or until it was decided without one.
    """

    answer: float | None
    closing: float | None
    waited: float = 0.0


@dataclass(frozen=True)
class Response:
    """``numerator / denominator`` are hours; ``sample`` is the number of claims."""

    numerator: float
    denominator: int
    sample: int


def response(claims: Iterable[Handled]) -> Response | None:
    """The mean of two medians, of the hours to answer and to closing, each weighed by how many
    claims it is of; None without claims.

    Whoever does not answer is not better off than who answers late: such a claim counts with the
    hours it has waited. A claim that is not closed does not count for closing.

    >>> response([Handled(2, 10), Handled(4, 30), Handled(None, None, waited=50)])
    Response(numerator=52.0, denominator=5, sample=3)
    """
    claims = list(claims)
    if not claims:
        return None
    answers = [c.waited if c.answer is None else c.answer for c in claims]
    closings = [c.closing for c in claims if c.closing is not None]
    hours = len(answers) * median(answers) + (len(closings) * median(closings) if closings else 0)
    return Response(float(hours), len(answers) + len(closings), len(claims))
