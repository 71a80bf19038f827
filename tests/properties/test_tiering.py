"""Tiers: the laws of rising, falling and what is missing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from s2b2b_member.tools.tiering import (
    FIGURES,
    REASONS,
    Current,
    Figures,
    Ladder,
    Tier,
    check_tiers,
    tier_for,
)

TODAY = date(2026, 3, 1)
LIMITS = {"amount": 1000, "orders": 20, "months": 24, "paid_on_time": 100}

thresholds = st.fixed_dictionaries(
    {f"min_{figure}": st.none() | st.integers(0, limit) for figure, limit in LIMITS.items()}
)
figures_known = st.builds(Figures, *(st.integers(0, n + 9) for n in LIMITS.values()))
figures = st.builds(
    Figures,
    *(st.none() | st.integers(-9, limit + 9) for limit in LIMITS.values()),
    bonus=st.integers(0, 200),
)


@st.composite
def any_tiers(draw):
    """Tiers by rank whose thresholds may cross."""
    asked = draw(st.lists(thresholds, min_size=1, max_size=5))
    return [Tier(f"tier {rank}", rank, **one) for rank, one in enumerate(asked)]


@st.composite
def good_tiers(draw):
    """Tiers by rank, each of which asks for more than the one below."""
    asked, tiers = dict.fromkeys(LIMITS, 0), []
    for rank in range(draw(st.integers(1, 5))):
        more = draw(st.lists(st.sampled_from(FIGURES), min_size=min(rank, 1), unique=True))
        for figure in more:
            asked[figure] += draw(st.integers(1, LIMITS[figure] // 5))
        tiers.append(Tier(f"tier {rank}", rank, **{f"min_{f}": n for f, n in asked.items()}))
    return tiers


currents = st.builds(
    Current,
    st.sampled_from([None, "archived", *(f"tier {rank}" for rank in range(5))]),
    st.none() | st.integers(-2, 2).map(lambda days: TODAY + timedelta(days)),
    st.booleans(),
    st.just(False),
)


def holds(figures, tier):
    """The definition: every threshold that asks for something is reached by a known figure."""
    for name in FIGURES:
        asked, given_ = getattr(tier, f"min_{name}"), getattr(figures, name)
        if asked and (given_ is None or given_ + figures.bonus * (name == "amount") < asked):
            return False
    return True


def decide(figures, tiers, current):
    return tier_for(figures, tiers, current, today=TODAY)


def place_of(key, tiers):
    return next((place for place, tier in enumerate(tiers) if tier.key == key), None)


def aim_of(decision, figures, tiers, locked=False):
    """The tier that the missing figures are of: the present one at risk, else the next, if any."""
    place = place_of(decision.tier, tiers)
    if place is None:
        return None
    at_risk = not locked and place > 0 and not any(holds(figures, t) for t in tiers[place:])
    return dict(enumerate(tiers)).get(place if at_risk else place + 1)


def add(figures, more):
    return replace(figures, **{f: (getattr(figures, f) or 0) + n for f, n in more.items()})


@given(figures, any_tiers(), currents, st.booleans(), st.randoms())
def test_order_of_tiers_changes_nothing(figures, tiers, current, locked, random):
    current = replace(current, locked=locked)
    before = decide(figures, tiers, current)
    random.shuffle(tiers)
    assert decide(figures, iter(tiers), current) == before
    assert decide(figures, Ladder(tiers), current) == before


@given(figures, any_tiers(), currents)
def test_member_rises_at_once_to_the_highest_tier_it_meets(figures, tiers, current):
    met = [place for place, tier in enumerate(tiers) if holds(figures, tier)]
    before, after = place_of(current.tier, tiers), decide(figures, tiers, current)
    place = place_of(after.tier, tiers)
    if before is None:
        assert place == max(met, default=0)
    elif met and max(met) > before:
        assert place == max(met)
    else:
        assert place <= before


@given(figures, any_tiers(), currents)
def test_member_falls_one_step_only_when_told_and_on_its_review_date(figures, tiers, current):
    before = place_of(current.tier, tiers)
    assume(before is not None)
    place = place_of(decide(figures, tiers, current).tier, tiers)
    met = any(holds(figures, tier) for tier in tiers[before:])
    due = current.notified and current.review_date and current.review_date <= TODAY
    falls = bool(before > 0 and due and not met)
    assert (place < before) is falls
    assert place >= before - 1


@given(figures, any_tiers(), currents)
def test_locked_member_never_moves(figures, tiers, current):
    decision = decide(figures, tiers, replace(current, locked=True))
    assert decision.tier == current.tier
    assert decision.reasons[0].code == "locked"


@given(figures_known, good_tiers(), currents, figures_known)
def test_better_figures_never_give_a_lower_tier(figures, tiers, current, more):
    better = add(figures, {name: getattr(more, name) for name in FIGURES})
    one, other = decide(figures, tiers, current), decide(better, tiers, current)
    assert place_of(one.tier, tiers) <= place_of(other.tier, tiers)


@given(figures, any_tiers(), currents)
def test_unknown_figure_is_never_better_than_the_worst(figures, tiers, current):
    worst = replace(figures, **{n: -(10**6) for n in FIGURES if getattr(figures, n) is None})
    assert decide(figures, tiers, current).tier == decide(worst, tiers, current).tier


@given(figures, any_tiers(), currents)
def test_next_tier_is_the_one_above_and_none_at_the_top(figures, tiers, current):
    decision = decide(figures, tiers, current)
    keys = [tier.key for tier in tiers] + [None]
    assert decision.next_tier == keys[place_of(decision.tier, tiers) + 1]


@given(figures, any_tiers(), currents, st.booleans())
def test_missing_is_what_keeps_the_tier_at_risk_or_reaches_the_next(
    figures, tiers, current, locked
):
    decision = decide(figures, tiers, replace(current, locked=locked))
    aim, missing = aim_of(decision, figures, tiers, locked), decision.missing
    assert (missing == {}) is (aim is None or holds(figures, aim))
    if missing:
        assert holds(add(figures, missing), aim)
        assert decide(add(figures, missing), tiers, None).tier >= aim.key


@given(figures_known, any_tiers(), currents)
def test_nothing_less_than_what_is_missing_would_do(figures, tiers, current):
    decision = decide(figures, tiers, current)
    for figure, short in decision.missing.items():
        nearly = add(figures, {**decision.missing, figure: short - 1})
        assert short > 0 and not holds(nearly, aim_of(decision, figures, tiers))


@given(figures, any_tiers(), currents)
def test_deciding_again_moves_nobody(figures, tiers, current):
    first = decide(figures, tiers, current)
    assert decide(figures, tiers, Current(first.tier)).tier == first.tier


@given(figures, good_tiers())
def test_member_at_risk_ends_in_the_tier_it_meets_step_by_step(figures, tiers):
    key, met = tiers[-1].key, [tier.key for tier in tiers if holds(figures, tier)]
    for _review in tiers:
        key = decide(figures, tiers, Current(key, TODAY, notified=True)).tier
    assert key == (met or [tiers[0].key])[-1]


@given(figures_known, good_tiers(), currents, st.integers(0, 300))
def test_bonus_counts_like_amount(figures, tiers, current, bonus):
    bought = add(figures, {"amount": bonus})
    assert decide(replace(figures, bonus=bonus), tiers, current) == decide(bought, tiers, current)


@given(figures, any_tiers(), currents)
def test_reasons_are_known_and_the_first_is_the_verdict(figures, tiers, current):
    decision = decide(figures, tiers, current)
    assert all(reason.code in REASONS and str(reason) for reason in decision.reasons)
    moved = decision.tier != current.tier
    assert (decision.reasons[0].code.split("_")[0] in {"placed", "raised", "lowered"}) is moved


@given(good_tiers(), st.randoms())
def test_good_tiers_are_accepted_in_any_order(tiers, random):
    random.shuffle(tiers)
    check_tiers(iter(tiers))


@given(good_tiers(), figures)
def test_whoever_meets_a_good_tier_meets_all_below(tiers, figures):
    met = [holds(figures, tier) for tier in tiers]
    assert met == sorted(met, reverse=True)


@given(good_tiers(), st.data())
def test_good_tiers_out_of_rank_are_refused(tiers, data):
    assume(len(tiers) > 1)
    places = data.draw(st.permutations(range(len(tiers))).filter(lambda p: p != sorted(p)))
    swapped = [replace(tiers[place], rank=rank) for rank, place in enumerate(places)]
    with pytest.raises(ValueError, match="asks for less"):
        check_tiers(swapped)


@given(good_tiers(), st.data())
def test_tier_that_asks_for_the_same_as_another_is_refused(tiers, data):
    twin = data.draw(st.sampled_from(tiers))
    tiers = [*tiers, replace(twin, key="twin", rank=twin.rank + 0.5)]
    with pytest.raises(ValueError, match="asks for nothing more"):
        check_tiers(tiers)
