"""Which tier a member has, which comes next, and what is missing.

A member rises at once, over as many tiers as its figures carry it. It falls one tier at a time, at
its review date, and only after it was told what is missing. A locked tier stays, and nobody falls
below the lowest.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from .ladder import FIGURES, Exact, Ladder, Number, Rung, Tier, check_tiers, exact
from .reason import Reason

__all__ = [
    "FIGURES",
    "REASONS",
    "Current",
    "Decision",
    "Figures",
    "Ladder",
    "Tier",
    "check_tiers",
    "missing_for",
    "progress",
    "tier_for",
]

REASONS = {
    "no_tiers": "There are no tiers.",
    "locked": "The tier is locked at {tier}.",
    "placed": "Placed in {tier}, the highest tier that the figures meet.",
    "placed_lowest": "Placed in {tier}, the lowest tier: the figures meet none.",
    "raised": "Raised from {former} to {tier}, the highest tier that the figures meet.",
    "kept": "{tier} is kept, the highest tier that the figures meet.",
    "kept_lowest": "{tier} is kept: the figures meet no tier, and there is none below.",
    "notify": "{tier} is at risk: the member is to be told what is missing.",
    "at_risk": "{tier} is at risk, as the member was told: the review is on {review_date}.",
    "no_review_date": "{tier} is at risk, as the member was told, but no review date is set.",
    "lowered": "Lowered from {former} to {tier} at the review of {review_date}.",
}
"""The reasons of a decision: English text by code."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a member did in the period that counts; None is not known and meets no threshold.

    ``amount`` is what it bought, net, in the smallest unit of the tiers' currency; ``bonus`` is
    added to it (points turned into progress). ``orders`` are counted, ``months`` are its history,
    ``paid_on_time`` is in percent.
    """

    amount: Number | None
    orders: int | None
    months: int | None
    paid_on_time: Number | None
    bonus: Number = 0


@dataclass(frozen=True, slots=True)
class Current:
    """The key of the tier a member has (None: none yet), and whether it may be lowered."""

    tier: Hashable | None
    review_date: date | None = None
    notified: bool = False
    locked: bool = False


class Decision(NamedTuple):
    """The key of the tier to have and of the one above it (None at the top), and why.

    ``missing`` is ``{figure: amount short}``: of the tier to have while that one is at risk, else
    of the next. The first reason is the verdict.
    """

    tier: Hashable | None
    next_tier: Hashable | None
    missing: dict[str, Number]
    reasons: tuple[Reason, ...]


NO_TIER = Current(None)


def tier_for(
    figures: Figures, tiers: Iterable[Tier] | Ladder, current: Current | None, *, today: date
) -> Decision:
    """Decide which tier a member with ``figures`` has from ``today`` on.

    - Without a tier, or with one that is not among ``tiers``, it is placed in the highest tier
      whose thresholds all hold, or in the lowest.
    - If a higher tier than its own holds, it is raised to the highest that does.
    - If none from its own upwards holds, it is at risk and keeps its own until it was notified
      *and* the review date has come; then it is lowered by one. Without a review date it never is.
    - A locked tier stays, whatever the figures and the tiers are.

    To decide for many members, pass one :class:`Ladder`. What is missing is a float where figure or
    threshold is one; of a figure that is not known, all that is asked is missing. Raise
    ``ValueError`` for a figure that is not a finite number and for what :class:`Ladder` refuses.

    >>> tiers = [Tier("silver", 1, 0, 0, 0, 0), Tier("gold", 2, 5000, 0, 0, 0)]
    >>> tier_for(Figures(4200, 3, 12, 100), tiers, None, today=date(2026, 1, 31)).missing
    {'amount': 800}
    """
    ladder = tiers if isinstance(tiers, Ladder) else Ladder(tiers)
    present, had = current or NO_TIER, _had(figures)
    place = ladder.places.get(present.tier)
    if present.locked:
        above, reasons = ladder.above(place), _verdict(ladder, "locked", tier=present.tier)
        return Decision(present.tier, above and above.key, _missing(above, had, figures), reasons)
    if not ladder.rungs:
        return Decision(None, None, {}, _verdict(ladder, "no_tiers"))
    met = ladder.highest_met(had)
    place, reasons = _move(ladder, place, met, present, today)
    rung, above = ladder.rungs[place], ladder.above(place)
    aim = rung if met < place and place > 0 else above
    return Decision(rung.key, above and above.key, _missing(aim, had, figures), reasons)


def missing_for(figures: Figures, tier: Tier) -> dict[str, Number]:
    """Return what ``figures`` lack for ``tier``: ``{figure: amount short}``, in its own unit.

    >>> missing_for(Figures(4000, 3, 12, None), Tier("gold", 2, 5000, 3, 0, 90))
    {'amount': 1000, 'paid_on_time': 90}
    """
    return _missing(Ladder([tier]).rungs[0], _had(figures), figures)


def progress(figures: Figures, tier: Tier) -> float:
    """Return how far ``figures`` are on the way to ``tier``, in percent from 0 to 100.

    All that is asked must hold, so the figure that is furthest behind counts; a tier that asks
    nothing is reached.

    >>> progress(Figures(4000, 1, 12, 100), Tier("gold", 2, 5000, 4, 0, 0))
    25.0
    """
    (rung,) = Ladder([tier]).rungs
    shares = [
        max(float(had), 0.0) / float(asked)
        for had, asked in zip(_had(figures), rung.asked, strict=True)
        if asked > 0
    ]
    return 100 * min(1.0, *shares) if shares else 100.0


def _move(
    ladder: Ladder, place: int | None, met: int, present: Current, today: date
) -> tuple[int, tuple[Reason, ...]]:
    """Return the place to have, and why; ``met`` is the highest whose thresholds hold, or -1."""
    if place is None:
        code, place = ("placed", met) if met >= 0 else ("placed_lowest", 0)
        return place, _verdict(ladder, code, tier=ladder.rungs[place].key)
    if met == place:
        return place, _verdict(ladder, "kept", tier=present.tier)
    if met > place:
        tier = ladder.rungs[met].key
        return met, _verdict(ladder, "raised", tier=tier, former=present.tier)
    if place == 0:
        return place, _verdict(ladder, "kept_lowest", tier=present.tier)
    return _hold_or_lower(ladder, place, met, present, today)


def _hold_or_lower(
    ladder: Ladder, place: int, met: int, present: Current, today: date
) -> tuple[int, tuple[Reason, ...]]:
    """Lower a member at risk if it was notified and its review has come, else hold it."""
    review_date = present.review_date
    if present.notified and review_date and today >= review_date:
        lower = ladder.rungs[place - 1].key
        reasons = _verdict(
            ladder, "lowered", tier=lower, former=present.tier, review_date=review_date
        )
        if met < place - 1 > 0:
            reasons += _verdict(ladder, "notify", tier=lower, review_date=None)
        return place - 1, reasons
    code = "notify"
    if present.notified:
        code = "at_risk" if review_date else "no_review_date"
    return place, _verdict(ladder, code, tier=present.tier, review_date=review_date)


def _had(figures: Figures) -> tuple[Exact, ...]:
    """Return the figures in the order of FIGURES, the bonus in the amount."""
    amount = exact(figures.amount)
    if figures.bonus and figures.amount is not None:
        amount += exact(figures.bonus)
    return amount, exact(figures.orders), exact(figures.months), exact(figures.paid_on_time)


def _missing(rung: Rung | None, had: tuple[Exact, ...], figures: Figures) -> dict[str, Number]:
    missing: dict[str, Number] = {}
    for index, least in rung.asks if rung else ():
        if had[index] < least:
            missing[FIGURES[index]] = _short(rung.tier, figures, FIGURES[index], least, had[index])
    return missing


def _short(tier: Tier, figures: Figures, figure: str, least: Exact, had: Exact) -> Number:
    """Return what is short, a float if it came from one; of what is not known, all."""
    if type(least) is type(had) is int:
        return least - had
    asked: Number = getattr(tier, f"min_{figure}")
    known: Number | None = getattr(figures, figure)
    if known is None:
        return asked
    return float(least - had) if float in (type(asked), type(known)) else least - had


def _verdict(ladder: Ladder, code: str, **params: Any) -> tuple[Reason, ...]:
    """Return one reason, made once for all members of whom the same is said."""
    key = (code, *params.values())
    if key not in ladder.verdicts:
        ladder.verdicts[key] = (Reason(code, REASONS[code], **params),)
    return ladder.verdicts[key]
