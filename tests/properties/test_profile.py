"""Laws of the members' RFM profiles."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from s2b2b_member.tools.profile import GRID, GROUPS, Profile, Purchases, profiles

DAY = date(2026, 1, 1)
days = st.integers(0, 700).map(lambda n: DAY - timedelta(n))
rows = st.lists(
    st.tuples(st.none() | days, st.integers(0, 30), st.integers(-500, 100_000)), max_size=60
).map(
    lambda found: [
        Purchases(key, last, invoices if last else 0, amount)
        for key, (last, invoices, amount) in enumerate(found)
    ]
)


@given(rows)
def test_every_member_has_a_profile_of_the_grid(purchases):
    found = profiles(purchases)
    assert set(found) == {row.key for row in purchases}
    for row in purchases:
        profile = found[row.key]
        assert profile.group in GROUPS
        if row.last and row.invoices:
            assert {profile.recency, profile.frequency, profile.monetary} <= set(range(1, 6))
        else:
            assert profile.group == ("lost" if row.last else "prospect")


@given(rows, st.randoms())
def test_order_of_the_members_does_not_matter(purchases, random):
    shuffled = list(purchases)
    random.shuffle(shuffled)
    assert profiles(shuffled) == profiles(purchases)


@given(rows)
def test_who_buys_more_never_scores_less(purchases):
    found = profiles(purchases)
    buyers = [row for row in purchases if row.last and row.invoices]
    for one in buyers:
        for other in buyers:
            assert one.last > other.last or found[one.key].recency <= found[other.key].recency
            if one.invoices == other.invoices:
                assert found[one.key].frequency == found[other.key].frequency
            if one.amount > other.amount:
                assert found[one.key].monetary >= found[other.key].monetary


@given(rows)
def test_everybody_twice_leaves_the_scores(purchases):
    twins = [Purchases(-row.key - 1, row.last, row.invoices, row.amount) for row in purchases]
    found = profiles(purchases)
    assert {key: p for key, p in profiles(purchases + twins).items() if key >= 0} == found


@pytest.mark.parametrize(("size", "share"), [(5, 1), (10, 2), (100, 20)])
def test_fifths_are_equally_large(size, share):
    found = profiles(Purchases(n, DAY + timedelta(n), n + 1, n) for n in range(size))
    for score in range(1, 6):
        assert sum(p.monetary == score for p in found.values()) == share


@pytest.mark.parametrize(
    ("scores", "group"),
    [
        ((5, 5, 5), "champion"),
        ((5, 1, 1), "new"),
        ((5, 1, 2), "potential"),
        ((4, 1, 1), "promising"),
        ((3, 3, 3), "attention"),
        ((1, 5, 5), "cannot_lose"),
        ((2, 3, 4), "at_risk"),
        ((1, 1, 1), "lost"),
    ],
)
def test_group_by_the_scores(scores, group):
    recency, frequency, monetary = scores
    rank = (frequency + monetary + 1) // 2
    assert GRID[recency - 1][rank - 1] == group
    assert Profile(*scores, group).group in GROUPS


def test_grid_uses_every_group_but_the_prospect():
    assert {group for row in GRID for group in row} == set(GROUPS) - {"prospect"}
