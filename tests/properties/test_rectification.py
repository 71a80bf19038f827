"""When a supplier has to put something right, what is suggested, and when it has helped."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_supplier.tools.rectification import (
    OPEN,
    Rated,
    covers,
    is_beyond_mending,
    is_effective,
    next_state,
    weak_measures,
)
from s2b2b_supplier.tools.suggestions import TEXTS, Answer, Delivery, suggest

scores = st.none() | st.integers(0, 100)
measures = st.dictionaries(st.sampled_from("abcdef"), scores, max_size=6)
quantities = st.integers(0, 20)
deliveries = st.lists(
    st.builds(
        Delivery,
        order=st.sampled_from(["P1", "P2", "P3"]),
        product=st.sampled_from(["Tea", "Jam"]),
        days_late=st.integers(-5, 30),
        on_time=st.sampled_from([0, 0.5, 1]),
        ordered=st.integers(1, 20),
        received=quantities,
        faulty=quantities,
        paid=quantities,
        market=quantities,
    ),
    max_size=8,
)
VERBS = ("issue", "answer", "accept", "send_back", "reject", "lapse", "close")


@given(measures, st.integers(0, 100))
def test_weak_are_the_rated_ones_below_the_threshold(cards, threshold):
    weak = weak_measures([Rated(key, score) for key, score in cards.items()], threshold)
    assert set(weak) == {k for k, s in cards.items() if s is not None and s < threshold}
    assert [cards[key] for key in weak] == sorted(cards[key] for key in weak)


@given(measures, measures, st.integers(0, 100))
def test_whatever_raised_it_has_to_reach_the_threshold(before, after, threshold):
    weak = weak_measures([Rated(key, score) for key, score in before.items()], threshold)
    answer = is_effective(weak, after, threshold)
    rated = [after[key] for key in weak if after.get(key) is not None]
    assert answer == (min(rated) >= threshold if rated else None)


@given(measures)
def test_the_card_that_raised_it_never_proves_it_effective(card):
    weak = weak_measures([Rated(key, score) for key, score in card.items()], 60)
    assert is_effective(weak, card, 60) is not True


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ["rejected", "closed"])
def test_ended_is_ended(verb, state):
    assert next_state(verb, state) is None
    assert state not in OPEN


STATES = ("draft", "issued", "answered", "accepted", "rejected", "overdue", "closed")
months = st.integers(1, 12).map(lambda month: (date(2026, month, 1), date(2026, month, 28)))


@given(st.sampled_from(STATES), months, months)
def test_a_period_is_asked_about_once_and_only_silence_leaves_room_for_later_ones(
    state, period, asked
):
    assert covers(state, period, period)
    if asked != period:
        ignored = state == "overdue" and asked > period
        assert covers(state, period, asked) == (state in OPEN and not ignored)


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 2, 28), 12, date(2025, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar(today, months, first):
    terms = {"today": today, "count": 1, "months": months}
    assert is_beyond_mending([first], **terms)
    assert not is_beyond_mending([first - timedelta(days=1)], **terms)
    assert not is_beyond_mending([today + timedelta(days=1)], **terms)


@given(st.sampled_from(["on_time", "in_full", "otif", "quality", "price"]), deliveries)
def test_every_suggestion_has_its_text_and_order_does_not_matter(key, lines):
    found = suggest(key, lines)
    assert {reason.code for reason in found} <= TEXTS.keys()
    assert found == suggest(key, lines[::-1])


@given(deliveries)
def test_who_is_never_late_is_told_nothing_about_lateness(lines):
    late = [line for line in lines if line.is_late]
    found = suggest("on_time", lines)
    assert bool(found) == bool(late)
    if late:
        assert found[0].params["late"] == len(late)


@given(deliveries)
def test_days_suggested_save_most_of_what_did_arrive(lines):
    arrived = [line.days_late for line in lines if line.is_late and line.received]
    advice = [reason for reason in suggest("on_time", lines) if reason.code == "lead_time"]
    assert len(advice) == bool(arrived)
    for reason in advice:
        saved = sum(days <= reason.params["days"] for days in arrived)
        assert saved == reason.params["saved"] >= 0.8 * len(arrived)


def test_the_worst_product_comes_first():
    lines = [
        Delivery("P1", "Tea", 0, 1, 10, 10, 1),
        Delivery("P2", "Jam", 0, 1, 10, 10, 4),
        Delivery("P3", "Tea", 0, 1, 10, 10, 0),
    ]
    assert [str(reason) for reason in suggest("quality", lines)] == [
        "Jam: 4 of 10 were faulty or went back.",
        "Tea: 1 of 20 were faulty or went back.",
    ]


@given(deliveries)
def test_dear_products_are_named_and_nothing_else_is_told_of_prices(lines):
    found = suggest("price", lines)
    assert {tuple(reason.params) for reason in found} <= {("product",)}
    named = {reason.params["product"] for reason in found}
    for product in ("Tea", "Jam"):
        known = [line for line in lines if line.product == product and line.market]
        paid, market = (sum(getattr(line, key) for line in known) for key in ("paid", "market"))
        assert (product in named) == (paid > market * 1.005)


def test_silence_is_named_before_slowness():
    answers = [Answer("C1", 9), Answer("C2", None), Answer("C3", 30)]
    codes = [reason.code for reason in suggest("response", (), answers)]
    assert codes == ["claim_unanswered", "claim_slow", "claim_slow"]
    assert suggest("price", (), answers) == ()
