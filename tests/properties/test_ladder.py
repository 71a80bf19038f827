"""Ladders of tiers: which are sound, and what is refused with a clear message."""

import doctest
import math
from datetime import date
from decimal import Decimal

import pytest
from s2b2b_member.tools import ladder
from s2b2b_member.tools.tiering import Figures, Tier, check_tiers, tier_for

NORMAL = Tier("normal", 1, None, None, None, None)
GOLD = Tier("gold", 3, 20_000, 8, 12, 90)


def decide(figures, tiers):
    return tier_for(figures, tiers, None, today=date(2026, 3, 1))


@pytest.mark.parametrize("wrong", [math.nan, math.inf, Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_not_a_finite_number_is_refused(wrong):
    with pytest.raises(ValueError, match="not a finite number"):
        decide(Figures(0, 0, 0, wrong), [GOLD])
    with pytest.raises(ValueError, match="not a finite number"):
        decide(Figures(0, 0, 0, 0), [Tier("gold", 1, wrong, None, None, None)])


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (Tier("new", 3, 1, 1, 1, 1), "'gold' and 'new' have the same rank"),
        (Tier("gold", 4, 90_000, 90, 90, 99), "There are two tiers 'gold'"),
        (Tier("new", 4, 90_000, 7, 90, 99), "'new' asks for less orders than 'gold'"),
        (Tier("new", 4, 90_000, None, 90, 99), "'new' asks for less orders than 'gold'"),
        (Tier("new", 2, None, None, None, 91), "'gold' asks for less paid_on_time than 'new'"),
        (Tier("new", 4, 20_000, 8, 12, 90.0), "'new' asks for nothing more than 'gold'"),
        (Tier("new", 1, -1, None, None, None), "'new' asks for a negative amount: -1"),
        (Tier("new", 4, 90_000, 8, 12, 101), "'new' asks for 101 % paid on time"),
    ],
)
def test_tiers_that_cross_or_repeat_are_refused(other, message):
    for tiers in ([GOLD, other], [other, GOLD]):
        with pytest.raises(ValueError, match=message) as refusal:
            check_tiers(tiers)
        assert refusal.value.args[0].code in ladder.ERRORS


def test_same_rank_or_key_is_refused_when_deciding_as_well():
    for other in (Tier("new", 3, 1, 1, 1, 1), Tier("gold", 4, 1, 1, 1, 1)):
        with pytest.raises(ValueError, match="same rank|two tiers"):
            decide(Figures(0, 0, 0, 0), [GOLD, other])


def test_sound_thresholds_and_no_tiers_at_all_are_accepted():
    check_tiers([NORMAL, GOLD])
    check_tiers([NORMAL, Tier("half", 2, 0, 0, 0, 0.5), Tier("all", 3, 0, 0, 0, 100)])
    check_tiers([])


def test_examples_of_the_documentation_hold():
    result = doctest.testmod(ladder)
    assert result.attempted and not result.failed
