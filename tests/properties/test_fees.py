"""Commission rules and fees: what must hold whatever the rules and amounts are."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_settlement.tools.fees import Purchase, Rate, Rule, exactness, fee, find_rule, never_wins

TODAY = date(2026, 3, 10)
facts = st.one_of(st.none(), st.integers(1, 3))
days = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 6, 30)))
percents = st.decimals(0, 100, places=3)
bases = st.integers(0, 10**9)
rates = st.builds(
    Rate,
    percent=percents,
    fixed=st.integers(0, 10**5),
    discount=st.decimals(0, 100, places=2),
    minimum=st.integers(0, 10**4),
    maximum=st.one_of(st.none(), st.integers(10**4, 10**7)),
)


@st.composite
def rule_sets(draw):
    count = draw(st.integers(0, 6))
    return [
        Rule(
            key=key,
            sequence=draw(st.integers(1, 3)),
            supplier=draw(facts),
            grade=draw(facts),
            product=draw(facts),
            category=draw(facts),
            depth=draw(st.integers(1, 3)),
            order_type=draw(facts),
            date_from=draw(days),
            date_to=draw(days),
        )
        for key in range(count)
    ]


purchases = st.builds(
    Purchase,
    supplier=st.integers(1, 3),
    product=st.integers(1, 3),
    day=st.dates(TODAY, date(2026, 7, 30)),
    grade=facts,
    categories=st.lists(st.integers(1, 3), max_size=3, unique=True).map(tuple),
    order_type=facts,
)


@given(bases, rates)
def test_fee_is_between_minimum_and_cap(base, rate):
    amount = fee(base, rate)
    if not base:
        assert amount == 0
        return
    assert amount >= rate.minimum
    assert rate.maximum is None or amount <= rate.maximum


@given(bases, bases, rates)
def test_more_bought_never_costs_less(base, more, rate):
    assert fee(base + more, rate) >= fee(base, rate)


@given(bases, rates, st.decimals(0, 100, places=2))
def test_a_higher_discount_never_costs_more(base, rate, other):
    low, high = sorted((rate.discount, other))
    cheap = Rate(rate.percent, rate.fixed, high, rate.minimum, rate.maximum)
    dear = Rate(rate.percent, rate.fixed, low, rate.minimum, rate.maximum)
    assert fee(base, cheap) <= fee(base, dear)


@pytest.mark.parametrize(
    ("base", "rate", "expected"),
    [
        (10000, Rate(percent=Decimal(8)), 800),
        (10050, Rate(percent=Decimal(10)), 1005),
        (5, Rate(percent=Decimal(10)), 1),
        (10000, Rate(percent=Decimal(8), fixed=50), 850),
        (10000, Rate(percent=Decimal(8), discount=Decimal(25)), 600),
        (10000, Rate(percent=Decimal(8), discount=Decimal(25), minimum=700), 700),
        (10000, Rate(percent=Decimal(8), maximum=500), 500),
        (-10000, Rate(percent=Decimal(8), minimum=500), 0),
    ],
)
def test_fee_by_hand(base, rate, expected):
    assert fee(base, rate) == expected


@given(purchases, rule_sets(), st.randoms())
def test_order_of_rules_does_not_matter(purchase, rules, random):
    shuffled = list(rules)
    random.shuffle(shuffled)
    assert find_rule(purchase, shuffled) == find_rule(purchase, rules)


@given(purchases, rule_sets())
def test_no_rule_that_fits_is_more_exact_than_the_winner(purchase, rules):
    winner, reason = find_rule(purchase, rules)
    for rule in rules:
        alone, _reason = find_rule(purchase, [rule])
        if alone:
            assert exactness(winner) >= exactness(rule)
    assert reason.code == ("none" if winner is None else reason.code)


@given(purchases, rule_sets())
def test_rule_that_is_said_never_to_win_does_not(purchase, rules):
    winner, _reason = find_rule(purchase, rules)
    lost = never_wins(rules, today=TODAY)
    assert winner is None or winner.key not in lost


@given(rule_sets())
def test_taking_out_rules_that_never_win_changes_nothing(rules):
    lost = never_wins(rules, today=TODAY)
    assert not never_wins([rule for rule in rules if rule.key not in lost], today=TODAY)


def test_supplier_beats_product_and_deeper_category_beats_higher():
    purchase = Purchase(supplier=1, product=2, day=TODAY, categories=(9, 8))
    supplier = Rule("supplier", supplier=1)
    product = Rule("product", product=2)
    deep, high = Rule("deep", category=9, depth=2), Rule("high", category=8, depth=1)
    assert find_rule(purchase, [product, supplier])[0] == supplier
    assert find_rule(purchase, [deep, product])[0] == product
    assert find_rule(purchase, [high, deep])[0] == deep


def test_reasons_say_why_a_rule_never_wins():
    rules = [
        Rule("first", sequence=1),
        Rule("second", sequence=2),
        Rule("over", supplier=1, date_to=date(2026, 3, 9)),
        Rule("reversed", supplier=1, date_from=date(2026, 5, 1), date_to=date(2026, 4, 1)),
    ]
    codes = {key: reason.code for key, reason in never_wins(rules, today=TODAY).items()}
    assert codes == {"second": "shadowed", "over": "over", "reversed": "reversed"}
