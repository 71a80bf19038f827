"""Tiers: each state of a member, every edge, and what others get wrong."""

import copy
import doctest
import pickle
from datetime import date
from decimal import Decimal

import pytest
from s2b2b_member.tools import tiering
from s2b2b_member.tools.tiering import Current, Decision, Figures, Tier, tier_for

TODAY = date(2026, 3, 1)
PAST, LATER = date(2026, 2, 28), date(2026, 3, 2)
TIERS = [
    Tier("normal", 1, None, None, None, None),
    Tier("silver", 2, 10_000, 4, None, None),
    Tier("gold", 3, 20_000, 8, 12, 90),
    Tier("diamond", 4, 50_000, 8, 24, 95),
]
FIGURES = {
    "nothing": Figures(0, 0, 0, None),
    "silver": Figures(15_000, 6, 30, 97),
    "gold": Figures(30_000, 9, 18, 92),
    "diamond": Figures(50_000, 8, 24, 95),
}


def decide(figures, current=None, tiers=TIERS):
    return tier_for(figures, tiers, current, today=TODAY)


@pytest.mark.parametrize(
    ("met", "current", "tier", "verdict"),
    [
        ("nothing", None, "normal", "placed"),
        ("gold", None, "gold", "placed"),
        ("gold", Current(None), "gold", "placed"),
        ("gold", Current("bronze"), "gold", "placed"),
        ("gold", Current("normal"), "gold", "raised"),
        ("diamond", Current("silver", LATER, True), "diamond", "raised"),
        ("gold", Current("gold", PAST, True), "gold", "kept"),
        ("nothing", Current("normal", PAST, True), "normal", "kept"),
        ("silver", Current("gold"), "gold", "notify"),
        ("silver", Current("gold", LATER), "gold", "notify"),
        ("silver", Current("gold", PAST), "gold", "notify"),
        ("silver", Current("gold", LATER, True), "gold", "at_risk"),
        ("silver", Current("gold", None, True), "gold", "no_review_date"),
        ("silver", Current("gold", TODAY, True), "silver", "lowered"),
        ("silver", Current("gold", PAST, True), "silver", "lowered"),
        ("nothing", Current("diamond", PAST, True), "gold", "lowered"),
        ("nothing", Current("silver", PAST, True), "normal", "lowered"),
        ("nothing", Current("gold", PAST, True, locked=True), "gold", "locked"),
        ("diamond", Current("normal", locked=True), "normal", "locked"),
        ("diamond", Current("bronze", locked=True), "bronze", "locked"),
        ("diamond", Current(None, locked=True), None, "locked"),
    ],
)
def test_verdict_for_each_state(met, current, tier, verdict):
    decision = decide(FIGURES[met], current)
    assert (decision.tier, decision.reasons[0].code) == (tier, verdict)


@pytest.mark.parametrize(
    ("met", "current", "next_tier", "missing"),
    [
        ("nothing", None, "silver", {"amount": 10_000, "orders": 4}),
        ("silver", Current("silver"), "gold", {"amount": 5000, "orders": 2}),
        ("gold", Current("gold"), "diamond", {"amount": 20_000, "months": 6, "paid_on_time": 3}),
        ("diamond", Current("diamond"), None, {}),
        ("gold", Current("diamond"), None, {"amount": 20_000, "months": 6, "paid_on_time": 3}),
        ("silver", Current("gold", LATER, True), "diamond", {"amount": 5000, "orders": 2}),
        ("silver", Current("gold", PAST, True), "gold", {"amount": 5000, "orders": 2}),
        ("silver", Current("diamond", PAST, True), "diamond", {"amount": 5000, "orders": 2}),
        ("nothing", Current("silver", LATER, True), "gold", {"amount": 10_000, "orders": 4}),
        ("nothing", Current("normal", PAST, True), "silver", {"amount": 10_000, "orders": 4}),
        ("silver", Current("diamond", locked=True), None, {}),
        ("silver", Current("normal", locked=True), "silver", {}),
        ("silver", Current("bronze", locked=True), None, {}),
    ],
)
def test_missing_is_of_the_tier_at_risk_else_of_the_next(met, current, next_tier, missing):
    decision = decide(FIGURES[met], current)
    assert (decision.next_tier, decision.missing) == (next_tier, missing)


def test_member_lowered_and_still_short_is_to_be_told_again():
    decision = decide(FIGURES["nothing"], Current("diamond", PAST, True))
    assert decision.reasons == (
        "Lowered from diamond to gold at the review of 2026-02-28.",
        "gold is at risk: the member is to be told what is missing.",
    )
    assert decision.missing == {"amount": 20_000, "orders": 8, "months": 12, "paid_on_time": 90}


@pytest.mark.parametrize(
    ("met", "tier", "codes"),
    [
        ("silver", "gold", ["lowered"]),
        ("nothing", "silver", ["lowered"]),
        ("nothing", "gold", ["lowered", "notify"]),
        ("silver", "diamond", ["lowered", "notify"]),
    ],
)
def test_only_who_is_still_short_of_a_tier_it_can_lose_is_to_be_told_again(met, tier, codes):
    decision = decide(FIGURES[met], Current(tier, PAST, True))
    assert [reason.code for reason in decision.reasons] == codes


@pytest.mark.parametrize(
    ("figures", "tier"),
    [
        (Figures(9_999, 4, 0, None), "normal"),
        (Figures(10_000, 4, 0, None), "silver"),
        (Figures(10_000, 3, 0, None), "normal"),
        (Figures(9_999, 4, 0, None, bonus=1), "silver"),
        (Figures(10_000, 4, 0, None, bonus=None), "silver"),
        (Figures(None, 4, 0, None, bonus=99_999), "normal"),
        (Figures(10_000, None, 0, None), "normal"),
        (Figures(20_000, 8, 12, None), "silver"),
        (Figures(20_000, 8, 12, 89.99), "silver"),
        (Figures(20_000, 8, 12, 90.0), "gold"),
        (Figures(20_000, 8, 12, Decimal("90")), "gold"),
        (Figures(-500, 0, 0, 100), "normal"),
    ],
)
def test_threshold_is_met_from_its_very_value_on(figures, tier):
    assert decide(figures).tier == tier


@pytest.mark.parametrize("nothing", [None, 0, 0.0, Decimal(0)])
def test_threshold_of_none_or_zero_asks_nothing(nothing):
    tiers = [Tier("all", 1, nothing, nothing, nothing, nothing)]
    figures = Figures(None, None, None, None)
    assert decide(figures, None, tiers).reasons[0].code == "placed"
    assert decide(Figures(-1, 0, 0, 0), None, tiers).reasons[0].code == "placed"


def test_nobody_is_below_the_lowest_tier_even_if_it_asks_for_something():
    tiers = [Tier("bronze", 1, 100, None, None, None), Tier("gold", 2, 900, None, None, None)]
    new, old = (
        decide(Figures(40, 1, 1, 1), c, tiers) for c in (None, Current("bronze", PAST, True))
    )
    assert new.tier == old.tier == "bronze"
    assert new.missing == old.missing == {"amount": 860}
    assert [new.reasons[0].code, old.reasons[0].code] == ["placed_lowest", "kept_lowest"]


def test_unknown_figure_misses_all_that_is_asked():
    tiers = [Tier("gold", 2, 900, None, None, 92.5), TIERS[0]]
    figures = Figures(None, 1, 1, None, bonus=100)
    assert decide(figures, None, tiers).missing == {"amount": 900, "paid_on_time": 92.5}


@pytest.mark.parametrize(
    ("asked", "known", "missing", "kind"),
    [
        (95, 92, 3, int),
        (95.3, 92.1, 3.2, float),  # 95.3 - 92.1 is 3.2000000000000028 in binary
        (95.5, 92, 3.5, float),
        (95, 91.5, 3.5, float),
        (95.5, Decimal("92.1"), 3.4, float),
        (Decimal("95.3"), Decimal("92.1"), Decimal("3.2"), Decimal),
        (95, Decimal("92.1"), Decimal("2.9"), Decimal),
    ],
)
def test_missing_is_exact_and_of_the_type_it_came_from(asked, known, missing, kind):
    tiers = [TIERS[0], Tier("gold", 2, None, None, None, asked)]
    short = decide(Figures(0, 0, 0, known), None, tiers).missing["paid_on_time"]
    assert (short, type(short)) == (missing, kind)


def test_decimal_and_float_of_the_same_value_meet():
    tiers = [TIERS[0], Tier("gold", 2, Decimal("0.3"), None, None, Decimal("90.1"))]
    assert decide(Figures(0.1, 0, 0, 90.1, bonus=Decimal("0.2")), None, tiers).tier == "gold"


def test_thresholds_that_cross_give_the_highest_tier_that_is_met():
    tiers = [*TIERS[:2], Tier("loyal", 5, None, None, 24, None)]
    assert decide(Figures(0, 0, 24, None), Current("normal"), tiers).tier == "loyal"


def test_without_tiers_there_is_no_tier():
    none = decide(Figures(1, 1, 1, 1), Current("gold"), [])
    assert none == Decision(None, None, {}, ("There are no tiers.",))


@pytest.mark.parametrize(
    ("so_far", "order", "expected"),
    [
        (0, 6_000, "Bronze"),
        (0, 25_000, "Gold"),
        (8_000, 3_000, "Silver"),
        (22_000, 5_000, "Gold"),
        (0, 10_000, "Silver"),  # ERPNext asks for more than the minimum: wrong since 2018
        (15_000, -6_000, "Bronze"),  # a refund
    ],
)
def test_tier_by_what_was_spent(so_far, order, expected):
    spent = (("Bronze", 0), ("Silver", 10_000), ("Gold", 20_000))
    tiers = [Tier(key, rank, least, 0, 0, 0) for rank, (key, least) in enumerate(spent)]
    assert decide(Figures(so_far + order, 1, 0, None), None, tiers).tier == expected


def test_reasons_are_text_that_keeps_its_code_through_copies():
    (reason,) = decide(FIGURES["silver"], Current("gold", LATER, True)).reasons
    assert reason == "gold is at risk, as the member was told: the review is on 2026-03-02."
    for twin in (copy.deepcopy(reason), pickle.loads(pickle.dumps(reason))):
        assert (twin, twin.code, twin.params) == (reason, reason.code, reason.params)


def test_examples_of_the_documentation_hold():
    result = doctest.testmod(tiering)
    assert result.attempted and not result.failed
